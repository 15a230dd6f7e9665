import type { LiveTopicEvent } from "../live-events.ts";
import type { Subscription } from "../subscription/subscription.ts";

/** A subscription as it was at one moment. */
interface SubscriptionNote {
  /** Those that build it. */
  readonly events: readonly LiveTopicEvent[];
  readonly state: Subscription["state"];
  /** Whether messages go to it. */
  readonly isServed: boolean;
}

export function noteOf(subscription: Subscription): SubscriptionNote {
  const { state, isPaused } = subscription;
  return { events: [...eventsOf(subscription)], state, isServed: state === "confirmed" && !isPaused };
}

function* eventsOf(subscription: Subscription): Generator<LiveTopicEvent, void, void> {
  const { arn, token, tokenEndsAt, createdAt: at, protocol, endpoint, owner, principal } = subscription;
  const { settings, attributes, redelivery, wasAuthenticated: isAuthenticated, deletedAt } = subscription;
  const isConfirmed = subscription.state !== "pending";
  const definition = { protocol, endpoint, owner, principal, isConfirmed, settings, attributes, redelivery };
  yield { type: "subscribed", at, arn, token, tokenEndsAt, definition };
  if (isConfirmed && !subscription.hasPlainConfirmation) {
    const { refusesUnsignedUnsubscribe } = subscription;
    yield { type: "confirmed", at, arn, isAuthenticated, refusesUnsignedUnsubscribe };
  }
  if (deletedAt !== undefined) yield { type: "unsubscribed", at: deletedAt, arn, token, tokenEndsAt };
  else if (subscription.isPaused) yield* paused(subscription);
}

/** Its redelivery has reached its end, which it only notices once time has. */
function* paused({ arn, redelivery: range }: Subscription): Generator<LiveTopicEvent, void, void> {
  if (range?.endingPoint !== undefined) yield { type: "redeliveryRequested", at: range.endingPoint, arn, range };
}
