import { formatArn } from "../../../kernel/arn.ts";
import type { Keeping } from "../../../kernel/by-scope.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Ids } from "../../../kernel/ids.ts";
import type { Journal } from "../../../kernel/journal.ts";
import { type IndexRange, OrderedIndex } from "../../../kernel/ordered-index.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Expiring, Holding, Sweeper } from "../../../kernel/sweeper.ts";
import { Channels } from "../channel/channels.ts";
import type { AccountFacts, StreamCreated, StreamIdentity } from "../definition.ts";
import type { StreamEvent } from "../events.ts";
import type { StreamRules } from "../rules.ts";
import { defaultSettings, ON_DEMAND_SHARDS, type StreamSettings } from "../settings.ts";
import { Stream } from "../stream.ts";
import type { Tags } from "../tags.ts";
import type { AccountEvent } from "./account-events.ts";
import { disabled, enabled, noCommitment, settled, type ThroughputCommitment } from "./throughput-commitment.ts";

/** What a directory hands to the streams of one account and region. */
interface StreamsDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly rules: StreamRules;
  readonly journal: Journal<AccountEvent> | undefined;
  /** The journal of a stream that is being created. */
  readonly journalOf: (stream: StreamIdentity) => Journal<StreamEvent> | undefined;
  readonly kept: Keeping<Streams>;
  /** Frees what expires while nobody uses the streams. */
  readonly sweeper?: Sweeper | undefined;
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

/** The streams of one account and region, by name, and what belongs to the account as a whole. */
export class Streams implements AccountFacts, Expiring {
  readonly scope: Scope;
  readonly channels: Channels;
  readonly #deps: StreamsDeps;
  readonly #byName = new Map<string, Stream>();
  readonly #inOrder = new OrderedIndex<Stream>(({ name }) => name);
  readonly #holding: Holding | undefined;
  #commitment = noCommitment;

