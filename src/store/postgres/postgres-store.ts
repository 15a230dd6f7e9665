import assert from "node:assert/strict";
import type { Entry } from "../../kernel/event/event-log.ts";
import { nextTurn } from "../../kernel/time/system-clock.ts";
import { type EntryText, textsOf } from "../entry-codec.ts";
import { LEAST_GROWTH_BYTES } from "../growth.ts";
import type { AccountBase, Batch, Store } from "../store.ts";
import type { Connection, Database } from "./connection.ts";
import { KeptRows } from "./kept-rows.ts";
import { factsOf, type Lead, leadAgain, type StandingBy, takeLead } from "./lead.ts";
import { type Piece, piecesOf } from "./pieces.ts";
import { Pulse } from "./pulse.ts";
import { damaged, inWords, Superseded, superseded, unusable } from "./refusals.ts";
import {
  BATCH_BYTES,
  DELETE_BASES,
  DELETE_BATCHES,
  PUT_BASE,
  PUT_BATCH,
  PUT_CHUNK,
  SET_LOADING,
  SET_SERVING,
} from "./tables.ts";

/** A turn of a compaction writes about so many characters. */
const CHUNK_CHARACTERS = 64 * 1024;
/** A batch of more characters than that, such as a world that was restored, is written in parts. */
const PART_CHARACTERS = 1024 * 1024;

/**
 * Opens the store in a database, once nobody else has it. Throws StoreRefusal where that cannot be, and what `standingBy` rejects
 * with.
 */
export async function openPostgresStore(database: Database, standingBy: StandingBy): Promise<Store> {
  const lead = await takeLead(database, standingBy);
  const store = new PostgresStore(database, lead);
  try {
    await store.measure();
    return store;
  } catch (cause) {
    await store.close();
    throw unusable(database.url, cause);
  }
}

/**
 * Keeps state in tables of PostgreSQL's. Every statement that writes asks whether nobody has taken over, and waits for an answer
 * one after the other: the connection that writes is the one that holds the lock.
 */
class PostgresStore implements Store {
  readonly #database: Database;
  #connection: Connection;
  #pulse: Pulse;
  readonly #epoch: string;
  #nextBatch: number;
  /** Set once somebody took over: there is no way back from that. */
  #isSuperseded = false;
  #superseded: ((cause: Error) => void) | undefined;
  #isClosing = false;
  #interrupted: ((cause: Error) => void) | undefined;
  #compaction: Promise<void> | undefined;
  #baseBytes = 0;
  #batchBytes = 0;
  #appendedBytes = 0;

  constructor(database: Database, { connection, epoch, lastBatch }: Lead) {
    this.#database = database;
    this.#epoch = epoch;
    this.#nextBatch = lastBatch + 1;
    this.#connection = connection;
    this.#pulse = this.#attend(connection);
  }

  get nextBatch(): number {
    return this.#nextBatch;
  }

  get appendedBytes(): number {
    return this.#appendedBytes;
  }

  /** What stands for what is deleted at once, and PostgreSQL packs values itself: so it is enough to look at what there is as text. */
  isGrown(): boolean {
    return this.#batchBytes >= Math.max(this.#baseBytes, LEAST_GROWTH_BYTES);
  }

  whenInterrupted(interrupted: (cause: Error) => void): void {
    this.#interrupted = interrupted;
  }

  whenSuperseded(superseded: (cause: Error) => void): void {
    this.#superseded = superseded;
  }

  /** Deletes what does not count, which a process that died may have left, and asks how much there is of the rest. */
  async measure(): Promise<void> {
    await deleteRest(this.#connection, this.#epoch);
    const { rows } = await this.#connection.run<{ readonly bytes: string }>({ text: BATCH_BYTES });
    this.#batchBytes = Number(rows[0]?.bytes);
    this.#baseBytes = Number((await factsOf(this.#connection)).base_bytes);
  }

  async append(batch: Batch): Promise<void> {
    assert(batch.number === this.#nextBatch, `batch ${batch.number} is not ${this.#nextBatch}`);
    try {
      if (this.#connection.isLost) await this.#reconnect();
      await this.#write(batch);
    } catch (cause) {
      throw inWords(cause);
    }
    this.#nextBatch++;
  }

  sure(): Promise<void> | undefined {
    return this.#pulse.sure();
  }

  async load(): Promise<Iterable<readonly Entry[]>> {
    const { url } = this.#database;
    const refuse = (how: string): never => {
      throw damaged(url, how);
    };
    try {
      await this.#connection.run({ text: SET_LOADING });
      return this.#loaded(await KeptRows.fetch(this.#connection, await factsOf(this.#connection), refuse));
    } catch (cause) {
      throw unusable(url, cause);
    }
  }

  compact(bases: AsyncIterable<AccountBase>): Promise<void> {
    this.#compaction ??= this.#compact(bases).finally(() => {
      this.#compaction = undefined;
    });
    return this.#compaction;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#pulse.stop();
    await this.#compaction?.catch(() => {}); // whoever asked for it is told
    await this.#connection.close();
  }

  #attend(connection: Connection): Pulse {
    connection.whenLost((loss) => this.#interrupted?.(loss));
    return new Pulse(connection);
  }

  /** While they are gone through, nothing else may have its turn for long, beats included. */
  *#loaded(rows: KeptRows): Generator<readonly Entry[], void, void> {
    yield* rows.entries();
    this.#connection.run({ text: SET_SERVING }).catch(() => {}); // the connection tells of its loss
  }

