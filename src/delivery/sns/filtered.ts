import { MessageView } from "../../engine/pattern/matching/message-view.ts";
import type { Notification } from "../../engine/topic/notification.ts";
import type { Subscription } from "../../engine/topic/subscription/subscription.ts";
import { isOverfullJson } from "../../kernel/json/json-value-count.ts";
import type { MessageAttribute } from "../../kernel/message-attribute.ts";

/** Why a filter policy kept a message out, as CloudWatch's `NumberOfNotificationsFilteredOut-…` tell it. */
export type FilterReason =
  | "MessageAttributes"
  | "NoMessageAttributes"
  | "InvalidAttributes"
  | "MessageBody"
  | "InvalidMessageBody";

/** Finds out why subscriptions do not get one message. The message is taken apart once for each protocol. */
export class FilteredMessage {
  readonly #notification: Notification;
  readonly #views = new Map<string, MessageView>();

  constructor(notification: Notification) {
    this.#notification = notification;
  }

  /** Why the subscription's policy, as it is now, keeps the message out; undefined when it lets it through. */
  reasonAgainst({ protocol, settings: { filterPolicy } }: Subscription): FilterReason | undefined {
    if (filterPolicy === undefined) return undefined;
    const view = this.#viewOf(protocol);
    if (filterPolicy.accepts(view)) return undefined;
    if (filterPolicy.scope === "MessageAttributes") return this.#attributeReason();
    return view.fields("MessageBody") === undefined ? "InvalidMessageBody" : "MessageBody";
  }

  /** About how many steps it takes to find out: those of judging, and a character of the message each when it is taken apart. */
  stepsFor({ protocol, settings: { filterPolicy } }: Subscription): number {
    if (filterPolicy === undefined) return 0;
    const taken = this.#views.has(protocol) ? 0 : this.#notification.characters;
    const fields = this.#viewOf(protocol).fields(filterPolicy.scope);
    if (fields === undefined) return taken;
    return filterPolicy.alternatives.reduce((sum, alternative) => sum + alternative.steps(fields), taken);
  }

  #attributeReason(): FilterReason {
    const attributes = Object.values(this.#notification.attributes ?? {});
    if (attributes.length === 0) return "NoMessageAttributes";
    return attributes.some(isMalformedArray) ? "InvalidAttributes" : "MessageAttributes";
  }

  #viewOf(protocol: string): MessageView {
    let view = this.#views.get(protocol);
    if (view === undefined) {
      const { attributes } = this.#notification;
      view = new MessageView({ attributes, body: this.#notification.messageFor(protocol) });
      this.#views.set(protocol, view);
    }
    return view;
  }
}

function isMalformedArray({ dataType, value }: MessageAttribute): boolean {
  if (dataType !== "String.Array" || typeof value !== "string") return false;
  if (isOverfullJson(value)) return true;
  try {
    return !Array.isArray(JSON.parse(value));
  } catch {
    return true;
  }
}
