import { formatArn } from "../../../kernel/arn.ts";
import type { Keeping } from "../../../kernel/collection/by-scope.ts";
import type { IndexRange } from "../../../kernel/collection/ordered-index.ts";
import { type Taken, takenAs } from "../../../kernel/collection/taken.ts";
import type { Entry } from "../../../kernel/event/event-log.ts";
import type { EventLogs } from "../../../kernel/event/event-logs.ts";
import type { Ids } from "../../../kernel/ids.ts";
import { present } from "../../../kernel/present.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { Expiring, Holding, Sweeper } from "../../../kernel/time/sweeper.ts";
import type { ShardThrottlePort } from "../capacity/shard-throttle.ts";
import { Channels } from "../channel/channels.ts";
import { channelEvents } from "../channel/channels-state.ts";
import type { AccountFacts } from "../definition.ts";
import type { StreamEvent } from "../events.ts";
import type { StreamRules } from "../rules.ts";
import type { Tags } from "../settings.ts";
import { defaultSettings, ON_DEMAND_SHARDS, type StreamSettings, withChanges } from "../settings.ts";
import { Stream } from "../stream.ts";
import type { AccountChange, AccountEvent, StreamCreated } from "./account-events.ts";
import { AccountQueues } from "./account-queues.ts";
import { AccountState } from "./account-state.ts";
import type { StreamCounts } from "./stream-counts.ts";
import { disabled, enabled, settled, type ThroughputCommitment } from "./throughput-commitment.ts";

/** What a directory hands to the streams of one account and region. */
interface StreamsDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly rules: StreamRules;
  readonly logs: EventLogs;
  readonly kept: Keeping<Streams>;
  /** Hears whenever somebody has read something. */
  readonly read: () => void;
  /** Frees what expires while nobody uses the streams. */
  readonly sweeper?: Sweeper | undefined;
  readonly throttle?: ShardThrottlePort | undefined;
}

/** A stream somebody wants. */
export interface NewStream {
  readonly name: string;
  /** On-demand streams begin with four, whatever is said here. */
  readonly shardCount?: number | undefined;
  /** What differs from the settings of a plain stream. */
  readonly settings?: Partial<StreamSettings> | undefined;
  readonly tags?: Tags | undefined;
}

/** Why a stream is not created, in the order in which it is looked at. */
export type CreateRefusal = "exists" | "tooManyChanging" | "onDemandLimit" | "noCommitment" | "shardLimit";

/** What becomes of a stream that is to be deleted. */
type DeletionOutcome = "deleting" | "beingDeleted" | "hasChannels" | "hasQueues" | "hasConsumers";

/** The streams of one account and region, by name, and what belongs to the account as a whole. */
export class Streams implements AccountFacts, Expiring {
  readonly scope: Scope;
  readonly channels: Channels;
  readonly queues: AccountQueues;
  readonly #deps: StreamsDeps;
  readonly #state = new AccountState((created) => this.#make(created));
  readonly #holding: Holding | undefined;

