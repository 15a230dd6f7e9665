import type { Delivery } from "../engine/topic/delivery.ts";
import type { DeliveryEvents, Failure, Success } from "./attempt.ts";
import type { DeadLetters } from "./dead-letters.ts";
import type { DeliveryLog, Outcome } from "./delivery-log.ts";

const IN_PROCESS: Outcome = { result: "delivered", statusCode: undefined };

export interface OutcomeDoors {
  readonly log: DeliveryLog;
  readonly deadLetters: DeadLetters;
  /** Whether neither the subscription nor its topic was deleted. */
  readonly isAlive: (delivery: Delivery) => boolean;
}

/** What becomes of deliveries: each attempt is logged, and what failed for good is a dead letter or dropped. */
export class Outcomes implements DeliveryEvents {
  readonly #doors: OutcomeDoors;

  constructor(doors: OutcomeDoors) {
    this.#doors = doors;
  }

  delivered(delivery: Delivery, attempt: number, { statusCode }: Success): void {
    const outcome: Outcome = statusCode === undefined ? IN_PROCESS : { result: "delivered", statusCode };
    this.#doors.log.add(delivery, attempt, outcome);
  }

  retried(delivery: Delivery, attempt: number, failure: Failure & { readonly nextAttemptAt: number }): void {
    const { statusCode, reason, nextAttemptAt } = failure;
    this.#doors.log.add(delivery, attempt, { result: "retrying", statusCode, reason, nextAttemptAt });
  }

  failed(delivery: Delivery, attempt: number, failure: Failure): void {
    this.#doors.log.add(delivery, attempt, this.#endOf(delivery, failure));
  }

  /** A subscription that is gone has no dead-letter queue any more. */
  #endOf(delivery: Delivery, { statusCode, reason }: Failure): Outcome {
    const { deadLetters, isAlive } = this.#doors;
    const end = isAlive(delivery) ? deadLetters.take(delivery) : { problem: undefined };
    if ("queueArn" in end) {
      return { result: "deadLettered", statusCode, reason, deadLetterTargetArn: end.queueArn };
    }
    return { result: "dropped", statusCode, reason: end.problem === undefined ? reason : `${reason}; ${end.problem}` };
  }
}
