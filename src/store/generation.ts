import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { scopeOfArn } from "../kernel/arn.ts";
import type { Entry } from "../kernel/event/event-log.ts";
import { nextTurn } from "../kernel/time/system-clock.ts";
import { decodeEntries, type EntryText, encodeParts, textsOf, unpackEntries } from "./entry-codec.ts";
import { complaintAboutFile, refuseFile } from "./file-check.ts";
import { deleteFile, FACTS, type Facts, factsOf } from "./file-facts.ts";
import type { BaseSize } from "./growth.ts";
import { type LmdbKey, type LmdbRoot, type LmdbTable, openLmdb, readLmdb } from "./lmdb.ts";
import { explained, rejectExplained } from "./put-failure.ts";
import { type Batch, StoreRefusal } from "./store.ts";

/** What files are written in. A higher number is refused. */
const FORMAT = 2;
/** Since then bases, and the parts of large batches, are packed. */
const PACKED = 2;

/** A batch of more characters than that, such as a world that was restored, is written in parts. */
const PART_CHARACTERS = 1024 * 1024;

/** How a file is opened: to be gone on with, or only looked at. */
interface Opening {
  readonly syncs: boolean;
  readonly isReadOnly?: boolean;
}

/**
 * One file: what there was of each account at some time, and what happened since. A compaction begins another one, which goes on
 * where the last one ends, and once it says of itself all there is, those before it are deleted. So disk is given back, and
 * at any moment of that, what is there is whole.
 */
export class Generation {
  readonly path: string;
  readonly #root: LmdbRoot;
  readonly #facts: LmdbTable<Facts>;
  /** The last batch that the base of an account is the outcome of. */
  readonly #baseAt: LmdbTable<number>;
  readonly #base: LmdbTable<Buffer>;
  readonly #batches: LmdbTable<Buffer>;
  /** Those of batches too large for one text, by number of the batch and their own. */
  readonly #parts: LmdbTable<Buffer>;
  readonly #syncs: boolean;
  /** Whether bases and parts are packed in it. */
  readonly #isPacked: boolean;
  /** What was written of its base. */
  readonly #written = { chunks: 0, bytes: 0, textBytes: 0, entries: 0 };
  #appendedBytes = 0;

  /** Opens one that was begun. Throws StoreRefusal, with the file closed, when it is damaged, or newer than this program. */
  static async open(path: string, { syncs, isReadOnly = false }: Opening): Promise<Generation> {
    const complaint = complaintAboutFile(path);
    if (complaint !== undefined) refuseFile(path, complaint);
    const root = isReadOnly ? readLmdb(path) : openLmdb(path, syncs);
    try {
      return new Generation(path, { root, syncs });
    } catch (cause) {
      await root.close();
      throw cause;
    }
  }

  /** Begins one with that batch, in a file that says nothing of itself yet. */
  static begin(path: string, syncs: boolean, firstBatch: number): Generation {
    const root = openLmdb(path, syncs);
    factsOf(root).putSync(FACTS, { format: FORMAT, firstBatch }); // before anything else
    return new Generation(path, { root, syncs });
  }

  private constructor(path: string, { root, syncs }: { readonly root: LmdbRoot; readonly syncs: boolean }) {
    this.path = path;
    this.#root = root;
    this.#syncs = syncs;
    this.#facts = this.#sound(() => factsOf(root));
    this.#refuseNewer();
    this.#isPacked = this.format >= PACKED;
    this.#baseAt = root.openDB("baseAt", { encoding: "json" }) as LmdbTable<number>;
    this.#base = root.openDB("base", { encoding: "binary" }) as LmdbTable<Buffer>;
    this.#batches = root.openDB("batches", { encoding: "binary" }) as LmdbTable<Buffer>;
    this.#parts = root.openDB("parts", { encoding: "binary" }) as LmdbTable<Buffer>;
  }

  /** What it is written in. */
  get format(): number {
    return this.#known.format;
  }