  async #reconnect(): Promise<void> {
    const [connection, epoch, lastBatch] = [this.#connection, this.#epoch, this.#nextBatch - 1];
    try {
      if (this.#isSuperseded) throw superseded(this.#database.url);
      this.#connection = (await leadAgain(this.#database, { connection, epoch, lastBatch })).connection;
    } catch (cause) {
      throw cause instanceof Superseded ? this.#supersede(cause) : cause;
    }
    this.#pulse.stop();
    this.#pulse = this.#attend(this.#connection);
  }

  /** The first part last: without it, the others are nothing. */
  async #write({ number, entries }: Batch): Promise<void> {
    let first: Piece | undefined;
    let [parts, bytes] = [0, 0];
    for (const piece of piecesOf(textsOf(entries, PART_CHARACTERS))) {
      if (first === undefined) first = piece;
      else bytes += await this.#putPart([number, parts, 0], piece);
      parts++;
    }
    assert(first !== undefined, "entries have a text");
    this.#batchBytes += bytes + (await this.#putPart([number, 0, parts], first));
  }

  async #putPart(place: readonly [number: number, part: number, parts: number], piece: Piece): Promise<number> {
    const { bytes, ends } = piece;
    this.#appendedBytes += bytes.length;
    const values = [this.#epoch, ...place, bytes, ends];
    await this.#put(this.#connection, { name: "batch", text: PUT_BATCH, values });
    return bytes.length;
  }

  /** Throws when somebody has taken over; then nothing was written. */
  async #put(connection: Connection, query: Parameters<Connection["run"]>[0]): Promise<void> {
    if (this.#isSuperseded) throw superseded(this.#database.url);
    if ((await connection.run(query)).rowCount === 1) return;
    throw this.#supersede(superseded(this.#database.url));
  }

  #supersede(cause: Superseded): Superseded {
    if (!this.#isSuperseded) this.#superseded?.(cause);
    this.#isSuperseded = true;
    return cause;
  }

  /** All by one connection: what is lost with one was not on the disk yet. */
  async #compact(bases: AsyncIterable<AccountBase>): Promise<void> {
    const connection = this.#connection;
    const [firstBatch, batchBytes] = [this.#nextBatch, this.#batchBytes];
    const base = Number((await factsOf(connection)).base) + 1;
    await connection.run({ text: DELETE_BASES, values: [this.#epoch] });
    const baseAt: Record<string, number> = {};
    let [chunks, bytes] = [0, 0];
    for await (const { account, entries, lastBatch } of bases) {
      baseAt[account] = lastBatch;
      for (const piece of piecesOf(filled(textsOf(entries, CHUNK_CHARACTERS)))) {
        if (this.#isClosing) return;
        const values = [this.#epoch, base, chunks++, piece.bytes, piece.ends];
        await this.#put(connection, { name: "chunk", text: PUT_CHUNK, values });
        bytes += piece.bytes.length;
        await nextTurn();
      }
    }
    const values = [this.#epoch, base, firstBatch, chunks, bytes, JSON.stringify(baseAt)];
    await this.#put(connection, { text: PUT_BASE, values });
    this.#baseBytes = bytes;
    this.#batchBytes -= batchBytes;
    await deleteRest(connection, this.#epoch);
  }
}

/** Those in which there is anything. */
function* filled(texts: Iterable<EntryText>): Generator<EntryText, void, void> {
  for (const text of texts) if (text.length > 0) yield text;
}

/** In steps, between which others have their turns. */
async function deleteRest(connection: Connection, epoch: string): Promise<void> {
  await connection.run({ text: DELETE_BASES, values: [epoch] });
  while (((await connection.run({ text: DELETE_BATCHES })).rowCount ?? 0) > 0) await nextTurn();
}
