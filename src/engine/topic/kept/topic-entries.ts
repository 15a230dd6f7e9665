import { type Taken, takenAs } from "../../../kernel/collection/taken.ts";
import type { LiveTopicEvent } from "../live-events.ts";
import type { TopicState } from "../topic-state.ts";
import { countersKept } from "./counters.ts";
import { type Came, orderKept } from "./order.ts";
import { noteOf } from "./subscription-note.ts";

/**
 * The events that, after the one that created it, build a topic whose state is the given one, which may change afterwards. To take
 * them costs a place in a list for each subscription, archived message and deduplication id, and no more.
 */
export function topicEvents(state: TopicState, now: number): Taken<LiveTopicEvent> {
  const { takings, everyone } = state.subscriptions;
  const [subscriptions, notes] = [[...everyone], takings.take(noteOf)];
  const order = [...state.fanOut.inOrder()];
  const [archived, counters, deduplication] = [state.archived(), state.counters(now), state.deduplication()];
  return takenAs(function* () {
    const came: Came = new Map();
    const found = { confirmed: 0, pending: 0, deleted: 0 };
    for (const subscription of subscriptions) {
      const { events, state: stands, isServed } = notes.of(subscription);
      yield* events;
      found[stands]++;
      const soFar = came.get(subscription.protocol) ?? [];
      if (isServed) soFar.push(subscription);
      came.set(subscription.protocol, soFar);
    }
    yield* orderKept(order, came, state.createdAt);
    for (const notification of archived) yield { type: "published", at: notification.publishedAt, notification };
    yield* countersKept(counters, found, state.createdAt);
    yield* deduplication;
  }, notes.end);
}
