import { inOrderOfInstants } from "../../../kernel/time/due.ts";
import type { Consumer } from "../consumer/consumer.ts";
import type { Lease, Leases } from "../consumer/lease.ts";
import type { ReadingProgress } from "../consumer/reading-progress.ts";
import type { StoredRecord } from "../shard/record.ts";
import type { Position, ReadLimit } from "../shard/record-log.ts";
import { parseSequenceNumber } from "../shard/sequence-number.ts";
import { type Shard, shardIdOf } from "../shard/shard.ts";
import type { StreamState, StreamStatus } from "../stream-state.ts";

/** A record and the position behind it. */
export interface ListedRecord {
  readonly shard: Shard;
  readonly record: StoredRecord;
  readonly next: Position;
}

/** A record by its sequence number. */
export interface NumberedRecord {
  readonly shard: Shard;
  readonly index: number;
  /** Undefined once its retention is over. */
  readonly record: StoredRecord | undefined;
}

/** A subscription that somebody listens to. */
export interface OpenSubscription extends Pick<Lease, "startedAt" | "endsAt"> {
  readonly shard: Shard;
  /** How long the next record it is to get has been waiting for it; 0 when it has got all. */
  readonly iteratorAgeMs: number;
}

/** What time alone brings about in a stream. */
export type StreamDue =
  | { readonly at: number; readonly kind: "statusEnds"; readonly status: StreamStatus }
  | { readonly at: number; readonly kind: "consumerStatusEnds"; readonly consumer: Consumer }
  | { readonly at: number; readonly kind: "subscriptionEnds"; readonly consumer: Consumer; readonly shard: Shard }
  | { readonly at: number; readonly kind: "retentionEnds"; readonly shard: Shard; readonly record: StoredRecord };

const ONE: ReadLimit = { records: 1, bytes: 0 };

/** What is in a stream, for whoever looks at it. Questions only, of no capacity; good until the stream changes. */
export class StreamLook {
  readonly #state: StreamState;
  readonly #leases: Leases;
  readonly #progress: ReadingProgress;
  readonly #now: number;

  /** Time has caught up. */
  constructor(
    state: StreamState,
    { leases, progress }: { readonly leases: Leases; readonly progress: ReadingProgress },
    now: number,
  ) {
    this.#state = state;
    this.#leases = leases;
    this.#progress = progress;
    this.#now = now;
  }

  /** The shards from that index on, closed ones included, in the order of their creation. */
  *shards(from = 0): Generator<Shard, void, void> {
    const { shards, horizon, hasShards } = this.#state;
    if (!hasShards) return;
    for (const shard of shards.all(from === 0 ? "" : shardIdOf(from - 1))) {
      if (shard.isExpired(horizon)) continue;
      shard.log.trim(horizon);
      yield shard;
    }
  }

  /** The records of one of the shards from a position on. Each costs O(log n). */
  *records(shard: Shard, from: Position = 0): Generator<ListedRecord, void, void> {
    shard.log.trim(this.#state.horizon);
    for (let position = from; shard.log.hasRecordsFrom(position); ) {
      const { records, next } = shard.log.read(position, ONE);
      for (const record of records) yield { shard, record, next };
      position = next;
    }
  }

  /** What falls due, in order. Costs a look at each shard and consumer, and O(log n) for each that is taken. */
  upcoming(): Generator<StreamDue, void, void> {
    const retentions = Array.from(this.shards(), (shard) => this.#retentionEnds(shard));
    return inOrderOfInstants<StreamDue>([this.#ends(), ...retentions]);
  }

  #ends(): readonly StreamDue[] {
    const { status, statusEndsAt } = this.#state;
    const ends: StreamDue[] = statusEndsAt === undefined ? [] : [{ at: statusEndsAt, kind: "statusEnds", status }];
    for (const consumer of this.#state.consumers.all()) {
      const { changesAt } = consumer.lifecycle;
      if (changesAt < Number.POSITIVE_INFINITY) ends.push({ at: changesAt, kind: "consumerStatusEnds", consumer });
      for (const { endsAt, shard } of this.subscriptionsOf(consumer)) {
        ends.push({ at: endsAt, kind: "subscriptionEnds", consumer, shard });
      }
    }
    return ends.sort((one, other) => one.at - other.at);
  }

  *#retentionEnds(shard: Shard): Generator<StreamDue, void, void> {
    const { retentionMs } = this.#state.settings;
    for (const { record } of this.records(shard)) {
      yield { at: record.arrivedAt + retentionMs + 1, kind: "retentionEnds", shard, record };
    }
  }

  /** What has that sequence number, whether or not it is there still; undefined where nothing ever had. Costs O(log n). */
  find(sequenceNumber: string): NumberedRecord | undefined {
    const number = parseSequenceNumber(sequenceNumber);
    const { hasShards, shards, horizon } = this.#state;
    const shard = number && hasShards ? shards.find(number.shardIndex) : undefined;
    if (number === undefined || shard === undefined || number.index >= shards.nextIndexOf(shard)) return undefined;
    const index = Number(number.index);
    if (shard.numberOf(index, number.second * 1000) !== sequenceNumber) return undefined;
    shard.log.trim(horizon);
    const { records } = shard.log.read(index, ONE);
    const [record] = records;
    if (record?.sequenceNumber === sequenceNumber) return { shard, index, record };
    // Only what is trimmed is gone: whatever else is not there at its index never was.
    return shard.log.arrivalOf(index) === undefined ? { shard, index, record: undefined } : undefined;
  }

  /** Whether a consumer took the record of that index, or whoever calls GetRecords: those are told apart by nothing. */
  hasRead(shard: Shard, index: number, consumer?: string): boolean {
    return this.#progress.positionIn(shard, consumer) > index;
  }

  /** The subscriptions of a consumer that somebody listens to, by shard. */
  *subscriptionsOf({ name }: Consumer): Generator<OpenSubscription, void, void> {
    for (const [index, { startedAt, endsAt, endedBy, position }] of this.#leases.of(name)) {
      const shard = this.#state.shards.find(index);
      if (shard === undefined || position === undefined || endedBy !== undefined || endsAt <= this.#now) continue;
      shard.log.trim(this.#state.horizon);
      const arrivedAt = shard.log.arrivalFrom(position) ?? this.#now;
      yield { shard, startedAt, endsAt, iteratorAgeMs: this.#now - arrivedAt };
    }
  }
}
