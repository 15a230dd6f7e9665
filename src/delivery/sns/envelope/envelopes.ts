import type { SharedText } from "../../../engine/queue/message.ts";
import type { ConfirmationDelivery, Delivery, NotificationDelivery } from "../../../engine/topic/delivery.ts";
import type { Notification } from "../../../engine/topic/notification.ts";
import type { DeferredText } from "../../transport/job.ts";
import { confirmationOf } from "./confirmation.ts";
import { confirmationMail, notificationMail, senderOf, subjectOf } from "./email.ts";
import { firehoseRecordOf } from "./firehose-record.ts";
import { lambdaEventOf } from "./lambda-event.ts";
import { Rendering, type RenderingDeps } from "./rendering.ts";

/** A mail as a subscriber finds it. */
interface Email {
  /** The topic's display name and AWS's address: `Orders <no-reply@sns.amazonaws.com>`. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

/** What a mail holds: text for people, or the JSON envelope. */
export type MailFormat = "text" | "json";

/**
 * The texts in which a delivery reaches its endpoint, with signatures that AWS's validators accept. Raw delivery needs
 * none: its text is the message.
 */
export class Envelopes {
  readonly #deps: RenderingDeps;
  /** The deliveries of a publish come one after another, so the last rendering is the one to share. */
  #last: Rendering | undefined;
  /** Those that may be asked for again, by retries. A queue takes its envelope along and never asks again. */
  readonly #kept = new WeakMap<Notification, Rendering>();

  constructor(deps: RenderingDeps) {
    this.#deps = deps;
  }

  /** The JSON document for queues and HTTP endpoints, made and signed once somebody reads it. Ask in the turn of the publish. */
  notification(delivery: NotificationDelivery): DeferredText {
    const rendering = this.#renderingOf(delivery);
    const { arn } = delivery.subscription;
    return {
      get text() {
        return rendering.textFor(arn);
      },
    };
  }

  /** The same for whichever subscription reads it, by its ARN. */
  sharedNotification(delivery: NotificationDelivery): SharedText {
    const rendering = this.#find(delivery);
    this.#last = rendering;
    return rendering;
  }

  /** The JSON document that asks an HTTP endpoint, or a queue of another account, to confirm. */
  confirmation(delivery: ConfirmationDelivery): string {
    return confirmationOf(this.#deps, delivery);
  }

  /** The event a function is invoked with. */
  lambdaEvent(delivery: NotificationDelivery): string {
    return lambdaEventOf(this.#renderingOf(delivery), delivery.subscription.arn);
  }

  /** One line of compact JSON, without its line feed. */
  firehoseRecord(delivery: NotificationDelivery): string {
    return firehoseRecordOf(this.#renderingOf(delivery), delivery.subscription.arn);
  }

  /** A notification or a confirmation by mail. */
  email(delivery: Delivery, format: MailFormat): Email {
    const from = senderOf(delivery.topic.definition.settings.displayName);
    const text =
      delivery.type === "Notification"
        ? this.#notificationMail(delivery, format)
        : this.#confirmationMail(delivery, format);
    return { from, subject: subjectOf(delivery), text };
  }

  /** The message behind the topic's display name. */
  sms({ topic, subscription, notification }: NotificationDelivery): string {
    const { displayName } = topic.definition.settings;
    const message = notification.messageFor(subscription.protocol);
    return displayName === "" ? message : `${displayName.toUpperCase()}> ${message}`;
  }

  #notificationMail(delivery: NotificationDelivery, format: MailFormat): string {
    const { arn } = delivery.subscription;
    const rendering = this.#renderingOf(delivery);
    return format === "json" ? rendering.textFor(arn) : notificationMail(rendering, arn);
  }

  #confirmationMail(delivery: ConfirmationDelivery, format: MailFormat): string {
    if (format === "json") return this.confirmation(delivery);
    return confirmationMail(delivery, this.#deps.linkBase(delivery.origin, delivery.topic.scope.region));
  }

  #renderingOf(delivery: NotificationDelivery): Rendering {
    const rendering = this.#find(delivery);
    this.#kept.set(delivery.notification, rendering);
    this.#last = rendering;
    return rendering;
  }

  /** The rendering there is, or a new one. */
  #find(delivery: NotificationDelivery): Rendering {
    if (this.#last?.fits(delivery)) return this.#last;
    const kept = this.#kept.get(delivery.notification);
    return kept?.fits(delivery) ? kept : new Rendering(this.#deps, delivery);
  }
}
