import type { DeliveriesLeft } from "../../../engine/topic/deliveries.ts";
import type { BacklogListener, Publisher } from "../../../engine/topic/delivery-backlog.ts";
import type { PlainContent } from "../../../engine/topic/events.ts";
import { notificationOf } from "../../../engine/topic/live-events.ts";
import type { TopicDirectory } from "../../../engine/topic/topic-directory.ts";
import { formatArn } from "../../../kernel/arn.ts";
import { type Taken, takenAs } from "../../../kernel/collection/taken.ts";
import type { Entry } from "../../../kernel/event/event-log.ts";
import { scopeOf } from "../../../kernel/scope.ts";
import { contentOf } from "./kept-delivery.ts";

/** What became of deliveries that wait for a later turn, as plain data. */
type BacklogEvent = { readonly at: number; readonly delivery: number } & (
  | ({ readonly type: "fanOutLeft"; readonly topicArn: string; readonly isFound: boolean } & Message)
  | {
      readonly type: "redeliveryLeft";
      readonly topicArn: string;
      readonly subscriptionArn: string;
      /** Ids of archived messages. */
      readonly messages: readonly string[];
    }
  | { readonly type: "deliveriesMade"; readonly left: number }
  | { readonly type: "deliveryOver" }
);

interface Message {
  readonly id: string;
  readonly sequenceNumber?: string | undefined;
  readonly content: PlainContent;
  /** What comes behind the topic's ARN in those of the subscriptions. */
  readonly receivers: readonly string[];
}

/** The deliveries of topics that wait for a later turn, in and out of plain data. */
export class KeptBacklog {
  readonly #topics: TopicDirectory;

  constructor(topics: TopicDirectory) {
    this.#topics = topics;
  }

  /** Of every account or of one, as they are when they are taken, whenever they are read. */
  numbered(account?: string): Taken<Entry> {
    const all = [...this.#topics.deliveriesLeft(account)];
    return takenAs(function* () {
      for (const [topic, number, left] of all) yield entryOf(topic, leftEvent(topic.arn, number, left));
    });
  }

  /** Has somebody hear of each of them, whenever it comes further. There is one who does, at the most. */
  listen(listener: (account: string, entry: Entry) => void): void {
    const tell = (topic: Publisher, event: BacklogEvent) => listener(topic.scope.account, entryOf(topic, event));
    const backlog: BacklogListener = {
      left: (topic, delivery, left) => tell(topic, leftEvent(topic.arn, delivery, left)),
      cameFurther: (topic, delivery, left) => tell(topic, { type: "deliveriesMade", at: 0, delivery, left }),
      over: (topic, delivery) => tell(topic, { type: "deliveryOver", at: 0, delivery }),
    };
    this.#topics.listenToBacklog(backlog);
  }

  /** Goes on with the last of those deliveries, so many of them or all. What a deleted topic was still to deliver is not. */
  replay({ event }: Entry, left = Number.POSITIVE_INFINITY): void {
    const kept = event as BacklogEvent;
    if (kept.type !== "fanOutLeft" && kept.type !== "redeliveryLeft") return;
    const topic = this.#topics.byArn(kept.topicArn);
    if (topic === undefined) return;
    if (kept.type === "redeliveryLeft") {
      const subscribed = this.#topics.subscription(kept.subscriptionArn);
      const wanted = new Set(lastOf(kept.messages, left));
      const redelivered = [...topic.archived].filter(({ id }) => wanted.has(id));
      if (subscribed !== undefined) topic.goOnWith({ subscription: subscribed.subscription, redelivered });
      return;
    }
    const { at, id, sequenceNumber, content, isFound } = kept;
    const notification = notificationOf({ type: "published", at, id, sequenceNumber, content });
    const receivers = lastOf(kept.receivers, left).flatMap(
      (name) => this.#topics.subscription(`${topic.arn}:${name}`)?.subscription ?? [],
    );
    topic.goOnWith({ notification, receivers, isFound });
  }
}

function lastOf<T>(all: readonly T[], count: number): readonly T[] {
  return all.slice(Math.max(0, all.length - count));
}

function leftEvent(topicArn: string, delivery: number, left: DeliveriesLeft): BacklogEvent {
  if ("redelivered" in left) {
    const { subscription, redelivered } = left;
    const messages = redelivered.map(({ id }) => id);
    return { type: "redeliveryLeft", at: 0, delivery, topicArn, subscriptionArn: subscription.arn, messages };
  }
  const { notification, isFound } = left;
  const { id, sequenceNumber, publishedAt: at } = notification;
  const receivers = left.receivers.map(({ arn }) => arn.slice(topicArn.length + 1));
  const message = { id, sequenceNumber, content: contentOf(notification), receivers };
  return { type: "fanOutLeft", at, delivery, topicArn, isFound, ...message };
}

function entryOf({ scope }: Publisher, event: BacklogEvent): Entry {
  return { resource: formatArn("waystation", scopeOf(scope.account, ""), "backlog"), event };
}
