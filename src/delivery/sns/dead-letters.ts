import type { Queue } from "../../engine/queue/queue.ts";
import type { Delivery } from "../../engine/topic/delivery.ts";
import { parseArn } from "../../kernel/arn.ts";
import { canTake, notificationMessage } from "../target/queue-message.ts";
import type { Envelopes } from "./envelope/envelopes.ts";

/** Where a delivery that failed for good went, or why it went nowhere. */
export type DeadLetterResult = { readonly queueArn: string } | { readonly problem: string | undefined };

interface DeadLetterDeps {
  readonly queueOf: (arn: string) => Queue | undefined;
  readonly envelopes: Envelopes;
}

/** Puts deliveries into the dead-letter queues of their subscriptions, as the subscribers would have got them. */
export class DeadLetters {
  readonly #deps: DeadLetterDeps;

  constructor(deps: DeadLetterDeps) {
    this.#deps = deps;
  }

  take(delivery: Delivery): DeadLetterResult {
    const arn = delivery.subscription.settings.deadLetterTargetArn;
    if (arn === undefined || delivery.type !== "Notification") return { problem: undefined };
    const { queueOf, envelopes } = this.#deps;
    const queue = isWithinReach(arn, delivery) ? queueOf(arn) : undefined;
    if (queue === undefined) return { problem: "its dead-letter queue does not exist" };
    if (!canTake(queue, delivery)) return { problem: "a FIFO dead-letter queue takes messages of FIFO topics only" };
    queue.accept(notificationMessage(delivery, queue, envelopes));
    return { queueArn: queue.arn };
  }
}

/** AWS: the queue is in the account and the region of the subscription. */
function isWithinReach(queueArn: string, { topic, subscription }: Delivery): boolean {
  const arn = parseArn(queueArn);
  return arn?.account === subscription.owner && arn.region === topic.scope.region;
}
