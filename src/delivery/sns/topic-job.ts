import type { Delivery } from "../../engine/topic/delivery.ts";
import { protocolTraits, type SubscriptionProtocol } from "../../engine/topic/subscription/subscription-protocol.ts";
import type { DeadLetterResult, Job, Outcome, Progress } from "../transport/job.ts";
import type { Pace } from "../transport/pace.ts";
import { customerEndpointRetries, managedEndpointRetries, type RetrySchedule } from "../transport/retry.ts";
import type { DeadLetters } from "./dead-letters.ts";
import type { DeliveryLog } from "./delivery-log.ts";
import { httpRetries, type Paces, policyOf } from "./http-policy.ts";
import { type DeliveryKept, keptDelivery } from "./kept/kept-delivery.ts";

/** Protocols whose endpoints are not AWS's own. SNS developer guide, message delivery retries. */
const OF_CUSTOMERS: ReadonlySet<SubscriptionProtocol> = new Set(["application", "email", "email-json", "sms"]);

/** What the jobs of all topics share. */
interface TopicJobDeps {
  readonly outcomes: Outcomes;
  readonly paces: Paces;
}

/** A delivery of a topic, as a job. What a target does not ask for costs nothing. */
export class TopicJob<Payload> implements Job<Payload> {
  readonly #delivery: Delivery;
  readonly payload: Payload;
  readonly #deps: TopicJobDeps;

  constructor(delivery: Delivery, payload: Payload, deps: TopicJobDeps) {
    this.#delivery = delivery;
    this.payload = payload;
    this.#deps = deps;
  }

  get key(): string {
    return this.#delivery.subscription.arn;
  }

  get receiver(): string {
    return this.#delivery.subscription.endpoint;
  }

  get account(): string {
    return this.#delivery.topic.scope.account;
  }

  get content(): object | undefined {
    return this.#delivery.type === "Notification" ? this.#delivery.notification : undefined;
  }

  get characters(): number {
    return this.#delivery.type === "Notification" ? this.#delivery.notification.characters : 0;
  }

  get retryPolicy(): RetrySchedule {
    if (this.#hasPolicy) return httpRetries(policyOf(this.#delivery).healthyRetryPolicy);
    return OF_CUSTOMERS.has(this.#delivery.subscription.protocol) ? customerEndpointRetries : managedEndpointRetries;
  }

  get pace(): Pace | undefined {
    return this.#hasPolicy ? this.#deps.paces.of(this.#delivery) : undefined;
  }

  get withdrawn(): string | undefined {
    return this.#deps.outcomes.withdrawalOf(this.#delivery);
  }

  outcome(attempt: number, outcome: Outcome): void {
    this.#deps.outcomes.hear(this.#delivery, attempt, outcome);
  }

  deadLetter(): DeadLetterResult {
    return this.#deps.outcomes.deadLetter(this.#delivery);
  }

  kept(progress: Progress): DeliveryKept {
    return keptDelivery(this.#delivery, progress);
  }

  get #hasPolicy(): boolean {
    return protocolTraits[this.#delivery.subscription.protocol].hasUrl;
  }
}

/** Hears of a delivery that reaches nobody. */
export type ReportDropped = (
  delivery: Delivery,
  end: { readonly attempt: number; readonly statusCode: number | undefined; readonly reason: string },
) => void;

interface OutcomeDeps {
  readonly log: Pick<DeliveryLog, "add">;
  readonly deadLetters: Pick<DeadLetters, "take">;
  /** Whether neither the subscription nor its topic was deleted. */
  readonly isAlive: (delivery: Delivery) => boolean;
  /** Hears of each delivery that reaches nobody, not even a dead-letter queue. */
  readonly dropped: ReportDropped;
  /** Hears of mistakes of our own. */
  readonly report: (cause: unknown) => void;
}

/** What becomes of deliveries: each attempt is logged, and what failed for good is a dead letter or dropped. */
export class Outcomes {
  readonly #deps: OutcomeDeps;

  constructor(deps: OutcomeDeps) {
    this.#deps = deps;
  }

  /** Why nobody waits for the delivery any more. The word that a subscription was deleted is wanted just then. */
  withdrawalOf(delivery: Delivery): string | undefined {
    const isWanted = delivery.type === "UnsubscribeConfirmation" || this.#deps.isAlive(delivery);
    return isWanted ? undefined : "The subscription was deleted";
  }

  hear(delivery: Delivery, attempt: number, outcome: Outcome): void {
    this.#deps.log.add(delivery, attempt, outcome);
    if (outcome.result === "dropped") this.#deps.dropped(delivery, { ...outcome, attempt });
  }

  /** A subscription that is gone has no dead-letter queue any more. Most failures are told when nobody waits for them. */
  deadLetter(delivery: Delivery): DeadLetterResult {
    const { deadLetters, isAlive, report } = this.#deps;
    if (!isAlive(delivery)) return { problem: undefined };
    try {
      return deadLetters.take(delivery);
    } catch (cause) {
      report(cause);
      return { problem: "its dead-letter queue could not take it" };
    }
  }
}