  get isComplete(): boolean {
    return this.#known.base !== undefined;
  }

  /** What its base takes. Undefined until it is complete. */
  get baseSize(): BaseSize | undefined {
    const { base } = this.#known;
    return base && { textBytes: base.bytes, entries: 0, held: 0, ...base };
  }

  get firstBatch(): number {
    return this.#known.firstBatch;
  }

  /** The number of the batch to come. */
  get nextBatch(): number {
    const [last] = this.#sound(() => [...this.#batches.getKeys({ reverse: true, limit: 1 })]);
    return last === undefined ? this.firstBatch : Number(last) + 1;
  }

  get bytes(): number {
    return statSync(this.path).size;
  }

  /** How many bytes the batches have that were appended since it was opened. */
  get appendedBytes(): number {
    return this.#appendedBytes;
  }

  append({ number, entries }: Batch): Promise<void> | undefined {
    const texts = textsOf(entries, PART_CHARACTERS);
    const first = texts.next().value ?? assert.fail("entries have a text");
    const second = texts.next().value;
    if (second === undefined) return this.#putBatch(number, first.seal());
    return this.#appendParts(number, [first, second], texts);
  }

  /** Adds a part of what there is to the base, and says how many bytes its text has. */
  async addChunk(text: EntryText): Promise<number> {
    const { packed, textBytes } = await text.pack();
    this.#written.bytes += packed.length;
    this.#written.textBytes += textBytes;
    this.#written.entries += text.entries;
    await this.#put(this.#base, this.#written.chunks++, packed);
    return textBytes;
  }

  /** About how many bytes it takes beside what was added to its base. */
  get logBytes(): number {
    return this.bytes - this.#written.bytes;
  }

  /** Says that the base of that account stands for all batches up to that one. */
  addAccount(account: string, lastBatch: number): Promise<void> | undefined {
    return this.#put(this.#baseAt, account, lastBatch);
  }

