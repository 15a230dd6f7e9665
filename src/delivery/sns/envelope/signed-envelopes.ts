import type { SharedText } from "../../../engine/queue/message.ts";
import type { ConfirmationDelivery, Delivery, NotificationDelivery } from "../../../engine/topic/delivery.ts";
import type { Notification } from "../../../engine/topic/notification.ts";
import type { DeferredText } from "../../transport/pending-delivery.ts";
import { confirmationOf } from "./confirmation.ts";
import { confirmationMail, notificationMail, senderOf, subjectOf } from "./email.ts";
import type { Email, Envelopes } from "./envelopes.ts";
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
    return this.#renderingOf(delivery);
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

  email(delivery: Delivery): Email {
    const from = senderOf(delivery.topic.definition.settings.displayName);
    const text = delivery.type === "Notification" ? this.#notificationMail(delivery) : this.#confirmationMail(delivery);
    return { from, subject: subjectOf(delivery), text };
  }

  sms({ topic, notification }: NotificationDelivery): string {
    const { displayName } = topic.definition.settings;
    const message = notification.messageFor("sms");
    return displayName === "" ? message : `${displayName.toUpperCase()}> ${message}`;
  }

  #notificationMail(delivery: NotificationDelivery): string {
    const { arn, protocol } = delivery.subscription;
    const rendering = this.#renderingOf(delivery);
    return protocol === "email-json" ? rendering.textFor(arn) : notificationMail(rendering, arn);
  }

  #confirmationMail(delivery: ConfirmationDelivery): string {
    if (delivery.subscription.protocol === "email-json") return this.confirmation(delivery);
    return confirmationMail(delivery, this.#deps.linkBase(delivery.origin, delivery.topic.scope.region));
  }

  #renderingOf(delivery: NotificationDelivery): Rendering {
    const { notification, subscription } = delivery;
    let rendering = this.#last;
    if (!rendering?.fits(delivery)) rendering = this.#kept.get(notification);
    if (!rendering?.fits(delivery)) rendering = new Rendering(this.#deps, delivery);
    if (subscription.protocol !== "sqs") this.#kept.set(notification, rendering);
    this.#last = rendering;
    return rendering;
  }
}
