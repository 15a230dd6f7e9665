import { type HeapItem, IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import { type Taken, Takings, takenAs } from "../../../kernel/collection/taken.ts";
import { present } from "../../../kernel/present.ts";
import { isReceivedTooOften } from "../../receive.ts";
import type { QueueRecordKept } from "../kept/kept-events.ts";
import type { Shard } from "../shard/shard.ts";
import type { QueueSettings } from "./queue-events.ts";
import { isOlder, type QueuedRecord } from "./queued-record.ts";

/** Those of one shard in the order of their arrival, in which they were handed out first. */
class OfShard implements HeapItem {
  heapSlot = -1;
  readonly byIndex = new Map<number, QueuedRecord>();
}

/** The records of a queue that were handed out and not acknowledged. Unless said otherwise all costs O(log n). */
export class QueuedRecords {
  readonly #byShard = new Map<Shard, OfShard>();
  /** By an instant before which none of the shard's arrived. */
  readonly #oldest = new IndexedHeap<OfShard>();
  readonly #deadlines = new IndexedHeap<QueuedRecord>(isOlder);
  /** By the instant at which they were visible again. */
  readonly #visible = new IndexedHeap<QueuedRecord>(isOlder);
  readonly #dead = new IndexedHeap<QueuedRecord>(isOlder);
  /** Whoever tells of records as they were. */
  readonly #takings = new Takings<QueuedRecord>();
  #deadInFlight = 0;
  #isBehind = false;

  /** In flight, dead letters apart. */
  get inFlight(): number {
    return this.#deadlines.size - this.#deadInFlight;
  }

  get deadInFlight(): number {
    return this.#deadInFlight;
  }

  get visible(): number {
    return this.#visible.size;
  }

  get deadVisible(): number {
    return this.#dead.size;
  }

  /** Whether more was due than was to happen at most when time passed last: then some have expired that are still there. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** When the next one's visibility timeout ends; Infinity when none is in flight. */
  get nextDeadline(): number {
    return this.#deadlines.firstRank();
  }

  /** Those in flight with the ends of their visibility timeouts, in order. */
  *inFlightInOrder(): Generator<{ readonly at: number; readonly record: QueuedRecord }, void, void> {
    for (const record of this.#deadlines.inOrder()) {
      yield { at: this.#deadlines.rankOf(record) ?? Number.POSITIVE_INFINITY, record };
    }
  }

  find(shard: Shard, index: number): QueuedRecord | undefined {
    return this.#byShard.get(shard)?.byIndex.get(index);
  }

  /** The one that has been visible for longest. */
  first(isDead: boolean): QueuedRecord | undefined {
    return this.#readyHeap(isDead).first();
  }

  /** Adds a record that is handed out for the first time. */
  add(record: QueuedRecord): void {
    const { shard, index, arrivedAt } = record;
    let of = this.#byShard.get(shard);
    if (of === undefined) {
      of = new OfShard();
      this.#byShard.set(shard, of);
      this.#oldest.set(of, arrivedAt);
    }
    of.byIndex.set(index, record);
  }

  /** Those of the shard, in the order in which they were handed out first, as plain data. */
  taken(shard: Shard): Taken<QueueRecordKept> {
    const records = [...(this.#byShard.get(shard)?.byIndex.values() ?? [])];
    const taking = this.#takings.take((record: QueuedRecord) => this.#kept(record));
    return takenAs(function* () {
      for (const record of records) yield taking.of(record);
    }, taking.end);
  }

  /** When the record is visible, or since when. */
  visibleAt(record: QueuedRecord): number {
    const heap = record.isInFlight ? this.#deadlines : this.#readyHeap(record.isDead);
    return heap.rankOf(record) ?? record.firstReceivedAt;
  }

  #kept(record: QueuedRecord): QueueRecordKept {
    const { shard, index, attempt, receiveCount, isDead, isInFlight, firstReceivedAt: at } = record;
    const visibleAt = this.visibleAt(record);
    const flags = { ...(isDead && { isDead }), ...(isInFlight && { isInFlight }) };
    return { type: "queueRecordKept", at, shard: shard.index, index, attempt, receiveCount, ...flags, visibleAt };
  }

  /** Puts in a record as it was. */
  keep(record: QueuedRecord, kept: QueueRecordKept): void {
    const { attempt, receiveCount, isDead = false, isInFlight = false, visibleAt } = kept;
    record.attempt = attempt;
    record.receiveCount = receiveCount;
    record.isDead = isDead;
    record.isInFlight = isInFlight;
    if (isDead && isInFlight) this.#deadInFlight++;
    this.add(record);
    (isInFlight ? this.#deadlines : this.#readyHeap(isDead)).set(record, visibleAt);
  }

  receive(record: QueuedRecord, visibleAt: number): void {
    this.#takings.before(record);
    this.#readyHeap(record.isDead).delete(record);
    record.attempt++;
    record.receiveCount++;
    record.isInFlight = true;
    if (record.isDead) this.#deadInFlight++;
    this.#deadlines.set(record, visibleAt);
  }

  /** Moves the end of the visibility timeout of one that is in flight. */
  hide(record: QueuedRecord, visibleAt: number): void {
    this.#takings.before(record);
    this.#deadlines.set(record, visibleAt);
  }

  /** Undoes the receive of one that is in flight. */
  putBack(record: QueuedRecord, at: number): void {
    this.#takings.before(record);
    record.receiveCount--;
    this.#land(record);
    this.#readyHeap(record.isDead).set(record, at);
  }

  /** Makes a dead letter a record as any other, which nobody has received. */
  restore(record: QueuedRecord, at: number): void {
    this.#takings.before(record);
    this.#land(record);
    this.#dead.delete(record);
    record.isDead = false;
    record.receiveCount = 0;
    this.#visible.set(record, at);
  }

  delete(record: QueuedRecord): void {
    this.#takings.before(record);
    this.#forget(record);
    const of = this.#byShard.get(record.shard);
    of?.byIndex.delete(record.index);
    if (of?.byIndex.size === 0) this.#drop(record.shard, of);
  }

  /** Lets so much happen of what is due: ends visibility timeouts first, then forgets what arrived before the horizon. */
  passTime(at: { readonly now: number; readonly horizon: number }, settings: QueueSettings, most: number): void {
    const released = this.#release(at.now, settings, most);
    this.#expire(at.horizon, most - released);
    this.#isBehind = this.#deadlines.firstRank() <= at.now || this.#oldest.firstRank() < at.horizon;
  }

  /** Makes dead letters of the visible ones that were received too often. Costs O(n log n). */
  bury(settings: QueueSettings): void {
    for (const record of [...this.#visible]) {
      if (!isReceivedTooOften(record.receiveCount, settings)) continue;
      this.#takings.before(record);
      const visibleAt = this.#visible.rankOf(record) ?? 0;
      this.#visible.delete(record);
      record.isDead = true;
      this.#dead.set(record, visibleAt);
    }
  }

  /** Ends so many visibility timeouts that are due, and says how many; who was received too often is a dead letter from then on. */
  #release(now: number, settings: QueueSettings, most: number): number {
    let released = 0;
    for (; released < most && this.#deadlines.firstRank() <= now; released++) {
      const visibleAt = this.#deadlines.firstRank();
      const record = present(this.#deadlines.first(), "a record in flight");
      this.#takings.before(record);
      this.#land(record);
      if (isReceivedTooOften(record.receiveCount, settings)) record.isDead = true;
      this.#readyHeap(record.isDead).set(record, visibleAt);
    }
    return released;
  }

  /** Forgets so many of those that arrived before the horizon. */
  #expire(horizon: number, most: number): void {
    let left = most;
    while (left > 0 && this.#oldest.firstRank() < horizon) {
      left -= this.#expireOf(present(this.#oldest.first(), "records of a shard"), horizon, left);
    }
  }

  /** Forgets so many of one shard's, and says how many; looking counts as well. */
  #expireOf(of: OfShard, horizon: number, most: number): number {
    let looked = 0;
    for (const record of of.byIndex.values()) {
      if (record.arrivedAt >= horizon) {
        this.#oldest.set(of, record.arrivedAt);
        return looked + 1;
      }
      if (looked === most) return looked;
      this.delete(record);
      looked++;
    }
    return looked;
  }

  #forget(record: QueuedRecord): void {
    this.#readyHeap(record.isDead).delete(record);
    this.#land(record);
  }

  #land(record: QueuedRecord): void {
    if (!record.isInFlight) return;
    record.isInFlight = false;
    if (record.isDead) this.#deadInFlight--;
    this.#deadlines.delete(record);
  }

  #drop(shard: Shard, of: OfShard): void {
    this.#byShard.delete(shard);
    this.#oldest.delete(of);
  }

  #readyHeap(isDead: boolean): IndexedHeap<QueuedRecord> {
    return isDead ? this.#dead : this.#visible;
  }
}
