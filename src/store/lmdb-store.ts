import assert from "node:assert/strict";
import { readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Entry } from "../kernel/event/event-log.ts";
import { makeFolder } from "../kernel/make-folder.ts";
import { present } from "../kernel/present.ts";
import { nextTurn } from "../kernel/time/system-clock.ts";
import { textsOf } from "./entry-codec.ts";
import { deleteUnfinished, makeFile } from "./file-facts.ts";
import { lockFolder } from "./folder-lock.ts";
import { Generation } from "./generation.ts";
import { type BaseSize, bytesForCompaction, expectedBase } from "./growth.ts";
import { Pace } from "./pace.ts";
import type { AccountBase, Batch, Durability, Store } from "./store.ts";

/** A turn of a compaction writes about so many characters: a millisecond's, and enough to be packed well. */
const CHUNK_CHARACTERS = 256 * 1024;
/** What was never compacted. */
const NO_BASE: BaseSize = { bytes: 0, textBytes: 0, entries: 0, held: 0 };
const FILE_NAME = /^state-(\d+)\.mdb$/;

/** Opens the store in a folder, which is made if it is not there. Throws StoreRefusal where that cannot be. */
export async function openLmdbStore(folder: string, durability: Durability): Promise<Store> {
  await makeFolder(folder);
  const path = realpathSync(folder);
  const unlock = await lockFolder(path);
  const syncs = durability === "full";
  const generations: Generation[] = [];
  try {
    for (const file of await filesIn(path)) generations.push(await Generation.open(file, { syncs }));
    if (generations.length === 0) {
      await makeFile(pathOf(path, 1), syncs);
      generations.push(Generation.begin(pathOf(path, 1), syncs, 1));
    }
    return new LmdbStore(path, { syncs, generations, unlock });
  } catch (cause) {
    for (const generation of generations) await generation.close();
    await unlock();
    throw cause;
  }
}

/** The files that something is kept in. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const numbers = fileNumbers(folder);
  const last = numbers.at(-1);
  // The first file of all, or one that was to follow another; without that other one it is what is left of what was kept.
  if (last !== undefined && (last === 1 || numbers.length > 1)) await deleteUnfinished(pathOf(folder, last));
  return fileNumbers(folder).map((number) => pathOf(folder, number));
}

/** What a store is made of. */
interface Opened {
  readonly syncs: boolean;
  /** One at least. */
  readonly generations: Generation[];
  readonly unlock: () => Promise<void>;
}

/** Keeps state in files of LMDB's, of which there are two while the second one comes to stand for the first. */
class LmdbStore implements Store {
  readonly #folder: string;
  readonly #syncs: boolean;
  readonly #unlock: () => Promise<void>;
  /** The last one is appended to. The first one has a base, or nothing was before it. */
  readonly #generations: Generation[];
  #nextBatch: number;
  #base: BaseSize;
  /** To files that are gone. */
  #appendedBytes = 0;
  #isAppending = false;
  /** Called at the end of a batch under way, before there is another one. */
  #appended: (() => void) | undefined;
  #isClosing = false;
  #compaction: Promise<void> | undefined;
  /** Of a compaction under way. */
  #pace: Pace | undefined;

  constructor(folder: string, { syncs, generations, unlock }: Opened) {
    this.#folder = folder;
    this.#syncs = syncs;
    this.#unlock = unlock;
    this.#generations = generations;
    this.#nextBatch = this.#last.nextBatch;
    this.#base = generations.findLast(({ isComplete }) => isComplete)?.baseSize ?? NO_BASE;
  }

  get nextBatch(): number {
    return this.#nextBatch;
  }

  get appendedBytes(): number {
    return this.#generations.reduce((sum, { appendedBytes }) => sum + appendedBytes, this.#appendedBytes);
  }

  isGrown(held: number): boolean {
    return this.#bytes >= bytesForCompaction(expectedBase(this.#base, held));
  }

