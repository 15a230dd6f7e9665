import { type HeapItem, IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import type { StoredRecord } from "../shard/record.ts";
import type { Position } from "../shard/record-log.ts";
import type { Shard } from "../shard/shard.ts";

/** How far a queue has come in a shard. */
class Cursor implements HeapItem {
  heapSlot = -1;
  readonly shard: Shard;
  /** Of the first record that was never handed out. */
  position: Position;

  constructor(shard: Shard, position: Position) {
    this.shard = shard;
    this.position = position;
  }
}

/** A record that was never handed out. */
interface UnseenRecord {
  readonly shard: Shard;
  readonly index: number;
  readonly record: StoredRecord;
}

/**
 * The records of a stream that a queue has not handed out yet, by arrival: a position for each shard, whatever lies
 * behind it. To find the next one and to take it costs O(log n) in shards and records.
 */
export class Backlog {
  /** Goes with its shard, which the stream lets go of. A shard without one began after the queue, and is all unseen. */
  readonly #cursors = new WeakMap<Shard, Cursor>();
  /**
   * Those of the shards with unseen records, by the arrival of the first, which may have expired. Of those that arrived
   * at the same time the older shard's comes first, so that the order does not depend on when somebody looked.
   */
  readonly #heads = new IndexedHeap<Cursor>((one, other) => one.shard.index < other.shard.index);

  /** Begins in a shard that is there already. */
  begin(shard: Shard, position: Position): void {
    const cursor = new Cursor(shard, position);
    this.#cursors.set(shard, cursor);
    this.#rank(cursor);
  }

  /** How far it has come in the shard. */
  positionIn(shard: Shard): Position {
    return this.#cursors.get(shard)?.position ?? 0;
  }

  /** Is as far in a shard as it was, wherever it began. */
  keep(shard: Shard, position: Position): void {
    const begun = this.#cursors.get(shard);
    if (begun !== undefined) this.#heads.delete(begun);
    this.begin(shard, position);
  }

  /** A record joined the shard. */
  arrived(shard: Shard, index: number, at: number): void {
    let cursor = this.#cursors.get(shard);
    if (cursor === undefined) {
      cursor = new Cursor(shard, index);
      this.#cursors.set(shard, cursor);
    }
    if (!this.#heads.has(cursor)) this.#heads.set(cursor, at);
  }

  /** The next record; those that arrived before the horizon are gone. */
  first(horizon: number): UnseenRecord | undefined {
    for (let cursor = this.#heads.first(); cursor !== undefined; cursor = this.#heads.first()) {
      const { shard, position } = cursor;
      shard.log.trim(horizon);
      const reading = shard.log.read(position, { records: 1, bytes: Number.POSITIVE_INFINITY });
      const [record] = reading.records;
      if (record !== undefined && record.arrivedAt === this.#heads.rankOf(cursor)) {
        return { shard, index: reading.next - 1, record };
      }
      this.#rank(cursor);
    }
    return undefined;
  }

  /** Hands out the record, which is the next one of its shard. */
  take(shard: Shard, index: number): void {
    const cursor = this.#cursors.get(shard) ?? new Cursor(shard, index);
    cursor.position = index + 1;
    this.#cursors.set(shard, cursor);
    this.#rank(cursor);
  }

  /** Whether the record was never handed out. */
  has(shard: Shard, index: number): boolean {
    return index >= (this.#cursors.get(shard)?.position ?? 0);
  }

  /** The first record of the shard that was never handed out, or undefined when there is none. Costs O(log n). */
  nextIn(shard: Shard): StoredRecord | undefined {
    const position = this.#cursors.get(shard)?.position ?? 0;
    return shard.log.read(position, { records: 1, bytes: Number.POSITIVE_INFINITY }).records[0];
  }

  /** How many records the shard has that were never handed out. Costs O(n) in the segments of its log. */
  countOf(shard: Shard): number {
    return shard.log.countFrom(this.#cursors.get(shard)?.position ?? 0);
  }

  #rank(cursor: Cursor): void {
    const arrivedAt = cursor.shard.log.arrivalFrom(cursor.position);
    if (arrivedAt === undefined) this.#heads.delete(cursor);
    else this.#heads.set(cursor, arrivedAt);
  }
}
