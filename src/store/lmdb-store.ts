import assert from "node:assert/strict";
import { mkdirSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Entry } from "../kernel/event/event-log.ts";
import { present } from "../kernel/present.ts";
import { nextTurn } from "../kernel/time/system-clock.ts";
import { textsOf } from "./entry-codec.ts";
import { deleteUnfinished } from "./file-facts.ts";
import { lockFolder } from "./folder-lock.ts";
import { Generation } from "./generation.ts";
import type { AccountBase, Batch, Durability, Store } from "./store.ts";

/** A turn of a compaction writes about so many characters. */
const CHUNK_CHARACTERS = 64 * 1024;
const FILE_NAME = /^state-(\d+)\.mdb$/;

/** Opens the store in a folder, which is made if it is not there. Throws StoreRefusal where that cannot be. */
export async function openLmdbStore(folder: string, durability: Durability): Promise<Store> {
  mkdirSync(folder, { recursive: true });
  const path = realpathSync(folder);
  const unlock = await lockFolder(path);
  try {
    const numbers = fileNumbers(path);
    const last = numbers.at(-1);
    // The first file of all, or one that was to follow another; without that other one it was cut short.
    if (last !== undefined && (last === 1 || numbers.length > 1)) await deleteUnfinished(pathOf(path, last));
    return new LmdbStore(path, durability === "full", unlock);
  } catch (cause) {
    await unlock();
    throw cause;
  }
}

/** Keeps state in files of LMDB's, of which there are two while the second one comes to stand for the first. */
class LmdbStore implements Store {
  readonly #folder: string;
  readonly #syncs: boolean;
  readonly #unlock: () => Promise<void>;
  /** The last one is appended to. The first one has a base, or nothing was before it. */
  readonly #generations: Generation[] = [];
  #nextFile = 1;
  #nextBatch: number;
  #compactedBytes: number;
  #isClosing = false;
  #compaction: Promise<void> | undefined;

  constructor(folder: string, syncs: boolean, unlock: () => Promise<void>) {
    this.#folder = folder;
    this.#syncs = syncs;
    this.#unlock = unlock;
    for (const number of fileNumbers(folder)) {
      this.#generations.push(new Generation(this.#pathOf(number), syncs));
      this.#nextFile = number + 1;
    }
    if (this.#generations.length === 0) this.#begin(1);
    this.#nextBatch = this.#last.nextBatch;
    this.#compactedBytes = this.#generations.reduce((most, { baseBytes }) => Math.max(most, baseBytes), 0);
  }

  get nextBatch(): number {
    return this.#nextBatch;
  }

  get size(): Store["size"] {
    const bytes = this.#generations.reduce((sum, generation) => sum + generation.bytes, 0);
    return { bytes, compactedBytes: this.#compactedBytes };
  }

  append(batch: Batch): Promise<void> | undefined {
    assert(batch.number === this.#nextBatch, `batch ${batch.number} is not ${this.#nextBatch}`);
    const written = this.#last.append(batch)?.then(() => void this.#nextBatch++);
    if (written === undefined) this.#nextBatch++;
    return written;
  }

  load(): Generator<readonly Entry[], void, void> {
    return entriesIn(this.#generations);
  }

  compact(bases: AsyncIterable<AccountBase>): Promise<void> {
    this.#compaction ??= this.#compact(bases).finally(() => {
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

  async #compact(bases: AsyncIterable<AccountBase>): Promise<void> {
    const generation = this.#begin(this.#nextBatch);
    for await (const base of bases) {
      await generation.addAccount(base.account, base.lastBatch);
      await this.#write(generation, base.entries);
      if (this.#isClosing) return;
    }
    await generation.complete();
    for (const old of this.#generations.splice(0, this.#generations.length - 1)) await old.delete();
    this.#compactedBytes = generation.baseBytes;
  }

  async #write(generation: Generation, entries: Iterable<Entry>): Promise<void> {
    for (const text of textsOf(entries, CHUNK_CHARACTERS)) {
      if (text.length > 0) await generation.addChunk(text);
      await nextTurn();
      if (this.#isClosing) return;
    }
  }

  #begin(firstBatch: number): Generation {
    const generation = new Generation(this.#pathOf(this.#nextFile++), this.#syncs, { firstBatch });
    this.#generations.push(generation);
    return generation;
  }

  get #last(): Generation {
    return present(this.#generations.at(-1), "the file that is appended to");
  }

  #pathOf(number: number): string {
    return pathOf(this.#folder, number);
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
