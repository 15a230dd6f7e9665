import type { Queue } from "../../engine/queue/queue.ts";
import type { Delivery } from "../../engine/topic/delivery.ts";
import { parseArn } from "../../kernel/arn.ts";
import { put } from "../target/queue.ts";
import { refused } from "../transport/attempt.ts";
import type { DeadLetterResult } from "../transport/job.ts";
import { type QueueMessages, readerOf } from "./queue-message.ts";

const NOT_FIFO = refused("a FIFO dead-letter queue takes messages of FIFO topics only");

interface DeadLetterDeps {
  readonly queueOf: (arn: string) => Queue | undefined;
  readonly queueMessages: QueueMessages;
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
    const { queueOf, queueMessages } = this.#deps;
    const queue = isWithinReach(arn, delivery) ? queueOf(arn) : undefined;
    if (queue === undefined) return { problem: "its dead-letter queue does not exist" };
    const isFromFifo = delivery.notification.sequenceNumber !== undefined;
    const refusal = put(queue, {
      reader: readerOf(delivery),
      messageFor: ({ isFifo }) => (isFifo && !isFromFifo ? NOT_FIFO : queueMessages.ofNotification(delivery, isFifo)),
    });
    return refusal === undefined ? { queueArn: queue.arn } : { problem: refusal.reason };
  }
}

/** AWS: the queue is in the account and the region of the subscription. */
function isWithinReach(queueArn: string, { topic, subscription }: Delivery): boolean {
  const arn = parseArn(queueArn);
  return arn?.account === subscription.owner && arn.region === topic.scope.region;
}