  constructor(scope: Scope, deps: StreamsDeps) {
    this.scope = scope;
    this.#deps = deps;
    this.channels = new Channels(scope, {
      ...deps,
      state: this.#state.channels,
      record: (arn, event) => this.#record(arn, event),
      emptied: () => this.#emptied(),
    });
    this.queues = new AccountQueues(this.#state.queues, (name) => this.find(name));
    this.#holding = deps.sweeper?.holding(deps.clock, this);
  }

  get isEmpty(): boolean {
    return this.#state.isEmpty;
  }

  /** The stream of that name, in whatever state. */
  find(name: string): Stream | undefined {
    const stream = this.#state.find(name);
    if (!stream?.isGone) return stream;
    this.#forget(stream);
    return undefined;
  }

  /** The streams of that range, by name. */
  *list(range?: IndexRange): Generator<Stream, void, void> {
    for (const stream of this.#state.list(range)) {
      if (!stream.isGone) yield stream;
    }
  }

  /** Open shards of all streams, those being created and deleted included. */
  get openShardCount(): number {
    return this.#counts().openShards;
  }

  get onDemandStreamCount(): number {
    return this.#counts().onDemand;
  }

  /** Queues of all streams that are being created or deleted. */
  get changingQueueCount(): number {
    return this.#counts().changingQueues;
  }

  hasQueueNamed(name: string): boolean {
    this.#counts();
    return this.#state.queues.hasName(name);
  }

  get commitment(): ThroughputCommitment {
    return settled(this.#state.commitment, this.#deps.clock.now());
  }

  get hasThroughputCommitment(): boolean {
    return this.commitment.status !== "DISABLED";
  }

  /** Starts or ends the commitment to a minimum throughput, and says how it stands then. */
  changeCommitment(isWanted: boolean): ThroughputCommitment {
    const at = this.#deps.clock.now();
    const commitment = isWanted ? enabled(this.commitment, at) : disabled(this.commitment, at);
    this.#record(formatArn("kinesis", this.scope, ""), { type: "commitmentChanged", at, commitment });
    return commitment;
  }

  create({ name, shardCount, settings: wanted = {}, tags = {} }: NewStream): Stream | CreateRefusal {
    const settings = withChanges(defaultSettings, wanted);
    const count = settings.mode === "ON_DEMAND" ? ON_DEMAND_SHARDS : (shardCount ?? 1);
    const refusal = this.#refusal(name, settings, count);
    if (refusal !== undefined) return refusal;
    const { clock, ids, rules } = this.#deps;
    const at = clock.now();
    const arn = formatArn("kinesis", this.scope, `stream/${name}`);
    const activeAt = at + rules.durations.creatingMs;
    const identity = { id: ids.uuid(), name, arn, createdAt: at };
    const definition = { shardCount: count, settings, tags };
    this.#record(arn, { type: "streamCreated", at, activeAt, identity, definition });
    return present(this.#state.find(name), "a stream");
  }

  /** Begins to delete a stream. Its consumers go with it if that is said to be wanted. */
  delete(stream: Stream, isWithConsumers: boolean): DeletionOutcome {
    if (stream.status === "DELETING") return "beingDeleted";
    if (this.channels.countOf(stream.arn) > 0) return "hasChannels";
    if (stream.queues.count > 0) return "hasQueues";
    if (!isWithConsumers && stream.consumers.count > 0) return "hasConsumers";
    stream.delete();
    if (stream.isGone) this.#forget(stream);
    else this.#holding?.hasten(stream.nextExpiry);
    return "deleting";
  }

  /** When time alone next changes or frees something. */
  get nextExpiry(): number {
    return Math.min(this.#state.channels.nextChange, this.#state.expiries.next);
  }

  /** Lets time pass for the channels and for that many of the streams it changes, and says of how many it did. */
  expire(most: number): number {
    const now = this.#deps.clock.now();
    this.channels.settle();
    const { expiries } = this.#state;
    let passed = 0;
    for (let stream = expiries.due(now); stream !== undefined && passed < most; stream = expiries.due(now)) {
      if (stream.isGone) this.#forget(stream);
      passed++;
    }
    return passed;
  }

  /** The entries that build all of it as it is now, whenever they are read; to be taken at once, a stream at a time. */
  *taken(): Generator<Taken<Entry<AccountEvent | StreamEvent>>, void, void> {
    const { commitment, channels } = this.#state;
    const { startedAt } = commitment;
    if (startedAt !== undefined) {
      const event = { type: "commitmentChanged", at: startedAt, commitment } as const;
      const entry = { resource: formatArn("kinesis", this.scope, ""), event };
      yield takenAs(() => [entry]);
    }
    for (const stream of this.list()) yield entriesOf(stream);
    this.channels.settle();
    const ofChannels = [...channels.all()].flatMap((channel) =>
      Array.from(channelEvents(channel), (event) => ({ resource: channel.arn, event })),
    );
    yield takenAs(() => ofChannels);
  }

  /** Rebuilds what an entry says, of the account or of one of its streams. Asks for no time. */
  replay({ resource, event }: Entry<AccountChange | StreamEvent>): void {
    switch (event.type) {
      case "streamCreated":
      case "commitmentChanged":
      case "channelCreated":
      case "channelUpdated":
      case "channelDeleted":
        this.#state.channels.passTime(event.at);
        this.#state.apply(event);
        return this.#deps.kept.update(this);
      default: {
        const stream = this.#state.find(resource.slice(resource.indexOf("/") + 1));
        present(stream, "the stream of an event").replay(event);
      }
    }
  }

  /** Has what expires freed in time from now on, once everything is replayed. */
  resume(): void {
    this.#holding?.begin();
  }

  /** Says that everything was forgotten. Subscriptions end quietly. */
  reset(): void {
    this.close();
    this.#append(formatArn("kinesis", this.scope, ""), { type: "reset", at: this.#deps.clock.now() });
  }

  /** Ends every subscription quietly. */
  close(): void {
    this.#holding?.end();
    for (const stream of this.#state.all()) stream.dismissSubscribers();
  }

  #refusal(name: string, settings: StreamSettings, shardCount: number): CreateRefusal | undefined {
    const { quotas } = this.#deps.rules;
    if (this.find(name) !== undefined) return "exists";
    if (this.#counts().changing >= quotas.changingStreams) return "tooManyChanging";
    const isOnDemand = settings.mode === "ON_DEMAND";
    if (isOnDemand && this.onDemandStreamCount >= quotas.onDemandStreams) return "onDemandLimit";
    if (settings.warmThroughputMiBps !== undefined && !this.hasThroughputCommitment) return "noCommitment";
    return this.openShardCount + shardCount > quotas.openShards ? "shardLimit" : undefined;
  }

  /** Counts of all streams, once time has caught up for those it concerns. */
  #counts(): StreamCounts {
    const { counts } = this.#state;
    const now = this.#deps.clock.now();
    for (let stream = counts.due(now); stream !== undefined; stream = counts.due(now)) {
      if (stream.isGone) this.#forget(stream);
    }
    return counts;
  }

  #make(created: StreamCreated): Stream {
    const { clock, ids, rules, logs, read, throttle } = this.#deps;
    const { scope } = this;
    const { queues } = this.#state;
    const log = logs.of(scope.account);
    // It hears of changes that are made before there is a stream, too.
    let made: Stream | undefined;
    const changed = () => made && this.#state.changed(made);
    made = new Stream(created, { scope, clock, ids, rules, log, account: this, queues, read, throttle, changed });
    return made;
  }

  #record(resource: string, event: AccountChange): void {
    this.#state.apply(event);
    this.#deps.kept.update(this);
    if (event.type !== "commitmentChanged") this.#holding?.hasten(this.#state.channels.nextChange);
    this.#append(resource, event);
  }

  /** The log is not asked for before there is something to append: accounts in which nothing ever happens have none. */
  #append(resource: string, event: AccountEvent): void {
    this.#deps.logs.of(this.scope.account).append([{ resource, event }]);
  }

  #emptied(): void {
    if (!this.isEmpty) return;
    this.#holding?.end();
    this.#deps.kept.update(this);
  }

  /** Lets go of a stream whose deletion is complete. */
  #forget(stream: Stream): void {
    this.#state.forget(stream);
    this.#emptied();
  }
}

function entriesOf(stream: Stream): Taken<Entry<AccountEvent | StreamEvent>> {
  const { arn: resource } = stream;
  const events = stream.taken();
  return takenAs(function* () {
    for (const event of events) yield { resource, event };
  }, events.end);
}
