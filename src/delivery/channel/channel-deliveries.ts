import type { AccountEvent, ChannelEvent } from "../../engine/stream/account/account-events.ts";
import type { Channel } from "../../engine/stream/channel/channel.ts";
import type { StreamEvent } from "../../engine/stream/events.ts";
import type { Stream } from "../../engine/stream/stream.ts";
import { formatArn } from "../../kernel/arn.ts";
import type { Entry, LoggedEntry, PlainEvent } from "../../kernel/event/event-log.ts";
import { present } from "../../kernel/present.ts";
import { scopeOf } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import {
  ChannelDelivery,
  type ChannelDeliveryDeps,
  type ChannelDeliveryKept,
  type KeptProgress,
} from "./channel-delivery.ts";

interface ChannelDeliveriesDeps extends ChannelDeliveryDeps {
  readonly clockOf: (account: string) => Clock;
  /** The stream of that ARN, or undefined when there is none. */
  readonly streamOf: (arn: string) => Stream | undefined;
  /** The channel of that ARN, or undefined when there is none. */
  readonly channelOf: (arn: string) => Channel | undefined;
  /** All of an account, or of all of them. */
  readonly channels: (account?: string) => Iterable<Channel>;
}

/** Nothing of a channel is owed any more. */
interface ChannelDeliveryOver {
  readonly type: "channelDeliveryOver";
  readonly at: number;
  readonly channelArn: string;
}

/** At the beginning of every shard. */
const UNBEGUN: KeptProgress = { positions: [], objects: 0 };

type ChannelCreated = Extract<ChannelEvent, { type: "channelCreated" }>;

/**
 * The deliveries of all channels to buckets, which listen to what happens to channels and streams. Records are read from
 * their stream when they are due, so nothing is made of those that the log tells of. GAP: channels to tables deliver nothing.
 */
export class ChannelDeliveries {
  readonly #deps: ChannelDeliveriesDeps;
  /** By the channel's id. */
  readonly #byChannel = new Map<string, ChannelDelivery>();
  /** By the ARN of its stream, which has one channel to a bucket at most. */
  readonly #byStream = new Map<string, ChannelDelivery>();
  /** Resolves when deliveries that have ended have put their last objects. */
  #ended = Promise.resolve();
  #listener: ((account: string, entry: Entry) => void) | undefined;
  /** How many that have ended are still putting objects. */
  #ending = 0;

  constructor(deps: ChannelDeliveriesDeps) {
    this.#deps = deps;
  }

