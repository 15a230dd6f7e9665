import { present } from "../../../kernel/present.ts";
import type { ChannelEvent } from "../account/account-events.ts";
import { Channel } from "./channel.ts";

/** The channels of one account and region. Only events and the passing of time change them. */
export class ChannelsState {
  readonly #byId = new Map<string, Channel>();

  get size(): number {
    return this.#byId.size;
  }

  /** When time alone next changes the status of one; Infinity when it does not. Costs O(n). */
  get nextChange(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { changesAt } of this.#byId.values()) next = Math.min(next, changesAt);
    return next;
  }

  /** In the order of creation. */
  all(): readonly Channel[] {
    return [...this.#byId.values()];
  }

  find(id: string): Channel | undefined {
    return this.#byId.get(id);
  }

  /** Lets everything happen that is due by `now`. Costs O(n). */
  passTime(now: number): void {
    for (const channel of this.#byId.values()) {
      channel.passTime(now);
      if (channel.isGone) this.#byId.delete(channel.id);
    }
  }

  apply(event: ChannelEvent): void {
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
    this.passTime(event.at);
  }
}
