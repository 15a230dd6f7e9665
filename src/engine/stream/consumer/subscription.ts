import type { LoggedRecord } from "../shard/logged-record.ts";
import type { Position } from "../shard/record-log.ts";
import type { Shard } from "../shard/shard.ts";
import type { ShardBatch } from "../shard/shard-batch.ts";
import type { Consumer } from "./consumer.ts";
import type { Lease, SubscriptionEnd } from "./lease.ts";
import type { Patience } from "./watchers.ts";

/** What a subscriber is sent. */
export interface ShardEvent {
  /** Empty in a heartbeat and at the end of the shard. */
  readonly records: readonly LoggedRecord[];
  /** Where the next subscription goes on; undefined at the end of the shard. */
  readonly continuationSequenceNumber: string | undefined;
  readonly behindMs: number;
  /** The shards that follow; undefined unless this is the end of the shard. */
  readonly childShards: readonly Shard[] | undefined;
}

/** A subscription ended before its time, and its subscriber has to be told why. */
export class SubscriptionEnded extends Error {
  override readonly name = "SubscriptionEnded";
  readonly reason: Exclude<SubscriptionEnd, "closed">;

  constructor(reason: Exclude<SubscriptionEnd, "closed">) {
    super(`The subscription ended: ${reason}.`);
    this.reason = reason;
  }
}

/** Which shard a consumer wants to follow, from where. */
export interface SubscriptionRequest {
  readonly consumer: Consumer;
  readonly shard: Shard;
  readonly from: Position;
  readonly signal: AbortSignal;
}

/** Why nobody is subscribed: the stream is on its way out, the consumer not ready, or its present subscription too young. */
export type SubscriptionRefusal = "notActive" | "consumerNotActive" | "inUse";

/** What a subscription needs of its stream. */
export interface SubscribedStream {
  /** Lets time catch up and says what time it is. */
  settle(): number;
  /** What lies behind the position, as much as one event may hold. */
  next(position: Position): ShardBatch;
  /** Hears that the subscriber has taken everything before the position. */
  taken(position: Position): void;
  /** A sequence number behind everything before the position and before all that follows. */
  continuation(position: Position): string;
  /** When time alone can change the shard. */
  nextChange(): number;
  change(patience: Patience): Promise<void>;
}

/** How one subscription runs. */
interface SubscriptionPlan {
  readonly lease: Lease;
  readonly from: Position;
  readonly signal: AbortSignal;
  readonly heartbeatMs: number;
  /** The most it is sent in a second; Infinity where nothing is throttled. */
  readonly bytesPerSecond: number;
}

/**
 * The events of a subscription. It reads when its reader asks for more, so a slow reader holds back nobody and nothing
 * piles up for it; a reader that waits is woken by the change itself. Ends quietly at the end of the shard, of the
 * subscription's life, on abort and on closing; otherwise throws SubscriptionEnded.
 */
export async function* subscription(
  stream: SubscribedStream,
  { lease, from, signal, heartbeatMs, bytesPerSecond }: SubscriptionPlan,
): AsyncGenerator<ShardEvent, void, void> {
  let position = from;
  lease.position = position;
  let heartbeatAt = lease.startedAt + heartbeatMs;
  let paceAt = lease.startedAt;
  try {
    while (!signal.aborted) {
      const now = stream.settle();
      if (isOver(lease, now)) return;
      const batch = now >= paceAt ? stream.next(position) : undefined;
      if (batch !== undefined && (batch.records.length > 0 || batch.childShards !== undefined || now >= heartbeatAt)) {
        position = batch.next;
        lease.position = position;
        heartbeatAt = now + heartbeatMs;
        paceAt = now + (batch.bytes * 1000) / bytesPerSecond;
        yield* eventsOf(batch, stream);
        stream.taken(position);
        if (batch.childShards !== undefined) return;
      } else {
        const wakeAt = now < paceAt ? paceAt : Math.min(heartbeatAt, stream.nextChange());
        await stream.change({ until: Math.min(wakeAt, lease.endsAt), signal });
      }
    }
  } finally {
    lease.position = undefined;
  }
}

/** The end of a shard is an event of its own, so that one with records always says where to go on. */
function* eventsOf(batch: ShardBatch, stream: SubscribedStream): Generator<ShardEvent, void, void> {
  const { records, childShards, behindMs } = batch;
  if (records.length > 0 || childShards === undefined) {
    const continuationSequenceNumber = stream.continuation(batch.next);
    yield { records, continuationSequenceNumber, behindMs, childShards: undefined };
  }
  if (childShards !== undefined) {
    yield { records: [], continuationSequenceNumber: undefined, behindMs, childShards };
  }
}

/** Whether the subscription is over without a reason the subscriber has to be told. */
function isOver({ endedBy, endsAt }: Lease, now: number): boolean {
  if (endedBy !== undefined && endedBy !== "closed") throw new SubscriptionEnded(endedBy);
  return endedBy === "closed" || now >= endsAt;
}