  /** When the channels of an account deliver what waits in them, in order. Looks at every channel. */
  flushes(account: string): readonly { readonly at: number; readonly streamArn: string }[] {
    const own = [...this.#byChannel.values()].filter((delivery) => delivery.account === account);
    return own
      .flatMap(({ flushesAt: at, streamArn }) => (at === undefined ? [] : [{ at, streamArn }]))
      .sort((one, other) => one.at - other.at);
  }

  /** Hears of what happened together to streams and channels. */
  hear(entries: readonly LoggedEntry[]): void {
    for (const { resource, event } of entries) this.#hear(resource, event as AccountEvent | StreamEvent);
  }

  /** How many channels of an account, or of all, have records that are not in their bucket. Looks at every channel. */
  pending(account?: string): { readonly waiting: number; readonly writing: number } {
    let [waiting, writing] = [0, this.#ending];
    for (const delivery of this.#byChannel.values()) {
      if (account !== undefined && delivery.account !== account) continue;
      if (delivery.isWaiting) waiting++;
      if (delivery.isWriting) writing++;
    }
    return { waiting, writing };
  }

  /** How far the channels of an account, or of all, have come. What is being put while that is read counts as put. */
  *entries(account?: string): Generator<Entry<ChannelDeliveryKept>, void, void> {
    for (const delivery of this.#byChannel.values()) {
      if (account !== undefined && delivery.account !== account) continue;
      yield entryOf(delivery.account, delivery.kept);
    }
  }

  /** The same, but that what is being put is still to be made. */
  *owed(account?: string): Generator<Entry<ChannelDeliveryKept>, void, void> {
    for (const delivery of this.#byChannel.values()) {
      if (account === undefined || delivery.account === account) yield entryOf(delivery.account, delivery.owed);
    }
  }

  /** Has somebody hear how far each delivery has come, for what is owed to outlast the process. There is one at the most. */
  listen(listener: (account: string, entry: Entry) => void): void {
    this.#listener = listener;
  }

  /** Goes on with the delivery of a channel, which is there. */
  replay({ event: { channelArn, activeAt, ...kept } }: Entry<ChannelDeliveryKept>): void {
    const channel = this.#deps.channelOf(channelArn);
    if (channel === undefined) return;
    const { id, arn, createdAt, definition, destination } = channel;
    this.#begin({ identity: { id, arn, createdAt }, definition, activeAt }, kept);
    this.#byChannel.get(id)?.changeFreshness(destination.freshnessMs);
  }

  /**
   * Goes on with the channels of an account, or of all, once all is there. Those that nobody delivered, since nothing stood in for buckets
   * where they were created or written to, deliver what their streams still hold of what came meanwhile.
   */
  resume(account?: string): void {
    for (const { id, arn, createdAt, definition, destination, status, lifecycle } of this.#deps.channels(account)) {
      if (status === "DELETING") continue;
      if (!this.#byChannel.has(id)) {
        const activeAt = status === "CREATING" ? lifecycle.changesAt : createdAt;
        this.#begin(
          { identity: { id, arn, createdAt }, definition: { ...definition, destination }, activeAt },
          UNBEGUN,
        );
      }
      this.#byChannel.get(id)?.catchUp();
    }
  }

  /** Forgets the channels of an account, or all of them, and what waits in them. */
  reset(account?: string): void {
    for (const [id, delivery] of this.#byChannel) {
      if (account !== undefined && delivery.account !== account) continue;
      delivery.drop();
      this.#forget(id, delivery);
    }
  }

  /** Delivers what waits, unless that outlasts the process, and ends. Resolves when every object has been put. */
  async close(): Promise<void> {
    for (const [id, delivery] of this.#byChannel) {
      if (this.#listener === undefined) delivery.flush();
      delivery.stop();
      this.#forget(id, delivery);
    }
    await this.#ended;
  }

  #hear(resource: string, event: AccountEvent | StreamEvent): void {
    switch (event.type) {
      case "put":
        return this.#byStream.get(resource)?.heard(event.at);
      case "channelCreated":
        return this.#begin(event);
      case "channelUpdated":
        return this.#byChannel.get(event.id)?.changeFreshness(event.destination.freshnessMs);
      case "channelDeleted":
        return this.#end(event.id, resource);
    }
  }

  #begin({ identity, definition, activeAt }: Omit<ChannelCreated, "type" | "at">, kept?: KeptProgress): void {
    const { name, sources, destination } = definition;
    const [source] = sources;
    const stream = source && this.#deps.streamOf(source.streamArn);
    if (stream === undefined || destination.type !== "S3") return;
    const route = { identity, name, stream, source: present(source, "the source of a channel"), destination, activeAt };
    const clock = this.#deps.clockOf(stream.scope.account);
    const deps = { ...this.#deps, changed: (changed: ChannelDelivery) => this.#tell(changed.account, changed.owed) };
    const delivery = new ChannelDelivery(route, clock, kept === undefined ? deps : { ...deps, kept });
    this.#byChannel.set(identity.id, delivery);
    this.#byStream.set(stream.arn, delivery);
    this.#tell(delivery.account, delivery.owed);
  }

  /** What came before the end is delivered. AWS says no more than that delivery stops. */
  #end(id: string, channelArn: string): void {
    const delivery = this.#byChannel.get(id);
    if (delivery === undefined) return;
    delivery.flush();
    this.#forget(id, delivery);
    void delivery.idle().then(() => this.#tell(delivery.account, { type: "channelDeliveryOver", at: 0, channelArn }));
  }

  #tell(account: string, event: ChannelDeliveryKept | ChannelDeliveryOver): void {
    this.#listener?.(account, entryOf(account, event));
  }

  #forget(id: string, delivery: ChannelDelivery): void {
    this.#byChannel.delete(id);
    this.#byStream.delete(delivery.streamArn);
    const before = this.#ended;
    // A promise of nothing: what Promise.all makes of all that ended so far would be held for ever.
    this.#ending++;
    this.#ended = delivery.idle().then(() => {
      this.#ending--;
      this.#deps.written();
      return before;
    });
  }
}

function entryOf<Event extends PlainEvent>(account: string, event: Event): Entry<Event> {
  return { resource: formatArn("waystation", scopeOf(account, ""), "channel-deliveries"), event };
}
