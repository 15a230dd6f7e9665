import { formatArn } from "../../../kernel/arn.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Ids } from "../../../kernel/ids.ts";
import type { Journal } from "../../../kernel/journal.ts";
import { present } from "../../../kernel/present.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { ChannelEvent, ChannelUpdate } from "../account/account-events.ts";
import type { StreamRules } from "../rules.ts";
import { Channel, type ChannelDefinition } from "./channel.ts";

/** What the channels of one account and region are given at construction. */
interface ChannelsDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly rules: StreamRules;
  readonly journal: Journal<ChannelEvent> | undefined;
  /** Told when there may be channels now where there were none, or none where there were some. */
  readonly changed: () => void;
}

/** Why a channel is not created, in the order in which it is looked at. */
export type ChannelRefusal = "exists" | "streamTaken" | "limit";

/** The channels of one account and region. */
export class Channels {
  readonly #scope: Scope;
  readonly #deps: ChannelsDeps;
  readonly #byId = new Map<string, Channel>();

  constructor(scope: Scope, deps: ChannelsDeps) {
    this.#scope = scope;
    this.#deps = deps;
  }

  get isEmpty(): boolean {
    return this.#byId.size === 0;
  }

  /** When time alone next changes the status of one; Infinity when it does not. Costs O(n). */
  get nextChange(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { changesAt } of this.#byId.values()) next = Math.min(next, changesAt);
    return next;
  }

  /** All of them in the order of creation. Costs O(n). */
  list(): readonly Channel[] {
    this.#settle();
    return [...this.#byId.values()];
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
    const at = this.#settle();
    const { ids, rules } = this.#deps;
    const id = ids.uuid();
    const definition = define(id);
    const refusal = this.#refusal(definition);
    if (refusal !== undefined) return refusal;
    const identity = { id, arn: formatArn("kinesis", this.#scope, `channel/${id}`), createdAt: at };
    this.#record({ type: "channelCreated", at, activeAt: at + rules.durations.channelMs, identity, definition });
    return present(this.#byId.get(id), "a channel");
  }

  update(channel: Channel, update: ChannelUpdate): "updating" | "notActive" {
    const at = this.#settle();
    if (channel.status !== "ACTIVE") return "notActive";
    const activeAt = at + this.#deps.rules.durations.channelMs;
    this.#record({ type: "channelUpdated", at, activeAt, id: channel.id, ...update });
    return "updating";
  }

  /** Begins the deletion, if it has not begun. */
  delete(channel: Channel): void {
    const at = this.#settle();
    if (channel.status === "DELETING") return;
    const goneAt = at + this.#deps.rules.durations.channelMs;
    this.#record({ type: "channelDeleted", at, goneAt, id: channel.id });
  }

  /** Rebuilds what an event changed. */
  replay(event: ChannelEvent): void {
    this.#passTime(event.at);
    this.#apply(event);
  }

  /** AWS: a stream has one channel to each kind of destination. */
  #refusal({ name, sources, destination }: ChannelDefinition): ChannelRefusal | undefined {
    if (this.list().some((channel) => channel.name === name)) return "exists";
    const isTaken = this.list().some(
      (channel) =>
        channel.destination.type === destination.type && sources.some(({ streamArn }) => channel.readsFrom(streamArn)),
    );
    if (isTaken) return "streamTaken";
    return this.#byId.size >= this.#deps.rules.quotas.channels ? "limit" : undefined;
  }

  #apply(event: ChannelEvent): void {
    switch (event.type) {
      case "channelCreated":
        this.#byId.set(event.identity.id, new Channel(event.identity, event.definition, event.activeAt));
        break;
      case "channelUpdated": {
        const channel = present(this.#byId.get(event.id), "a channel");
        channel.destination = event.destination;
        channel.logging = event.logging;
        channel.begin("UPDATING", event.activeAt);
        break;
      }
      case "channelDeleted":
        present(this.#byId.get(event.id), "a channel").begin("DELETING", event.goneAt);
    }
    this.#passTime(event.at);
  }

  #record(event: ChannelEvent): void {
    this.#apply(event);
    this.#deps.changed();
    this.#deps.journal?.(event);
  }

  #settle(): number {
    const now = this.#deps.clock.now();
    this.#passTime(now);
    return now;
  }

  #passTime(now: number): void {
    for (const channel of this.#byId.values()) {
      channel.passTime(now);
      if (!channel.isGone) continue;
      this.#byId.delete(channel.id);
      if (this.isEmpty) this.#deps.changed();
    }
  }
}