  append(batch: Batch): Promise<void> | undefined {
    assert(batch.number === this.#nextBatch, `batch ${batch.number} is not ${this.#nextBatch}`);
    const writing = this.#isAhead ? this.#appendInTime(batch) : this.#last.append(batch);
    if (writing === undefined) return void this.#nextBatch++;
    this.#isAppending = true;
    return writing
      .then(() => void this.#nextBatch++)
      .finally(() => {
        this.#isAppending = false;
        this.#appended?.();
      });
  }

  load(): Generator<readonly Entry[], void, void> {
    return entriesIn(this.#generations);
  }

  compact(bases: AsyncIterable<AccountBase>, held = 0): Promise<void> {
    this.#compaction ??= this.#compact(bases, held).finally(() => {
      this.#compaction = undefined;
    });
    return this.#compaction;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#compaction;
    for (const generation of this.#generations) {
      await generation.sync();
      await generation.close();
    }
    await this.#unlock();
  }

  get #bytes(): number {
    return this.#generations.reduce((sum, generation) => sum + generation.bytes, 0);
  }

  get #isAhead(): boolean {
    return this.#pace?.isAhead(this.#last.logBytes) === true;
  }

  async #appendInTime(batch: Batch): Promise<void> {
    while (this.#isAhead) await this.#pace?.advance;
    await this.#last.append(batch);
  }

  async #compact(bases: AsyncIterable<AccountBase>, held: number): Promise<void> {
    const pace = new Pace(expectedBase(this.#base, held), this.#bytes);
    this.#pace = pace;
    try {
      await this.#writeAnew(bases, { held, pace });
    } finally {
      this.#pace = undefined;
      pace.release();
    }
  }

  async #writeAnew(
    bases: AsyncIterable<AccountBase>,
    { held, pace }: { readonly held: number; readonly pace: Pace },
  ): Promise<void> {
    const path = pathOf(this.#folder, (fileNumbers(this.#folder).at(-1) ?? 0) + 1);
    await makeFile(path, this.#syncs);
    const generation = await this.#begin(path);
    for await (const base of bases) {
      await generation.addAccount(base.account, base.lastBatch);
      pace.hold();
      await this.#write(generation, base.entries, pace);
      if (this.#isClosing) return;
      pace.release();
    }
    pace.hold();
    await generation.complete(held);
    this.#base = generation.baseSize ?? NO_BASE;
    for (const old of this.#generations.splice(0, this.#generations.length - 1)) {
      this.#appendedBytes += old.appendedBytes;
      await old.delete();
    }
  }

  /** Has the next batch be the first of that file, which is to be known before that one comes, and so with the end of the one under way. */
  #begin(path: string): Promise<Generation> {
    return new Promise((resolve, reject) => {
      this.#appended = () => {
        this.#appended = undefined;
        try {
          const generation = Generation.begin(path, this.#syncs, this.#nextBatch);
          this.#generations.push(generation);
          resolve(generation);
        } catch (cause) {
          reject(cause);
        }
      };
      if (!this.#isAppending) this.#appended();
    });
  }

  async #write(generation: Generation, entries: Iterable<Entry>, pace: Pace): Promise<void> {
    for (const text of textsOf(entries, CHUNK_CHARACTERS)) {
      if (text.length > 0) pace.wrote(await generation.addChunk(text));
      await nextTurn();
      if (this.#isClosing) return;
    }
  }

  get #last(): Generation {
    return present(this.#generations.at(-1), "the file that is appended to");
  }
}

/** The entries that are kept in files, of which the last complete one stands for those before it. */
export function* entriesIn(all: readonly Generation[]): Generator<readonly Entry[], void, void> {
  const generations = all.slice(
    Math.max(
      0,
      all.findLastIndex(({ isComplete }) => isComplete),
    ),
  );
  const [start] = generations;
  if (start === undefined) return;
  let nextBatch = start.isComplete ? undefined : 1;
  start.refuseGap(nextBatch);
  const baseAt = yield* start.base();
  for (const generation of generations) {
    generation.refuseGap(nextBatch);
    yield* generation.batches(baseAt);
    nextBatch = generation.nextBatch;
  }
}

/** Of the file of that number. */
export function pathOf(folder: string, number: number): string {
  return join(folder, `state-${number}.mdb`);
}

/** The numbers of the files there are, in order. */
export function fileNumbers(folder: string): readonly number[] {
  const numbers = readdirSync(folder).map((name) => Number(FILE_NAME.exec(name)?.[1]));
  return numbers.filter((number) => number > 0).sort((one, other) => one - other);
}
