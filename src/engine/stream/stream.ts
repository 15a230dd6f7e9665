import type { Taken } from "../../kernel/collection/taken.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { StreamCreated } from "./account/account-events.ts";
import { Throughput } from "./capacity/throughput.ts";
import { Configuration } from "./configuration.ts";
import type { Consumer } from "./consumer/consumer.ts";
import { Consumers } from "./consumer/consumers.ts";
import { Following } from "./consumer/following.ts";
import { Leases } from "./consumer/lease.ts";
import { ReadingProgress, type UnreadRecords } from "./consumer/reading-progress.ts";
import {
  type ShardEvent,
  type SubscribedStream,
  type SubscriptionRefusal,
  type SubscriptionRequest,
  subscription,
} from "./consumer/subscription.ts";
import { Tail, type TailPositions } from "./consumer/tail.ts";
import { type ShardListener, Watchers } from "./consumer/watchers.ts";
import type { StreamDeps, StreamIdentity } from "./definition.ts";
import { type LiveStreamEvent, plainEvent, type StreamEvent } from "./events.ts";
import { streamEvents } from "./kept/stream-entries.ts";
import type { Ledger } from "./ledger.ts";
import { StreamLook } from "./look/stream-look.ts";
import { StreamQueues } from "./queue/stream-queues.ts";
import { type PutOutcome, shardFor } from "./shard/placement.ts";
import type { NewRecord } from "./shard/record.ts";
import type { Position, ReadLimit } from "./shard/record-log.ts";
import { parseSequenceNumber } from "./shard/sequence-number.ts";
import type { Shard } from "./shard/shard.ts";
import { EVENT_LIMIT, READ_LIMIT, readShard, type ShardBatch } from "./shard/shard-batch.ts";
import { Shards } from "./shard/shards.ts";
import { findPosition, type PositionOutcome, type StartingPosition } from "./shard/starting-position.ts";
import { StreamEventLog } from "./stream-event-log.ts";
import { type StreamStanding, StreamState, type StreamStatus } from "./stream-state.ts";

/**
 * A stream. Every command first lets time catch up, then decides, then records what happened; commands are synchronous,
 * so each is atomic. Unless said otherwise a command costs O(log n) in shards and records.
 */
export class Stream {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly scope: Scope;
  readonly createdAt: number;
  readonly shards: Shards;
  readonly configuration: Configuration;
  readonly consumers: Consumers;
  readonly queues: StreamQueues;
  readonly #identity: StreamIdentity;
  readonly #deps: StreamDeps;
  readonly #state: StreamState;
  readonly #log: StreamEventLog;
  readonly #leases: Leases;
  readonly #watchers: Watchers;
  readonly #progress = new ReadingProgress();
  readonly #throughput: Throughput;
  /** Ahead of the state's by the records that were refused since the last that was put. */
  #nextTurn = 0;

  constructor(created: StreamCreated, deps: StreamDeps) {
    const { identity } = created;
    ({ id: this.id, name: this.name, arn: this.arn, createdAt: this.createdAt } = identity);
    this.scope = deps.scope;
    this.#identity = identity;
    this.#deps = deps;
    this.#state = new StreamState(created, deps);
    this.#log = new StreamEventLog(identity.arn, deps.log);
    this.#leases = new Leases(deps.rules.subscriptions);
    this.#watchers = new Watchers(deps.clock);
    const { rules, throttle } = deps;
    const split = (shard: Shard, newStart: bigint, at: number) =>
      this.#record({ type: "split", at, doneAt: at, shard: shard.index, newStartingHashKey: newStart.toString() });
    this.#throughput = new Throughput({ stream: this, state: this.#state, rules, throttle, split });
    const ledger = this.#ledger();
    this.shards = new Shards(ledger, identity.createdAt);
    this.configuration = new Configuration(ledger);
    this.consumers = new Consumers(ledger, identity.arn);
    this.queues = new StreamQueues(ledger, { clock: deps.clock, ids: deps.ids, scope: deps.scope });
  }

  get status(): StreamStatus {
    this.#settle();
    return this.#state.status;
  }

  /** Whether the stream's deletion is complete. */
  get isGone(): boolean {
    this.#settle();
    return this.#state.isGone;
  }

