import type { Delivery } from "../../engine/topic/delivery.ts";
import { protocolTraits } from "../../engine/topic/subscription/subscription-protocol.ts";
import type { DeadLetterResult, Job, Outcome } from "../transport/job.ts";
import type { Pace } from "../transport/pace.ts";
import { managedEndpointRetries, type RetrySchedule } from "../transport/retry.ts";
import { httpRetries, type Paces, policyOf } from "./http-policy.ts";
import type { Outcomes } from "./outcomes.ts";

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
    return this.#hasPolicy ? httpRetries(policyOf(this.#delivery).healthyRetryPolicy) : managedEndpointRetries;
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

  get #hasPolicy(): boolean {
    return protocolTraits[this.#delivery.subscription.protocol].hasUrl;
  }
}
