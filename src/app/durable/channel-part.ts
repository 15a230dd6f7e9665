import type { ChannelDeliveries } from "../../delivery/channel/channel-deliveries.ts";
import type { ChannelDeliveryKept } from "../../delivery/channel/channel-delivery.ts";
import type { WorldPart } from "../../fixture/world/world-part.ts";
import { scopeOfArn } from "../../kernel/arn.ts";
import type { Entry } from "../../kernel/event/event-log.ts";

/** How far the deliveries of channels have come, as a part of the world: each goes on from the last that was told of it. */
export class ChannelPart implements WorldPart {
  readonly #deliveries: Pick<ChannelDeliveries, "owed" | "replay" | "resume"> | undefined;
  /** By the channel's ARN; what nobody delivers at present stays here for whoever does later. */
  readonly #open = new Map<string, Entry<ChannelDeliveryKept>>();

  constructor(deliveries: Pick<ChannelDeliveries, "owed" | "replay" | "resume"> | undefined) {
    this.#deliveries = deliveries;
  }

  *entries(account?: string): Generator<Entry, void, void> {
    if (this.#deliveries !== undefined) return yield* this.#deliveries.owed(account);
    for (const entry of this.#open.values()) {
      if (account === undefined || scopeOfArn(entry.resource).account === account) yield entry;
    }
  }

  has({ service, resource }: Parameters<WorldPart["has"]>[0]): boolean {
    return service === "waystation" && resource === "channel-deliveries";
  }

  replay(entry: Entry): void {
    const { type, channelArn } = entry.event as ChannelDeliveryKept;
    if (type === "channelDeliveryKept") this.#open.set(channelArn, entry as Entry<ChannelDeliveryKept>);
    else this.#open.delete(channelArn);
  }

  resume(): void {
    if (this.#deliveries === undefined) return;
    for (const entry of this.#open.values()) this.#deliveries.replay(entry);
    this.#open.clear();
    this.#deliveries.resume();
  }

  /** Forgets those of an account. */
  forget(account: string): void {
    for (const [channelArn, { resource }] of this.#open) {
      if (scopeOfArn(resource).account === account) this.#open.delete(channelArn);
    }
  }
}
