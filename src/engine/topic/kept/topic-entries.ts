import type { TopicChange } from "../events.ts";
import type { LiveTopicEvent } from "../live-events.ts";
import type { Subscription } from "../subscription/subscription.ts";
import type { TopicState } from "../topic-state.ts";

/** What the register of subscriptions knows. */
type DeletedAt = (subscription: Subscription) => number;

/**
 * The events that, after the one that created it, build a topic whose state is the given one. Costs O(n), one event at a
 * time; the state may not change until the last was taken.
 */
export function* topicEvents(
  state: TopicState,
  { now, deletedAt }: { readonly now: number; readonly deletedAt: DeletedAt },
): Generator<LiveTopicEvent, void, void> {
  yield* subscriptionEvents(state, deletedAt);
  yield* state.keptOrder();
  for (const notification of state.archived()) yield { type: "published", at: notification.publishedAt, notification };
  yield* state.keptCounters(now);
  yield* state.keptDeduplication();
}

function* subscriptionEvents(state: TopicState, deletedAt: DeletedAt): Generator<LiveTopicEvent, void, void> {
  for (const subscription of state.subscriptions.everyone) {
    yield subscribed(subscription);
    if (subscription.state !== "pending" && !subscription.hasPlainConfirmation) yield confirmed(subscription);
    if (subscription.state === "deleted") yield unsubscribed(subscription, deletedAt);
    else if (subscription.isPaused) yield* paused(subscription);
  }
}

function subscribed(subscription: Subscription): LiveTopicEvent {
  const { arn, token, tokenEndsAt, createdAt: at, protocol, endpoint, owner, principal } = subscription;
  const { settings, attributes, redelivery } = subscription;
  const isConfirmed = subscription.state !== "pending";
  const definition = { protocol, endpoint, owner, principal, isConfirmed, settings, attributes, redelivery };
  return { type: "subscribed", at, arn, token, tokenEndsAt, definition };
}

function confirmed({
  createdAt: at,
  arn,
  wasAuthenticated: isAuthenticated,
  refusesUnsignedUnsubscribe,
}: Subscription): Extract<TopicChange, { type: "confirmed" }> {
  return { type: "confirmed", at, arn, isAuthenticated, refusesUnsignedUnsubscribe };
}

function unsubscribed(subscription: Subscription, deletedAt: DeletedAt): LiveTopicEvent {
  const { arn, token, tokenEndsAt } = subscription;
  return { type: "unsubscribed", at: deletedAt(subscription), arn, token, tokenEndsAt };
}

/** Its redelivery has reached its end, which it only notices once time has. */
function* paused({ arn, redelivery: range }: Subscription): Generator<LiveTopicEvent, void, void> {
  if (range?.endingPoint !== undefined) yield { type: "redeliveryRequested", at: range.endingPoint, arn, range };
}
