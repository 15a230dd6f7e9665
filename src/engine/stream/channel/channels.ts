import { formatArn } from "../../../kernel/arn.ts";
import type { Ids } from "../../../kernel/ids.ts";
import { present } from "../../../kernel/present.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { ChannelEvent, ChannelUpdate } from "../account/account-events.ts";
import type { StreamRules } from "../rules.ts";
import type { Channel, ChannelDefinition } from "./channel.ts";
import type { ChannelsState } from "./channels-state.ts";

/** What the channels of one account and region are given at construction. */
interface ChannelsDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly rules: StreamRules;
  readonly state: ChannelsState;
  /** Applies what happened to the channel of that ARN. */
  readonly record: (arn: string, event: ChannelEvent) => void;
  /** Told when time leaves no channel where there was one. */
  readonly emptied: () => void;
}

/** Why a channel is not created, in the order in which it is looked at. */
export type ChannelRefusal = "exists" | "streamTaken" | "limit";

/** The channels of one account and region. */
export class Channels {
  readonly #scope: Scope;
  readonly #deps: ChannelsDeps;

  constructor(scope: Scope, deps: ChannelsDeps) {
    this.#scope = scope;
    this.#deps = deps;
  }

  /** All of them in the order of creation. Costs O(n). */
  list(): readonly Channel[] {
    this.settle();
    return this.#deps.state.all();
  }

  byArn(arn: string): Channel | undefined {
    return this.list().find((channel) => channel.arn === arn);
  }

  /** How many channels read from the stream of that ARN. */
  countOf(streamArn: string): number {
    return this.list().filter((channel) => channel.readsFrom(streamArn)).length;
  }

  /** Creates what the function defines, knowing the id; its sources are on-demand streams that exist. */
  create(define: (id: string) => ChannelDefinition): Channel | ChannelRefusal {
    const at = this.settle();
    const { ids, rules, state, record } = this.#deps;
    const id = ids.uuid();
    const definition = define(id);
    const refusal = this.#refusal(definition);
    if (refusal !== undefined) return refusal;
    const arn = formatArn("kinesis", this.#scope, `channel/${id}`);
    const activeAt = at + rules.durations.channelMs;
    record(arn, { type: "channelCreated", at, activeAt, identity: { id, arn, createdAt: at }, definition });
    return present(state.find(id), "a channel");
  }

  update(channel: Channel, update: ChannelUpdate): "updating" | "notActive" {
    const at = this.settle();
    if (channel.status !== "ACTIVE") return "notActive";
    const activeAt = at + this.#deps.rules.durations.channelMs;
    const { destination, logging } = update;
    this.#deps.record(channel.arn, { type: "channelUpdated", at, activeAt, id: channel.id, destination, logging });
    return "updating";
  }

  /** Begins the deletion, if it has not begun. */
  delete(channel: Channel): void {
    const at = this.settle();
    if (channel.status === "DELETING") return;
    const goneAt = at + this.#deps.rules.durations.channelMs;
    this.#deps.record(channel.arn, { type: "channelDeleted", at, goneAt, id: channel.id });
  }

  /** AWS: a stream has one channel to each kind of destination. */
  #refusal({ name, sources, destination }: ChannelDefinition): ChannelRefusal | undefined {
    if (this.list().some((channel) => channel.name === name)) return "exists";
    const isTaken = this.list().some(
      (channel) =>
        channel.destination.type === destination.type && sources.some(({ streamArn }) => channel.readsFrom(streamArn)),
    );
    if (isTaken) return "streamTaken";
    return this.#deps.state.size >= this.#deps.rules.quotas.channels ? "limit" : undefined;
  }

  /** Lets time catch up and says what time it is. */
  settle(): number {
    const { clock, state, emptied } = this.#deps;
    const now = clock.now();
    const { size } = state;
    state.passTime(now);
    if (size > 0 && state.size === 0) emptied();
    return now;
  }
}
