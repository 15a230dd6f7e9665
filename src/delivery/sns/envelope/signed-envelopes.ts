import type { SharedText } from "../../../engine/queue/message.ts";
import type { ConfirmationDelivery, Delivery, NotificationDelivery } from "../../../engine/topic/delivery.ts";
import type { Notification } from "../../../engine/topic/notification.ts";
import type { DeferredText } from "../../transport/job.ts";
import { confirmationOf } from "./confirmation.ts";
import { confirmationMail, notificationMail, senderOf, subjectOf } from "./email.ts";
import type { Email, Envelopes, MailFormat } from "./envelopes.ts";
import { firehoseRecordOf } from "./firehose-record.ts";
import { lambdaEventOf } from "./lambda-event.ts";
import { Rendering, type RenderingDeps } from "./rendering.ts";

/** Envelopes with signatures that AWS's validators accept. */
export class SignedEnvelopes implements Envelopes {
  readonly #deps: RenderingDeps;
  /** The deliveries of a publish come one after another, so the last rendering is the one to share. */
  #last: Rendering | undefined;
  /** Those that may be asked for again, by retries. A queue takes its envelope along and never asks again. */
  readonly #kept = new WeakMap<Notification, Rendering>();

  constructor(deps: RenderingDeps) {
    this.#deps = deps;
  }

  notification(delivery: NotificationDelivery): DeferredText {
    const rendering = this.#renderingOf(delivery);
    const { arn } = delivery.subscription;
    return {
      get text() {
        return rendering.textFor(arn);
      },
    };
  }

  sharedNotification(delivery: NotificationDelivery): SharedText {
    const rendering = this.#find(delivery);
    this.#last = rendering;
    return rendering;
  }

  confirmation(delivery: ConfirmationDelivery): string {
    return confirmationOf(this.#deps, delivery);
  }

  lambdaEvent(delivery: NotificationDelivery): string {
    return lambdaEventOf(this.#renderingOf(delivery), delivery.subscription.arn);
  }

  firehoseRecord(delivery: NotificationDelivery): string {
    return firehoseRecordOf(this.#renderingOf(delivery), delivery.subscription.arn);
  }

  email(delivery: Delivery, format: MailFormat): Email {
    const from = senderOf(delivery.topic.definition.settings.displayName);
    const text =
      delivery.type === "Notification"
        ? this.#notificationMail(delivery, format)
        : this.#confirmationMail(delivery, format);
    return { from, subject: subjectOf(delivery), text };
  }

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
