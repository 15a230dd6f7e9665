import { type HeapItem, IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import type { Stream } from "../stream.ts";

/** A stream as it is counted. */
interface Counted extends HeapItem {
  readonly stream: Stream;
  openShards: number;
  isOnDemand: boolean;
  isChanging: boolean;
  changingQueues: number;
}

const nothing = { openShards: 0, isOnDemand: false, isChanging: false, changingQueues: 0 };

/**
 * What quotas ask about all streams of an account and region, kept up to date by the streams themselves, so that asking
 * does not cost a look at each of them. Those that time changes stand in a line.
 */
export class StreamCounts {
  readonly #counted = new Map<Stream, Counted>();
  readonly #changes = new IndexedHeap<Counted>();
  #openShards = 0;
  #onDemand = 0;
  #changing = 0;
  #changingQueues = 0;

  /** Open shards of all streams, those being created and deleted included. */
  get openShards(): number {
    return this.#openShards;
  }

  get onDemand(): number {
    return this.#onDemand;
  }

  /** How many are being created or deleted. */
  get changing(): number {
    return this.#changing;
  }

  /** How many queues are being created or deleted. */
  get changingQueues(): number {
    return this.#changingQueues;
  }

  /** A stream that time has changed by then, or one that is gone; undefined when there is none. */
  due(now: number): Stream | undefined {
    return this.#changes.firstRank() <= now ? this.#changes.first()?.stream : undefined;
  }

  add(stream: Stream): void {
    this.#counted.set(stream, { stream, heapSlot: -1, ...nothing });
    this.update(stream);
  }

  /** Counts a stream as it stands now. One that was not added does not count. */
  update(stream: Stream): void {
    const counted = this.#counted.get(stream);
    if (counted === undefined) return;
    const { openShards, isOnDemand, status, changingQueues, nextChange } = stream.standing;
    this.#count(counted, -1);
    counted.openShards = openShards;
    counted.isOnDemand = isOnDemand;
    counted.isChanging = status === "CREATING" || status === "DELETING";
    counted.changingQueues = changingQueues;
    this.#count(counted, 1);
    if (nextChange < Number.POSITIVE_INFINITY) this.#changes.set(counted, nextChange);
    else this.#changes.delete(counted);
  }

  delete(stream: Stream): void {
    const counted = this.#counted.get(stream);
    if (counted === undefined) return;
    this.#count(counted, -1);
    this.#changes.delete(counted);
    this.#counted.delete(stream);
  }

  #count({ openShards, isOnDemand, isChanging, changingQueues }: Counted, sign: 1 | -1): void {
    this.#openShards += sign * openShards;
    this.#onDemand += sign * Number(isOnDemand);
    this.#changing += sign * Number(isChanging);
    this.#changingQueues += sign * changingQueues;
  }
}
