import { present } from "../../../kernel/present.ts";
import type { ChannelEvent } from "../account/account-events.ts";
import { Living } from "../lifecycle.ts";
import { Channel } from "./channel.ts";

/** The channels of one account and region. Only events and the passing of time change them. */
export class ChannelsState {
  readonly #living = new Living<Channel>();

  get size(): number {
    return this.#living.size;
  }

  /** When time alone next changes the status of one; Infinity when it does not. */
  get nextChange(): number {
    return this.#living.nextChange;
  }

  /** In the order of creation. Costs O(n). */
  all(): readonly Channel[] {
    return [...this.#living.all()];
  }

  find(id: string): Channel | undefined {
    return this.#living.find(id);
  }

  /** Lets everything happen that is due by `now`. */
  passTime(now: number): void {
    this.#living.passTime(now);
  }

  apply(event: ChannelEvent): void {
    switch (event.type) {
      case "channelCreated":
        this.#living.add(event.identity.id, new Channel(event.identity, event.definition, event.activeAt));
        break;
      case "channelUpdated": {
        const channel = present(this.find(event.id), "a channel");
        channel.destination = event.destination;
        channel.logging = event.logging;
        this.#living.begin(event.id, "UPDATING", event.activeAt);
        break;
      }
      case "channelDeleted":
        this.#living.begin(event.id, "DELETING", event.goneAt);
    }
    this.passTime(event.at);
  }
}
