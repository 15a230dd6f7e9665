import { MOST_ATTRIBUTES } from "../../engine/queue/limits.ts";
import type { Queue } from "../../engine/queue/queue.ts";
import type { QueueDirectory } from "../../engine/queue/queue-directory.ts";
import type { Queues } from "../../engine/queue/queues.ts";
import type { Delivery, NotificationDelivery } from "../../engine/topic/delivery.ts";
import type { Subscription } from "../../engine/topic/subscription.ts";
import type { Envelopes } from "../sns/envelope/envelopes.ts";
import { type DeliveryEvents, delivered, type Failure, refused } from "../transport/attempt.ts";
import { canTake, confirmationMessage, notificationMessage } from "./queue-message.ts";

const DELIVERED = delivered();
const NO_QUEUE = refused("The queue does not exist");
const NOT_FIFO = refused("A FIFO queue takes messages of FIFO topics only");
const TOO_MANY_ATTRIBUTES = refused(`A raw message has at most ${MOST_ATTRIBUTES} attributes`);

/** Where a subscription's queue is looked for. */
interface Address {
  readonly queues: Queues;
  readonly name: string;
}

interface SqsDeps {
  readonly queues: QueueDirectory;
  readonly envelopes: Envelopes;
  readonly events: DeliveryEvents;
}

/**
 * Subscribed queues. They are in this process, so a message is in the queue before Publish is answered, and in the
 * order of publishing. Nothing can fail that a retry would heal.
 */
export class SqsTransport {
  readonly #deps: SqsDeps;
  /** Reading an ARN takes longer than sending a message. */
  #addresses = new WeakMap<Subscription, Address>();

  constructor(deps: SqsDeps) {
    this.#deps = deps;
  }

  deliver(delivery: Delivery): void {
    const { events } = this.#deps;
    const failure = this.#send(delivery);
    if (failure === undefined) events.delivered(delivery, 1, DELIVERED);
    else events.failed(delivery, 1, failure);
  }

  /** Forgets which queue is whose; call it when queues are forgotten. */
  reset(): void {
    this.#addresses = new WeakMap();
  }

  #send(delivery: Delivery): Failure | undefined {
    const { envelopes } = this.#deps;
    const queue = this.#queueOf(delivery.subscription);
    if (queue === undefined) return NO_QUEUE;
    if (delivery.type !== "Notification") {
      queue.accept(confirmationMessage(delivery, queue, envelopes));
      return undefined;
    }
    if (!canTake(queue, delivery)) return NOT_FIFO;
    if (hasTooManyAttributes(delivery)) return TOO_MANY_ATTRIBUTES;
    queue.accept(notificationMessage(delivery, queue, envelopes));
    return undefined;
  }

  #queueOf(subscription: Subscription): Queue | undefined {
    const known = this.#addresses.get(subscription);
    const there = known?.queues.find(known.name);
    // Queues of an account and region that was empty meanwhile are no longer those that were known.
    if (there !== undefined) return there;
    const { queues } = this.#deps;
    const queue = queues.byArn(subscription.endpoint);
    if (queue !== undefined) this.#addresses.set(subscription, { queues: queues.in(queue.scope), name: queue.name });
    return queue;
  }
}

/** A raw message has the attributes of the notification, and a queue takes so many. SNS guide, raw message delivery. */
function hasTooManyAttributes({ subscription, notification }: NotificationDelivery): boolean {
  const { attributes } = notification.content;
  if (attributes === undefined || !subscription.settings.isRaw) return false;
  return Object.keys(attributes).length > MOST_ATTRIBUTES;
}