  constructor(scope: Scope, deps: StreamsDeps) {
    this.scope = scope;
    this.#deps = deps;
    this.channels = new Channels(scope, { ...deps, changed: () => this.#channelsChanged() });
    this.#holding = deps.sweeper?.holding(deps.clock, this);
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0 && this.channels.isEmpty && this.#commitment === noCommitment;
  }

  /** The stream of that name, in whatever state. */
  find(name: string): Stream | undefined {
    const stream = this.#byName.get(name);
    if (!stream?.isGone) return stream;
    this.#forget(stream);
    return undefined;
  }

  /** The streams of that range, by name. */
  *list(range?: IndexRange): Generator<Stream, void, void> {
    for (const stream of this.#inOrder.list(range)) {
      if (!stream.isGone) yield stream;
    }
  }

  /** Open shards of all streams, those being created and deleted included. Costs O(n), as the other counts. */
  get openShardCount(): number {
    return this.#live().reduce((sum, stream) => sum + stream.openShardCount, 0);
  }

  get onDemandStreamCount(): number {
    return this.#live().filter((stream) => stream.configuration.settings.mode === "ON_DEMAND").length;
  }

  get commitment(): ThroughputCommitment {
    return settled(this.#commitment, this.#deps.clock.now());
  }

  get hasThroughputCommitment(): boolean {
    return this.commitment.status !== "DISABLED";
  }

  /** Starts or ends the commitment to a minimum throughput, and says how it stands then. */
  changeCommitment(isWanted: boolean): ThroughputCommitment {
    const at = this.#deps.clock.now();
    const commitment = isWanted ? enabled(this.commitment, at) : disabled(this.commitment, at);
    this.#commitment = commitment;
    this.#deps.kept.update(this);
    this.#deps.journal?.({ type: "commitmentChanged", at, commitment });
    return commitment;
  }

  create({ name, shardCount, settings: wanted, tags = {} }: NewStream): Stream | CreateRefusal {
    const settings = { ...defaultSettings, ...wanted };
    const count = settings.mode === "ON_DEMAND" ? ON_DEMAND_SHARDS : (shardCount ?? 1);
    const refusal = this.#refusal(name, settings, count);
    if (refusal !== undefined) return refusal;
    const { clock, ids, rules, journal } = this.#deps;
    const at = clock.now();
    const arn = formatArn("kinesis", this.scope, `stream/${name}`);
    const identity = { id: ids.uuid(), name, arn, scope: this.scope, createdAt: at };
    const definition = { shardCount: count, settings, tags };
    const created = { identity, definition, activeAt: at + rules.durations.creatingMs };
    journal?.({ type: "streamCreated", at, ...created });
    return this.#add(created);
  }

  /** Begins to delete a stream. Its consumers go with it if that is said to be wanted. */
  delete(stream: Stream, isWithConsumers: boolean): "deleting" | "beingDeleted" | "hasChannels" | "hasConsumers" {
    if (stream.status === "DELETING") return "beingDeleted";
    if (this.channels.countOf(stream.arn) > 0) return "hasChannels";
    if (!isWithConsumers && stream.consumers.count > 0) return "hasConsumers";
    stream.delete();
    if (stream.isGone) this.#forget(stream);
    else this.#holding?.hasten(stream.nextExpiry);
    return "deleting";
  }

  /** When time alone next changes or frees something. Costs O(n). */
  get nextExpiry(): number {
    let next = this.channels.nextChange;
    for (const stream of this.#byName.values()) next = Math.min(next, stream.nextExpiry);
    return next;
  }

  /** Lets time pass for every stream and channel, and says how many streams are gone. Costs O(n). */
  expire(): number {
    const before = this.#byName.size;
    this.channels.list();
    return before - this.#live().length;
  }

  /** Rebuilds what an event of this account's journal changed; a stream's own events follow through the stream. */
  replay(event: AccountEvent): void {
    if (event.type === "streamCreated") this.#add(event);
    else if (event.type === "commitmentChanged") this.#commitment = event.commitment;
    else this.channels.replay(event);
    this.#deps.kept.update(this);
  }

  /** Ends every subscription quietly. */
  close(): void {
    this.#holding?.end();
    for (const stream of this.#byName.values()) stream.dismissSubscribers();
  }

  #refusal(name: string, settings: StreamSettings, shardCount: number): CreateRefusal | undefined {
    const { quotas } = this.#deps.rules;
    if (this.find(name) !== undefined) return "exists";
    if (this.#changingCount() >= quotas.changingStreams) return "tooManyChanging";
    const isOnDemand = settings.mode === "ON_DEMAND";
    if (isOnDemand && this.onDemandStreamCount >= quotas.onDemandStreams) return "onDemandLimit";
    if (settings.warmThroughputMiBps !== undefined && !this.hasThroughputCommitment) return "noCommitment";
    return this.openShardCount + shardCount > quotas.openShards ? "shardLimit" : undefined;
  }

  #changingCount(): number {
    return this.#live().filter(({ status }) => status === "CREATING" || status === "DELETING").length;
  }

  #add(created: StreamCreated): Stream {
    const { clock, rules, journalOf } = this.#deps;
    const stream = new Stream(created, { clock, rules, journal: journalOf(created.identity), account: this });
    this.#byName.set(stream.name, stream);
    this.#inOrder.set(stream);
    this.#deps.kept.update(this);
    this.#holding?.begin();
    return stream;
  }

  #channelsChanged(): void {
    this.#deps.kept.update(this);
    if (this.isEmpty) this.#holding?.end();
    else this.#holding?.hasten(this.channels.nextChange);
  }

  /** Lets go of a stream whose deletion is complete. */
  #forget(stream: Stream): void {
    this.#byName.delete(stream.name);
    this.#inOrder.delete(stream);
    if (!this.isEmpty) return;
    this.#holding?.end();
    this.#deps.kept.update(this);
  }

  #live(): readonly Stream[] {
    const live: Stream[] = [];
    for (const stream of this.#byName.values()) {
      if (stream.isGone) this.#forget(stream);
      else live.push(stream);
    }
    return live;
  }
}
