import { MOST_ATTRIBUTES } from "../../engine/queue/limits.ts";
import type { NewMessage } from "../../engine/queue/message.ts";
import type { ConfirmationDelivery, Delivery, NotificationDelivery } from "../../engine/topic/delivery.ts";
import { protocolTraits } from "../../engine/topic/subscription/subscription-protocol.ts";
import type { QueuePayload } from "../target/queue.ts";
import { type Failure, refused } from "../transport/attempt.ts";
import type { Envelopes } from "./envelope/envelopes.ts";

/** Who SNS is to a queue. Seen in messages of many accounts. */
const SNS_SENDER_ID = "AIDAIT2UOQQY3AUEKVGXU";

const NOT_FIFO = refused("A FIFO queue takes messages of FIFO topics only");
const TOO_MANY_ATTRIBUTES = refused(`A raw message has at most ${MOST_ATTRIBUTES} attributes`);

/** What a subscribed queue gets. One is made for each delivery, so it has no functions of its own. */
export class SubscriberPayload implements QueuePayload {
  readonly #delivery: Delivery;
  readonly #envelopes: Envelopes;

  constructor(delivery: Delivery, envelopes: Envelopes) {
    this.#delivery = delivery;
    this.#envelopes = envelopes;
  }

  get queueArn(): string {
    return this.#delivery.subscription.endpoint;
  }

  get sender(): object {
    return this.#delivery.subscription;
  }

  get reader(): string | undefined {
    return readerOf(this.#delivery);
  }

  messageFor({ isFifo }: { readonly isFifo: boolean }): NewMessage | Failure {
    const delivery = this.#delivery;
    return delivery.type === "Notification"
      ? subscriberMessage(delivery, isFifo, this.#envelopes)
      : confirmationMessage(delivery, isFifo, this.#envelopes);
  }
}

function subscriberMessage(
  delivery: NotificationDelivery,
  isFifo: boolean,
  envelopes: Envelopes,
): NewMessage | Failure {
  if (isFifo && delivery.notification.sequenceNumber === undefined) return NOT_FIFO;
  if (hasTooManyAttributes(delivery)) return TOO_MANY_ATTRIBUTES;
  return notificationMessage(delivery, isFifo, envelopes);
}

/** For whom the envelope is made in which a queue gets a delivery; undefined where it gets none, or one of its own. */
export function readerOf({ type, subscription }: Delivery): string | undefined {
  return type === "Notification" && !subscription.settings.isRaw ? subscription.arn : undefined;
}

/** What a queue gets of a notification, as a subscriber or in a subscriber's stead. */
export function notificationMessage(delivery: NotificationDelivery, isFifo: boolean, envelopes: Envelopes): NewMessage {
  const { notification, subscription } = delivery;
  const { isRaw } = subscription.settings;
  const { attributes, groupId, deduplicationId, traceHeader } = notification.content;
  // AWS: a standard topic hands the group on, though only to standard queues; a FIFO topic keeps it from those.
  const isGrouped =
    isFifo || (protocolTraits[subscription.protocol].isQueue && notification.sequenceNumber === undefined);
  return {
    body: isRaw ? notification.messageFor(subscription.protocol) : envelopes.sharedNotification(delivery),
    senderId: SNS_SENDER_ID,
    attributes: isRaw ? attributes : undefined,
    groupId: isGrouped ? groupId : undefined,
    deduplicationId: isFifo ? deduplicationId : undefined,
    traceHeader,
    delayMs: undefined,
  };
}

/** What a queue of another account gets to confirm. A FIFO queue wants ids; AWS does not say which it gets. */
function confirmationMessage(delivery: ConfirmationDelivery, isFifo: boolean, envelopes: Envelopes): NewMessage {
  const ids = isFifo ? { groupId: delivery.type, deduplicationId: delivery.id } : {};
  return { body: envelopes.confirmation(delivery), senderId: SNS_SENDER_ID, ...ids };
}

/** A raw message has the attributes of the notification, and a queue takes so many. SNS guide, raw message delivery. */
function hasTooManyAttributes({ subscription, notification }: NotificationDelivery): boolean {
  const { attributes } = notification.content;
  if (attributes === undefined || !subscription.settings.isRaw) return false;
  return Object.keys(attributes).length > MOST_ATTRIBUTES;
}