  /** When time alone next changes its status or frees records. */
  get nextExpiry(): number {
    return this.#state.nextExpiry;
  }

  /** What counts for its account, without time catching up. */
  get standing(): StreamStanding {
    return this.#state.standing;
  }

  /**
   * Whether a SequenceNumberForOrdering is one that AWS would accept: well-formed, and not of a time to come. Nothing has
   * to follow from it, since each record's number exceeds all that its shard issued before.
   */
  acceptsOrdering(sequenceNumber: string): boolean {
    const second = parseSequenceNumber(sequenceNumber)?.second;
    const newest = Math.max(Math.floor(this.#settle() / 1000), this.#state.shards.newestSecond);
    return second !== undefined && second <= newest;
  }

  /** Puts a record on the shard it belongs to. The stream is ACTIVE or UPDATING, the record of a size it takes. */
  put(record: NewRecord): PutOutcome {
    const at = this.#settle();
    this.#throughput.grow(at);
    const turn = this.#takeTurn();
    const shard = shardFor(record, this.#state.shards, turn);
    if (!this.#throughput.admitWrite(record, shard, at)) return { outcome: "throttled", shard };
    const index = this.#state.shards.nextIndexOf(shard);
    const { data, partitionKey } = record;
    this.#record({ type: "arrived", at, shard: shard.index, index, partitionKey, data, turn });
    return { outcome: "put", shard, number: shard.numberTextOf(index, at) };
  }

  /** Where reading begins. LATEST is fixed now: what is put from now on lies behind it. */
  position(shard: Shard, start: StartingPosition): PositionOutcome {
    const now = this.#settle();
    const { shards, horizon } = this.#state;
    return findPosition(shard, start, { shards, horizon, now });
  }

  /** Counts an iterator that is to be given out, unless the shard gave out as many as it may within the last second. */
  admitIterator(shard: Shard): boolean {
    return this.#throughput.admitIterator(shard, this.#settle());
  }

  /** Reads the shard from the position on, or from its oldest record if that has expired. */
  read(shard: Shard, position: Position, maxRecords: number = READ_LIMIT.records): ShardBatch | "throttled" {
    const now = this.#settle();
    if (!this.#throughput.admitRead(shard, now)) return "throttled";
    const batch = this.#batch(shard, position, { ...READ_LIMIT, records: maxRecords });
    this.#throughput.noteRead(shard, batch.bytes, now);
    this.#noteRead(shard, batch.next);
    return batch;
  }

  /** The shards in which there are records that nobody read with GetRecords, or the consumer did not. Costs O(n) in segments. */
  unread(consumer?: Consumer): readonly UnreadRecords[] {
    return this.#progress.unread(this.shards.list(), consumer?.name);
  }

  /** Why the consumer cannot subscribe to the shard now; undefined when it can. */
  subscriptionRefusal(consumer: Consumer, shard: Shard): SubscriptionRefusal | undefined {
    const now = this.#settle();
    if (this.#state.status === "DELETING") return "notActive";
    if (consumer.status !== "ACTIVE") return "consumerNotActive";
    return this.#leases.isExclusive(consumer.name, shard.index, now) ? "inUse" : undefined;
  }

  /** Subscribes the consumer to the shard, in place of itself if it already is. */
  subscribe(request: SubscriptionRequest): AsyncGenerator<ShardEvent, void, void> | SubscriptionRefusal {
    const now = this.#settle();
    const { consumer, shard, from, signal } = request;
    const refusal = this.subscriptionRefusal(consumer, shard);
    if (refusal !== undefined) return refusal;
    const lease = this.#leases.take(consumer.name, shard.index, now);
    this.#watchers.wake(shard.index);
    this.#noteRead(shard, from, consumer.name);
    const { subscriptions, capacity } = this.#deps.rules;
    const bytesPerSecond = capacity?.subscriptionBytes ?? Number.POSITIVE_INFINITY;
    return subscription(this.#subscribed(shard, consumer), {
      lease,
      from,
      signal,
      heartbeatMs: subscriptions.heartbeatMs,
      bytesPerSecond,
    });
  }

  /** Follows all shards from now on, or from those positions. */
  tail(positions?: TailPositions): Tail {
    this.#settle();
    const { shards } = this.#state;
    const tailed = {
      shards: () => shards.all(),
      end: (shard: Shard) => shards.nextIndexOf(shard),
      batch: (shard: Shard, position: Position, limit: ReadLimit) => this.#batch(shard, position, limit),
    };
    return new Tail(tailed, positions);
  }

  /** Has somebody read its shards in their own time, and be told of changes. */
  follow(changed: ShardListener): Following {
    const read = (shard: Shard, position: Position, consumer?: string) => this.#noteRead(shard, position, consumer);
    const followed = { state: this.#state, watchers: this.#watchers, settle: () => this.#settle(), read };
    return new Following(followed, changed);
  }

  /** What is in it at this instant, for whoever looks before anything else happens. */
  look(): StreamLook {
    return new StreamLook(this.#state, { leases: this.#leases, progress: this.#progress }, this.#settle());
  }

  /** Begins the deletion, if it has not begun: subscriptions end at once, the stream in a while. */
  delete(): void {
    const at = this.#settle();
    if (this.#state.status === "DELETING") return;
    this.#record({ type: "deleted", at, goneAt: at + this.#deps.rules.durations.deletingMs });
  }

  /** Ends every subscription and every wait quietly. */
  dismissSubscribers(): void {
    this.queues.dismiss();
    this.#leases.end("closed");
    this.#watchers.wakeAll();
  }

  /** The events that build the stream as it is now, all that is due included, whenever they are read. */
  taken(): Taken<StreamCreated | StreamEvent> {
    return streamEvents(this.#state, { identity: this.#identity, now: this.#settle() });
  }

  /** Rebuilds what an event changed. */
  replay(event: StreamEvent): void {
    this.#state.passTime(event.at, Number.POSITIVE_INFINITY);
    this.#state.apply(event);
  }

  #ledger(): Ledger {
    return {
      state: this.#state,
      rules: this.#deps.rules,
      account: this.#deps.account,
      settle: () => this.#settle(),
      record: (event) => this.#record(event),
      together: (deed) => this.#log.together(deed),
    };
  }

  /** Whose turn it is, unless producers decide where records go. */
  #takeTurn(): number | undefined {
    if (this.#state.settings.distribution !== "AUTO") return undefined;
    const turn = Math.max(this.#nextTurn, this.#state.nextTurn);
    this.#nextTurn = turn + 1;
    return turn;
  }

  #batch(shard: Shard, position: Position, limit: ReadLimit): ShardBatch {
    const present = {
      now: this.#settle(),
      horizon: this.#state.horizon,
      nextIndex: this.#state.shards.nextIndexOf(shard),
    };
    return readShard(shard, { position, limit }, present);
  }

  #noteRead(shard: Shard, position: Position, consumer?: string): void {
    this.#progress.note(shard, position, consumer);
    this.#deps.read();
  }

  #subscribed(shard: Shard, consumer: Consumer): SubscribedStream {
    return {
      settle: () => this.#settle(),
      next: (position) => this.#batch(shard, position, EVENT_LIMIT),
      taken: (position) => this.#noteRead(shard, position, consumer.name),
      continuation: (position) => shard.numberBefore(position, this.#deps.clock.now()),
      nextChange: () => this.#state.nextChange,
      change: (patience) => this.#watchers.change(shard.index, patience),
    };
  }

  #record(event: LiveStreamEvent): void {
    this.#state.apply(event);
    if (this.#log.isHeard) this.#log.append(plainEvent(event));
    if (event.type === "arrived") {
      this.#watchers.wake(event.shard);
      return this.queues.serve(event.at);
    }
    if ("queue" in event) return;
    if (event.type === "deleted") this.#leases.end("streamDeleted");
    if (event.type === "consumerDeregistered") {
      this.#leases.end("consumerDeregistered", event.name);
      this.#progress.forget(event.name);
    }
    this.#watchers.wakeAll();
  }

  #settle(): number {
    const now = this.#deps.clock.now();
    this.#state.passTime(now);
    if (this.#state.queues.isBehind) this.queues.goOnLater();
    return now;
  }
}
