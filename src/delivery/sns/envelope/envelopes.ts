import type { SharedText } from "../../../engine/queue/message.ts";
import type { ConfirmationDelivery, Delivery, NotificationDelivery } from "../../../engine/topic/delivery.ts";
import type { DeferredText } from "../../transport/job.ts";

/** A mail as a subscriber finds it. */
export interface Email {
  /** The topic's display name and AWS's address: `Orders <no-reply@sns.amazonaws.com>`. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

/** What a mail holds: text for people, or the JSON envelope. */
export type MailFormat = "text" | "json";

/** The texts in which a delivery reaches its endpoint. Raw delivery needs none: its text is the message. */
export interface Envelopes {
  /** The JSON document for queues and HTTP endpoints, made and signed once somebody reads it. Ask in the turn of the publish. */
  notification(delivery: NotificationDelivery): DeferredText;
  /** The same for whichever subscription reads it, by its ARN. */
  sharedNotification(delivery: NotificationDelivery): SharedText;
  /** The JSON document that asks an HTTP endpoint, or a queue of another account, to confirm. */
  confirmation(delivery: ConfirmationDelivery): string;
  /** The event a function is invoked with. */
  lambdaEvent(delivery: NotificationDelivery): string;
  /** One line of compact JSON, without its line feed. */
  firehoseRecord(delivery: NotificationDelivery): string;
  /** A notification or a confirmation by mail. */
  email(delivery: Delivery, format: MailFormat): Email;
  /** The message behind the topic's display name. */
  sms(delivery: NotificationDelivery): string;
}
