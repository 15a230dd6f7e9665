import type { SmsDirectory } from "../../engine/sms/sms-directory.ts";
import type { Delivery, NotificationDelivery } from "../../engine/topic/delivery.ts";
import type { Envelopes } from "../sns/envelope/envelopes.ts";
import { type DeliveryEvents, delivered, type Failure, refused } from "../transport/attempt.ts";
import { eventContent, mailContent, recordContent, smsContent } from "./outbox-content.ts";
import type { OutboxContent } from "./outbox-message.ts";
import type { OutboxStore } from "./outbox-store.ts";
import { PushService, type PushServiceDeps } from "./push-service.ts";

const DELIVERED = delivered();
const OPTED_OUT = refused("The phone number has opted out");

interface LocalDeps extends PushServiceDeps {
  readonly store: OutboxStore;
  readonly sms: Pick<SmsDirectory, "in">;
  readonly envelopes: Envelopes;
  readonly events: DeliveryEvents;
}

/** Subscriptions of receivers that nothing here can reach: what they would have got is kept for inspection. */
export class LocalTransport {
  readonly #deps: LocalDeps;
  readonly #pushService: PushService;

  constructor(deps: LocalDeps) {
    this.#deps = deps;
    this.#pushService = new PushService(deps);
  }

  deliver(delivery: Delivery): void {
    const { store, events } = this.#deps;
    const content = this.#contentOf(delivery);
    if ("reason" in content) return events.failed(delivery, 1, content);
    store.keep(delivery, content);
    events.delivered(delivery, 1, DELIVERED);
  }

  /** Signing takes long, so what has to be signed is made when somebody looks; the rest is made as it is now. */
  #contentOf(delivery: Delivery): (() => OutboxContent) | Failure {
    const { envelopes } = this.#deps;
    const { protocol } = delivery.subscription;
    if (delivery.type !== "Notification" || protocol === "email-json") return () => mailContent(delivery, envelopes);
    if (protocol === "lambda") return () => eventContent(delivery, envelopes);
    const content = this.#notificationContent(delivery);
    return "reason" in content ? content : () => content;
  }

  #notificationContent(delivery: NotificationDelivery): OutboxContent | Failure {
    const { envelopes } = this.#deps;
    switch (delivery.subscription.protocol) {
      case "sms":
        return this.#textMessage(delivery);
      case "application":
        return this.#pushService.contentFor(delivery);
      case "firehose":
        return recordContent(delivery, envelopes);
      default:
        return mailContent(delivery, envelopes);
    }
  }

  #textMessage(delivery: NotificationDelivery): OutboxContent | Failure {
    const { sms, envelopes } = this.#deps;
    const account = sms.in(delivery.topic.scope);
    if (account.hasOptedOut(delivery.subscription.endpoint)) return OPTED_OUT;
    const { attributes } = delivery.notification.content;
    return smsContent({
      text: envelopes.sms(delivery),
      senderId: textOf(attributes?.["AWS.SNS.SMS.SenderID"]) ?? account.attributes.DefaultSenderID,
      smsType: textOf(attributes?.["AWS.SNS.SMS.SMSType"]) ?? account.attributes.DefaultSMSType ?? "Promotional",
      attributes,
    });
  }
}

function textOf(attribute: { readonly value: string | Uint8Array } | undefined): string | undefined {
  return typeof attribute?.value === "string" ? attribute.value : undefined;
}
