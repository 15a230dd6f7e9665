import { present } from "../../kernel/present.ts";
import { SETTLED_PER_TURN } from "../../kernel/time/catching-up.ts";
import type { StreamCreated } from "./account/account-events.ts";
import { ChangeCounts } from "./capacity/change-counts.ts";
import { ConsumersState } from "./consumer/consumers-state.ts";
import {
  arrivalOf,
  type Configured,
  type ConsumerEvent,
  type LiveStreamEvent,
  type RecordArrived,
  type Resharded,
  type Transition,
} from "./events.ts";
import type { StreamKept } from "./kept/kept-events.ts";
import type { QueueEvent } from "./queue/queue-events.ts";
import type { QueueRegister } from "./queue/queue-register.ts";
import type { StreamAtInstant } from "./queue/queue-state.ts";
import { QueuesState } from "./queue/queues-state.ts";
import type { StreamSettings, Tags } from "./settings.ts";
import { uniformRanges } from "./shard/hash-range.ts";
import { ShardMap } from "./shard/shard-map.ts";

/** AWS: observed that the first shards are some seconds older than the call that creates their stream. */
const FIRST_SHARDS_AGE_MS = 2_000;

export type StreamStatus = "CREATING" | "ACTIVE" | "UPDATING" | "DELETING";

/** What an on-demand stream shall be ready to take, and what it is ready to take. */
export interface WarmThroughput {
  readonly targetMiBps: number;
  readonly currentMiBps: number;
}

/** What of a stream counts for its account. */
export interface StreamStanding {
  /** Counted from the creation on. */
  readonly openShards: number;
  readonly isOnDemand: boolean;
  readonly status: StreamStatus;
  /** Queues of it that are being created or deleted. */
  readonly changingQueues: number;
  /** When time alone changes it; -Infinity when the stream is gone, and Infinity when it stays as it is. */
  readonly nextChange: number;
}

/**
 * What a stream holds. Only two things change it: an event, through `apply`, and the passing of time, through
 * `passTime`. Both are deterministic, so the same events at the same instants always build the same state.
 */
export class StreamState {
  readonly shards: ShardMap;
  readonly consumers = new ConsumersState();
  readonly queues: QueuesState;
  readonly changes = new ChangeCounts();
  readonly #createdAt: number;
  tags: Tags;
  /** Text of the resource policy, if there is one. */
  policy: string | undefined;
  #nextTurn = 0;
  #settings: StreamSettings;
  #currentMiBps = 0;
  #transition: Transition | undefined;
  #hasShards = false;
  #isGone = false;
  readonly #changed: () => void;
  #horizon = Number.NEGATIVE_INFINITY;
  #nextChange = Number.POSITIVE_INFINITY;

  /** `changed` is called whenever its status, its open shards or its mode may have changed, or when the next change is. */
  constructor(
    { identity, definition, activeAt }: StreamCreated,
    { queues, changed }: { readonly queues: QueueRegister; readonly changed: () => void },
  ) {
    this.#changed = changed;
    this.#createdAt = identity.createdAt;
    this.queues = new QueuesState(identity.name, queues);
    this.shards = new ShardMap(uniformRanges(definition.shardCount), firstSecond(identity.createdAt));
    this.tags = definition.tags;
    this.#settings = definition.settings;
    this.#begin({ status: "CREATING", endsAt: activeAt });
    this.passTime(identity.createdAt);
  }

  get settings(): StreamSettings {
    return this.#settings;
  }

  get status(): StreamStatus {
    return this.#transition?.status ?? "ACTIVE";
  }

  /** When its present status ends by time alone; undefined when it stays. */
  get statusEndsAt(): number | undefined {
    return this.#transition?.endsAt;
  }

  /** Whether the stream's deletion is complete. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Whether its shards can be seen, which is so from its first ACTIVE moment on. */
  get hasShards(): boolean {
    return this.#hasShards;
  }

