import type { PushNotification } from "../../engine/mobile/platform-endpoint.ts";
import type { TextMessage } from "../../engine/sms/text-message.ts";
import { charactersOfAttributes } from "../../engine/topic/notification.ts";
import type { SubscriptionProtocol } from "../../engine/topic/subscription/subscription-protocol.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { OutboxAddress, OutboxStore } from "../target/outbox-store.ts";
import { pushContent, smsContent } from "./outbox-content.ts";

/** What is published straight to its receiver, without a topic: text messages and push notifications. */
export class DirectMessages {
  readonly #store: OutboxStore;

  constructor(store: OutboxStore) {
    this.#store = store;
  }

  /** Sends a text message that was published to a phone number. */
  sendSms(message: TextMessage): void {
    if (message.isOptedOut) return;
    const { id, scope, to, sentAt: at, text, attributes } = message;
    const characters = text.length + charactersOfAttributes(attributes);
    const content = smsContent(message);
    const address = directAddress(scope, { messageId: id, protocol: "sms", to });
    this.#store.keep({ at, address, characters, content: () => content });
  }

  /** Sends a push notification that was published to an endpoint. */
  push(message: PushNotification): void {
    const { id, scope, endpoint, sentAt: at, payload, attributes } = message;
    const characters = payload.length + charactersOfAttributes(attributes);
    const content = pushContent(message);
    const address = directAddress(scope, { messageId: id, protocol: "application", to: endpoint.arn });
    this.#store.keep({ at, address, characters, content: () => content });
  }
}

function directAddress(
  { account, region }: Scope,
  rest: Pick<OutboxAddress, "messageId" | "to"> & { readonly protocol: SubscriptionProtocol },
): OutboxAddress {
  return { account, region, type: "Notification", ...rest };
}
