import type { NewMessage } from "../../engine/queue/message.ts";
import type { Queue } from "../../engine/queue/queue.ts";
import type { ConfirmationDelivery, NotificationDelivery } from "../../engine/topic/delivery.ts";
import type { Envelopes } from "../sns/envelope/envelopes.ts";

/** Who SNS is to a queue. Seen in messages of many accounts. */
const SNS_SENDER_ID = "AIDAIT2UOQQY3AUEKVGXU";

/** Whether the queue can take the notification: a FIFO queue needs what only a FIFO topic has. */
export function canTake(queue: Queue, { notification }: NotificationDelivery): boolean {
  return !isFifo(queue) || notification.sequenceNumber !== undefined;
}

/** What a queue gets of a notification, as a subscriber or in a subscriber's stead. */
export function notificationMessage(delivery: NotificationDelivery, queue: Queue, envelopes: Envelopes): NewMessage {
  const { notification, subscription } = delivery;
  const { isRaw } = subscription.settings;
  const { attributes, groupId, deduplicationId, traceHeader } = notification.content;
  const isForFifo = isFifo(queue);
  // AWS: a standard topic hands the group on, though only to standard queues; a FIFO topic keeps it from those.
  const isFair = !isForFifo && subscription.protocol === "sqs" && notification.sequenceNumber === undefined;
  return {
    body: isRaw ? notification.messageFor(subscription.protocol) : envelopes.sharedNotification(delivery),
    reader: isRaw ? undefined : subscription.arn,
    senderId: SNS_SENDER_ID,
    attributes: isRaw ? attributes : undefined,
    groupId: isForFifo || isFair ? groupId : undefined,
    deduplicationId: isForFifo ? deduplicationId : undefined,
    traceHeader,
    delayMs: undefined,
  };
}

/** What a queue of another account gets to confirm. A FIFO queue wants ids; AWS does not say which it gets. */
export function confirmationMessage(delivery: ConfirmationDelivery, queue: Queue, envelopes: Envelopes): NewMessage {
  const ids = isFifo(queue) ? { groupId: delivery.type, deduplicationId: delivery.id } : {};
  return { body: envelopes.confirmation(delivery), senderId: SNS_SENDER_ID, ...ids };
}

function isFifo({ name }: Queue): boolean {
  return name.endsWith(".fifo");
}
