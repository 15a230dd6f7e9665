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

/** The events that build a channel as it is. */
export function* channelEvents(channel: Channel): Generator<ChannelEvent, void, void> {
  const { id, arn, createdAt: at, definition, destination, logging, lifecycle } = channel;
  const { status, changesAt } = lifecycle;
  const activeAt = status === "CREATING" ? changesAt : at;
  yield { type: "channelCreated", at, activeAt, identity: { id, arn, createdAt: at }, definition };
  const isUpdated = destination !== definition.destination || logging !== definition.logging;
  if (isUpdated || status === "UPDATING") {
    const updatedAt = status === "UPDATING" ? changesAt : at;
    yield { type: "channelUpdated", at, activeAt: updatedAt, id, destination, logging };
  }
  if (status === "DELETING") yield { type: "channelDeleted", at, goneAt: changesAt, id };
}
