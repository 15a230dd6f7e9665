import type { Delivery } from "../../engine/topic/delivery.ts";
import { type EffectiveDeliveryPolicy, effectivePolicy, type RetryPolicy } from "../../engine/topic/delivery-policy.ts";
import type { Subscription } from "../../engine/topic/subscription/subscription.ts";
import { Pace } from "../transport/pace.ts";
import type { RetrySchedule } from "../transport/retry.ts";

const SECOND_MS = 1000;
/** AWS: the waits of an HTTP policy together; a hard limit. */
const LONGEST_HTTP_POLICY_MS = 3600 * SECOND_MS;

/** What holds for deliveries to an HTTP subscription now. */
export function policyOf({ topic, subscription }: Pick<Delivery, "topic" | "subscription">): EffectiveDeliveryPolicy {
  return effectivePolicy(topic.definition.settings.deliveryPolicy, subscription.settings.deliveryPolicy);
}

/** The phases of an HTTP subscription's policy. What its parts do not claim of `numRetries` is the backoff phase. */
export function httpRetries(policy: RetryPolicy): RetrySchedule {
  const { numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries, backoffFunction: curve } = policy;
  const minMs = policy.minDelayTarget * SECOND_MS;
  const maxMs = policy.maxDelayTarget * SECOND_MS;
  const immediate = Math.min(numNoDelayRetries, numRetries);
  const before = Math.min(numMinDelayRetries, numRetries - immediate);
  const after = Math.min(numMaxDelayRetries, numRetries - immediate - before);
  return {
    kind: "http",
    immediate,
    preBackoff: { count: before, delayMs: minMs },
    backoff: { count: numRetries - immediate - before - after, minMs, maxMs, curve },
    postBackoff: { count: after, delayMs: maxMs },
    totalMs: LONGEST_HTTP_POLICY_MS,
  };
}

/** How fast HTTP subscriptions get their deliveries. */
export class Paces {
  /** A second must not be over because a receiver queue is empty, so paces outlive those. */
  readonly #bySubscription = new WeakMap<Subscription, Pace>();

  /** It knows topic and subscription only, whatever message was the first. */
  of({ topic, subscription }: Delivery): Pace {
    let pace = this.#bySubscription.get(subscription);
    if (pace === undefined) {
      pace = new Pace(
        () => policyOf({ topic, subscription }).throttlePolicy?.maxReceivesPerSecond ?? Number.POSITIVE_INFINITY,
      );
      this.#bySubscription.set(subscription, pace);
    }
    return pace;
  }
}
