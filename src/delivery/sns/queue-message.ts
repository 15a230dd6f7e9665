import { MOST_ATTRIBUTES } from "../../engine/queue/limits.ts";
import type { NewMessage } from "../../engine/queue/message.ts";
import type { ConfirmationDelivery, Delivery, NotificationDelivery } from "../../engine/topic/delivery.ts";
import type { Notification } from "../../engine/topic/notification.ts";
import { protocolTraits } from "../../engine/topic/subscription/subscription-protocol.ts";
import { forbiddenCharacter } from "../../kernel/control-characters.ts";
import type { MessageAttributes } from "../../kernel/message-attribute.ts";
import type { QueuePayload } from "../target/queue.ts";
import { type Failure, refused } from "../transport/attempt.ts";
import type { Envelopes } from "./envelope/envelopes.ts";

/** Who SNS is to a queue. Seen in messages of many accounts. */
const SNS_SENDER_ID = "AIDAIT2UOQQY3AUEKVGXU";

const NOT_FIFO = refused("A FIFO queue takes messages of FIFO topics only");
const EMPTY = refused("A queue takes no empty message");
const TOO_MANY_ATTRIBUTES = refused(`A raw message has at most ${MOST_ATTRIBUTES} attributes`);

/** What queues that get the same of a notification get, and what that depends on. */
interface Shared {
  readonly notification: Notification;
  readonly isFifo: boolean;
  readonly isGrouped: boolean;
  readonly body: NewMessage["body"];
  /** What a queue gets, or why it does not take it. */
  readonly message: NewMessage | Failure;
}

/**
 * What queues get of notifications, as subscribers or in a subscriber's stead. What is the same for several of them is one
 * object, which all keep: the deliveries of a publish come one after another, so the latest is the one to share.
 */
export class QueueMessages {
  readonly #envelopes: Envelopes;
  #latest: Shared | undefined;

  constructor(envelopes: Envelopes) {
    this.#envelopes = envelopes;
  }

  /** What a queue gets of a notification, or why it takes nothing of it. */
  ofNotification(delivery: NotificationDelivery, isFifo: boolean): NewMessage | Failure {
    const { notification, subscription } = delivery;
    const { isRaw } = subscription.settings;
    const body = isRaw ? notification.messageFor(subscription.protocol) : this.#envelopes.sharedNotification(delivery);
    // AWS: a standard topic hands the group on, though only to standard queues; a FIFO topic keeps it from those.
    const isGrouped =
      isFifo || (protocolTraits[subscription.protocol].isQueue && notification.sequenceNumber === undefined);
    const latest = this.#latest;
    const isShared = latest?.notification === notification && latest.body === body;
    if (isShared && latest.isFifo === isFifo && latest.isGrouped === isGrouped) return latest.message;
    const { attributes, groupId, deduplicationId, traceHeader } = notification;
    const message = (isRaw && flawOf(body, attributes)) || {
      body,
      senderId: SNS_SENDER_ID,
      attributes: isRaw ? attributes : undefined,
      groupId: isGrouped ? groupId : undefined,
      deduplicationId: isFifo ? deduplicationId : undefined,
      traceHeader,
    };
    this.#latest = { notification, isFifo, isGrouped, body, message };
    return message;
  }

  /** What a queue of another account gets to confirm. A FIFO queue wants ids; AWS does not say which it gets. */
  ofConfirmation(delivery: ConfirmationDelivery, isFifo: boolean): NewMessage {
    const ids = isFifo ? { groupId: delivery.type, deduplicationId: delivery.id } : {};
    return { body: this.#envelopes.confirmation(delivery), senderId: SNS_SENDER_ID, ...ids };
  }
}

/** For whom the envelope is made in which a queue gets a delivery; undefined where it gets none, or one of its own. */
export function readerOf({ type, subscription }: Delivery): string | undefined {
  return type === "Notification" && !subscription.settings.isRaw ? subscription.arn : undefined;
}

/** What a subscribed queue gets. One is made for each delivery, so it has no functions of its own. */
export class SubscriberPayload implements QueuePayload {
  readonly #delivery: Delivery;
  readonly #messages: QueueMessages;

  constructor(delivery: Delivery, messages: QueueMessages) {
    this.#delivery = delivery;
    this.#messages = messages;
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
    if (delivery.type !== "Notification") return this.#messages.ofConfirmation(delivery, isFifo);
    if (isFifo && delivery.notification.sequenceNumber === undefined) return NOT_FIFO;
    if (hasTooManyAttributes(delivery)) return TOO_MANY_ATTRIBUTES;
    return this.#messages.ofNotification(delivery, isFifo);
  }
}

/** Why a queue does not take a raw message, which SendMessage would refuse. GAP: what AWS does with one is not known. */
function flawOf(body: NewMessage["body"], attributes: MessageAttributes | undefined): Failure | undefined {
  if (typeof body !== "string") return undefined;
  if (body === "") return EMPTY;
  const forbidden = forbiddenCharacter(body) ?? forbiddenInAttributes(attributes);
  return forbidden === undefined ? undefined : refused(`A queue takes no message with the character ${forbidden}`);
}

function forbiddenInAttributes(attributes: MessageAttributes | undefined): string | undefined {
  for (const name in attributes) {
    const { dataType = "", value } = attributes[name] ?? {};
    const inValue = typeof value === "string" ? forbiddenCharacter(value) : undefined;
    const forbidden = forbiddenCharacter(dataType) ?? inValue;
    if (forbidden !== undefined) return forbidden;
  }
  return undefined;
}

/** A raw message has the attributes of the notification, and a queue takes so many. SNS guide, raw message delivery. */
function hasTooManyAttributes({ subscription, notification }: NotificationDelivery): boolean {
  const { attributes } = notification;
  if (attributes === undefined || !subscription.settings.isRaw) return false;
  return Object.keys(attributes).length > MOST_ATTRIBUTES;
}
