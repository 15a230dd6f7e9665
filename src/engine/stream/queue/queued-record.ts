import type { HeapItem } from "../../../kernel/collection/indexed-heap.ts";
import type { Shard } from "../shard/shard.ts";

/** A record that a queue handed out and that nobody has acknowledged. */
export class QueuedRecord implements HeapItem {
  /** In the heap of deadlines while in flight, else in that of its kind's visible ones. */
  heapSlot = -1;
  readonly shard: Shard;
  readonly index: number;
  readonly arrivedAt: number;
  readonly firstReceivedAt: number;
  /** Receives in all, by which the handles of a record differ. */
  attempt = 0;
  /** Receives since it was restored last. */
  receiveCount = 0;
  isDead = false;
  isInFlight = false;

  constructor(origin: { readonly shard: Shard; readonly index: number; readonly arrivedAt: number }, at: number) {
    this.shard = origin.shard;
    this.index = origin.index;
    this.arrivedAt = origin.arrivedAt;
    this.firstReceivedAt = at;
  }
}

/** By age; the order of those that fell due at the same instant. */
export function isOlder(one: QueuedRecord, other: QueuedRecord): boolean {
  return one.shard === other.shard ? one.index < other.index : one.shard.index < other.shard.index;
}