  /** Records that arrived before this instant are gone, for good. */
  get horizon(): number {
    return this.#horizon;
  }

  /** Whose turn it is when the stream distributes a record by itself, counted on and on. */
  get nextTurn(): number {
    return this.#nextTurn;
  }

  /** When time alone changes a status; Infinity when it does not. */
  get nextChange(): number {
    return this.#nextChange;
  }

  get standing(): StreamStanding {
    const nextChange = this.#isGone ? Number.NEGATIVE_INFINITY : this.#nextChange;
    const isOnDemand = this.#settings.mode === "ON_DEMAND";
    const { status, queues } = this;
    return { openShards: this.shards.open.length, isOnDemand, status, changingQueues: queues.changing, nextChange };
  }

  /** When time alone next changes a status or frees records; -Infinity when the stream itself is to be let go of. */
  get nextExpiry(): number {
    return this.#isGone
      ? Number.NEGATIVE_INFINITY
      : Math.min(this.#nextChange, this.shards.nextSweep + this.#settings.retentionMs);
  }

  get warmThroughput(): WarmThroughput | undefined {
    const { warmThroughputMiBps: targetMiBps } = this.#settings;
    return targetMiBps === undefined ? undefined : { targetMiBps, currentMiBps: this.#currentMiBps };
  }

  /** Lets everything happen that is due by `now`, but so much of it in each queue. */
  passTime(now: number, most = SETTLED_PER_TURN): void {
    if (this.#nextChange <= now) this.#makeDueChanges(now);
    this.#horizon = Math.max(this.#horizon, now - this.#settings.retentionMs);
    this.shards.passTime(this.#horizon);
    if (this.queues.size > 0) this.queues.release(now, this.#horizon, most);
  }

  apply(event: LiveStreamEvent): void {
    switch (event.type) {
      case "arrived":
        return this.#put(event);
      case "put":
        return this.#put(arrivalOf(event));
      case "shardKept":
        return this.shards.keep(event);
      case "streamKept":
        return this.#keep(event);
      case "rescaled":
        this.changes.rescales.note(event.at);
        return this.#reshard(event);
      case "split":
      case "merged":
        return this.#reshard(event);
      case "configured":
        return this.#configure(event);
      case "tagged":
        this.tags = event.tags;
        return;
      case "policyChanged":
        this.policy = event.policy;
        return;
      case "deleted":
        this.#begin({ status: "DELETING", endsAt: event.goneAt });
        return this.passTime(event.at);
      default:
        if ("queue" in event) return this.#applyToQueue(event);
        return this.#applyToConsumer(event);
    }
  }

  /** Whether its shards are those it was created with, all open. */
  get hasFirstShards(): boolean {
    return this.shards.isUniform(firstSecond(this.#createdAt));
  }

  /** What neither the settings nor the shards, records, consumers and queues say of it. */
  kept(now: number, at: number): StreamKept<Transition> | undefined {
    const { hasFirstShards, shards, settings } = this;
    const ready = this.status === "CREATING" ? 0 : (settings.warmThroughputMiBps ?? 0);
    const facts = {
      nextIndexes: shards.keptIndexes(),
      horizon: this.#horizon > now - settings.retentionMs ? this.#horizon : undefined,
      nextTurn: this.#nextTurn > 0 ? this.#nextTurn : undefined,
      currentMiBps: this.#currentMiBps === ready ? undefined : this.#currentMiBps,
      isWithoutShards: this.status === "DELETING" && !this.#hasShards ? true : undefined,
      transition: this.status === "CREATING" ? undefined : this.#transition,
      changes: this.changes.kept(now),
      consumerSeconds: this.consumers.keptSeconds(now),
    };
    const told = Object.entries(facts).filter(([, fact]) => fact !== undefined);
    return hasFirstShards && told.length === 0 ? undefined : { type: "streamKept", at, ...Object.fromEntries(told) };
  }

  #makeDueChanges(now: number): void {
    if (this.#transition !== undefined && this.#transition.endsAt <= now) this.#end(this.#transition);
    this.consumers.passTime(now);
    this.queues.passTime(now, this.#present);
    this.#planNextChange();
  }

  get #present(): StreamAtInstant {
    const { shards } = this;
    const { retentionMs } = this.#settings;
    return { shards, createdAt: this.#createdAt, horizon: this.#horizon, retentionMs };
  }

  #applyToQueue(event: QueueEvent): void {
    this.queues.apply(event, this.#present);
    if ("index" in event) return;
    this.#planNextChange();
    this.passTime(event.at);
  }

  #applyToConsumer(event: ConsumerEvent): void {
    this.consumers.apply(event);
    this.#planNextChange();
    this.passTime(event.at);
  }

  #keep(event: StreamKept<Transition>): void {
    const { nextIndexes, horizon, nextTurn, currentMiBps, isWithoutShards, transition, changes, consumerSeconds } =
      event;
    this.shards.settleKept(nextIndexes);
    this.#horizon = Math.max(this.#horizon, horizon ?? Number.NEGATIVE_INFINITY);
    this.#nextTurn = nextTurn ?? this.#nextTurn;
    this.#currentMiBps = currentMiBps ?? this.#currentMiBps;
    if (isWithoutShards === true) this.#hasShards = false;
    if (changes !== undefined) this.changes.keep(changes);
    if (consumerSeconds !== undefined) this.consumers.keepSeconds(consumerSeconds);
    if (transition !== undefined) this.#begin(transition);
    this.#changed();
  }

  #put(event: RecordArrived): void {
    const shard = present(this.shards.find(event.shard), "a shard");
    this.shards.useIndex(shard, event.index);
    shard.log.trim(this.#horizon);
    shard.log.append(event, event.isEncrypted ?? this.#settings.encryptionKeyId !== undefined);
    if (this.queues.size > 0) this.queues.arrived(shard, event);
    if (event.turn !== undefined) this.#nextTurn = event.turn + 1;
  }

  #reshard(event: Resharded): void {
    this.#begin({ status: "UPDATING", endsAt: event.doneAt, reshard: event });
    this.passTime(event.at);
  }

  #configure({ at, doneAt, settings }: Configured): void {
    const before = this.#settings;
    this.#settings = settings;
    if (settings.mode !== before.mode) this.changes.modeSwitches.note(at);
    if (settings.encryptionKeyId !== before.encryptionKeyId) {
      if (settings.encryptionKeyId === undefined) this.changes.encryptionStops.note(at);
      else this.changes.encryptionStarts.note(at);
    }
    if (doneAt > at) this.#begin({ status: "UPDATING", endsAt: doneAt });
    else if (this.#transition === undefined) this.#currentMiBps = settings.warmThroughputMiBps ?? 0;
    this.#changed();
    this.passTime(at);
  }

  #begin(transition: Transition): void {
    this.#transition = transition;
    this.#planNextChange();
  }

  #end({ status, endsAt, reshard }: Transition): void {
    this.#transition = undefined;
    this.#currentMiBps = this.#settings.warmThroughputMiBps ?? 0;
    if (status === "CREATING") this.#hasShards = true;
    if (status === "DELETING") this.#isGone = true;
    if (reshard !== undefined) this.shards.reshard(reshard, Math.floor(endsAt / 1000));
  }

  #planNextChange(): void {
    const { endsAt = Number.POSITIVE_INFINITY } = this.#transition ?? {};
    this.#nextChange = Math.min(endsAt, this.queues.nextChange, this.consumers.nextChange);
    this.#changed();
  }
}

/** The second in which the first shards of a stream are created. */
function firstSecond(createdAt: number): number {
  return Math.floor((createdAt - FIRST_SHARDS_AGE_MS) / 1000);
}
