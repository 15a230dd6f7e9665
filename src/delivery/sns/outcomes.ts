import type { Delivery } from "../../engine/topic/delivery.ts";
import type { DeliveryEvents, Failure, Success } from "../transport/attempt.ts";
import type { DeadLetterResult, DeadLetters } from "./dead-letters.ts";
import type { DeliveryLog, Outcome } from "./delivery-log.ts";

const IN_PROCESS: Outcome = { result: "delivered", statusCode: undefined };

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
export class Outcomes implements DeliveryEvents {
  readonly #deps: OutcomeDeps;

  constructor(deps: OutcomeDeps) {
    this.#deps = deps;
  }

  delivered(delivery: Delivery, attempt: number, { statusCode }: Success): void {
    const outcome: Outcome = statusCode === undefined ? IN_PROCESS : { result: "delivered", statusCode };
    this.#deps.log.add(delivery, attempt, outcome);
  }

  retried(delivery: Delivery, attempt: number, failure: Failure & { readonly nextAttemptAt: number }): void {
    const { statusCode, reason, nextAttemptAt } = failure;
    this.#deps.log.add(delivery, attempt, { result: "retrying", statusCode, reason, nextAttemptAt });
  }

  failed(delivery: Delivery, attempt: number, failure: Failure): void {
    const end = this.#endOf(delivery, failure);
    this.#deps.log.add(delivery, attempt, end);
    if (end.result === "dropped") this.#deps.dropped(delivery, { ...end, attempt });
  }

  #endOf(delivery: Delivery, { statusCode, reason }: Failure): Outcome {
    const end = this.#bury(delivery);
    if ("queueArn" in end) {
      return { result: "deadLettered", statusCode, reason, deadLetterTargetArn: end.queueArn };
    }
    return { result: "dropped", statusCode, reason: end.problem === undefined ? reason : `${reason}; ${end.problem}` };
  }

  /** A subscription that is gone has no dead-letter queue any more. Most failures are told when nobody waits for them. */
  #bury(delivery: Delivery): DeadLetterResult {
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