  /** Says that the base is complete, once all of it is on the disk. `held` is how many things there were that come and go. */
  async complete(held: number): Promise<void> {
    await this.sync();
    await this.#put(this.#facts, FACTS, {
      ...this.#known,
      base: { ...this.#written, accounts: checksumOf(this.#settled()), held },
    });
    await this.sync();
  }

  /** Throws StoreRefusal unless its first batch follows what was before; undefined is whatever a base stands for. */
  refuseGap(nextBatch: number | undefined): void {
    if (nextBatch !== undefined && nextBatch !== this.firstBatch) this.#refuse("a file before it is missing");
  }

  /** What there was of each account, and of each the last batch that is in it. */
  *base(): Generator<readonly Entry[], ReadonlyMap<string, number>, void> {
    let expected = 0;
    for (const { key, value } of this.#range(this.#base)) {
      if (key !== expected++) this.#refuse(`a part of what it holds is missing, ${expected - 1}`);
      yield this.#decoded(value, `part ${key}`);
    }
    const { chunks = 0 } = this.#known.base ?? {};
    if (expected !== chunks) this.#refuse(`of ${chunks} parts it has ${expected}`);
    const settled = this.#settled();
    if ((this.#known.base?.accounts ?? checksumOf(settled)) === checksumOf(settled)) return settled;
    return this.#refuse("it does not say what its parts are the outcome of");
  }

  /** Of each account the last batch that its base is the outcome of. */
  #settled(): ReadonlyMap<string, number> {
    return new Map(Array.from(this.#range(this.#baseAt), ({ key, value }) => [String(key), value]));
  }

  /** The entries of each batch, but for those that are in the base of their account. */
  *batches(baseAt: ReadonlyMap<string, number>): Generator<readonly Entry[], void, void> {
    let expected = this.firstBatch;
    let settled = 0;
    for (const last of baseAt.values()) settled = Math.max(settled, last);
    for (const { key, value } of this.#range(this.#batches)) {
      if (key !== expected++) this.#refuse(`batch ${expected - 1} is missing`);
      for (const entries of this.#batch(Number(key), value)) {
        if (Number(key) > settled) yield entries;
        else yield entries.filter(({ resource }) => Number(key) > (baseAt.get(scopeOfArn(resource).account) ?? 0));
      }
    }
  }

  *#batch(number: number, bytes: Buffer): Generator<readonly Entry[], void, void> {
    const entries = decodeEntries(bytes) ?? this.#refuse(`batch ${number} is not what was written`);
    if (typeof entries !== "number") return yield entries;
    for (let part = 0; part < entries; part++) {
      const what = `part ${part} of batch ${number}`;
      const kept = this.#sound(() => this.#parts.get([number, part]));
      yield this.#decoded(kept ?? this.#refuse(`${what} is missing`), what);
    }
  }

  /** Has the disk have everything, while others have their turns. */
  async sync(): Promise<void> {
    const file = await open(this.path, "r");
    await file.sync().finally(() => file.close());
  }

  async close(): Promise<void> {
    await this.#root.close();
  }

  async delete(): Promise<void> {
    await this.close();
    await deleteFile(this.path);
  }

  get #known(): Facts {
    return this.#sound(() => this.#facts.get(FACTS)) ?? this.#refuse("it does not say what it is");
  }

  /** The parts first: without what says how many there are, they are nothing. */
  async #appendParts(number: number, begun: readonly EntryText[], texts: Iterable<EntryText>): Promise<void> {
    let parts = 0;
    for (const some of [begun, texts]) {
      for (const text of some) {
        const bytes = this.#isPacked ? (await text.pack()).packed : text.seal();
        this.#appendedBytes += bytes.length;
        await this.#put(this.#parts, [number, parts++], bytes);
        await nextTurn();
      }
    }
    await this.#putBatch(number, encodeParts(parts));
  }

  #putBatch(number: number, bytes: Buffer): Promise<void> | undefined {
    this.#appendedBytes += bytes.length;
    return this.#put(this.#batches, number, bytes);
  }

  #put<Value>(table: LmdbTable<Value>, key: LmdbKey, value: Value): Promise<void> | undefined {
    if (this.#syncs) return table.put(key, value).then(nothing, (cause) => rejectExplained(this.path, cause));
    try {
      table.putSync(key, value);
    } catch (cause) {
      throw explained(this.path, cause);
    }
    return undefined;
  }

  *#range<Value>(table: LmdbTable<Value>): Generator<{ readonly key: LmdbKey; readonly value: Value }, void, void> {
    const range = this.#sound(() => table.getRange()[Symbol.iterator]());
    for (;;) {
      const { done, value } = this.#sound(() => range.next());
      if (done) return;
      yield value;
    }
  }

  /** What is read; throws StoreRefusal where LMDB finds its own pages in disorder. */
  #sound<T>(read: () => T): T {
    try {
      return read();
    } catch (cause) {
      return this.#refuse(cause instanceof Error ? cause.message : String(cause));
    }
  }

  #decoded(bytes: Buffer, what: string): readonly Entry[] {
    const entries = this.#isPacked ? unpackEntries(bytes) : decodeEntries(bytes);
    return typeof entries === "object" ? entries : this.#refuse(`${what} is not what was written`);
  }

  #refuseNewer(): void {
    const { format } = this.#known;
    if (!(format >= 1)) this.#refuse("it does not say what it is");
    if (format <= FORMAT) return;
    throw new StoreRefusal(
      `The file ${this.path} is of format ${format}, and this version reads up to ${FORMAT}: start the version that wrote it, or take another folder.`,
    );
  }

  #refuse(how: string): never {
    return refuseFile(this.path, how);
  }
}

function checksumOf(settled: ReadonlyMap<string, number>): number {
  return crc32(JSON.stringify([...settled]));
}

function nothing(): void {}
