import type { PushNotification } from "../../engine/mobile/push-notification.ts";
import type { TextMessage } from "../../engine/sms/text-message.ts";
import type { Delivery } from "../../engine/topic/delivery.ts";
import { charactersOfAttributes } from "../../engine/topic/notification.ts";
import { formatIso8601 } from "../../kernel/iso8601.ts";
import type { Scope } from "../../kernel/scope.ts";
import { type AccountRingLimits, AccountRings } from "../transport/account-rings.ts";
import { pushContent, smsContent } from "./outbox-content.ts";
import type { OutboxAddress, OutboxContent, OutboxMessage } from "./outbox-message.ts";

/** Which messages are wanted: those that meet all conditions given. */
interface OutboxQuery {
  readonly account?: string | undefined;
  readonly protocol?: string | undefined;
  readonly to?: string | undefined;
}

interface StoredMessage {
  /** Places it among the messages of all accounts. */
  readonly order: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly address: OutboxAddress;
  readonly characters: number;
  /** Makes the content each time, or answers with the one there is. */
  readonly content: () => OutboxContent;
}

const MEBI = 1024 * 1024;
/** Characters are those of the messages as published. */
const LIMITS: AccountRingLimits = {
  each: { items: 1000, characters: 16 * MEBI },
  all: { items: 10_000, characters: 64 * MEBI },
};

/** What would have left this machine: mails, text messages, push notifications, records and events of each account. */
export class OutboxStore {
  readonly #kept: AccountRings<StoredMessage>;
  #order = 0;

  constructor(limits: AccountRingLimits = LIMITS) {
    this.#kept = new AccountRings(limits, ({ characters }) => characters);
  }

  /** Keeps what a topic sent. Content that has to be signed is better made when it is looked at. */
  keep(delivery: Delivery, content: () => OutboxContent): void {
    const { topic, subscription, type } = delivery;
    const isNotification = delivery.type === "Notification";
    const address: OutboxAddress = {
      account: topic.scope.account,
      region: topic.scope.region,
      protocol: subscription.protocol,
      to: subscription.endpoint,
      type,
      messageId: isNotification ? delivery.notification.id : delivery.id,
      topicArn: topic.arn,
      subscriptionArn: subscription.arn,
    };
    const at = isNotification ? delivery.notification.publishedAt : delivery.sentAt;
    const characters = isNotification ? delivery.notification.characters : 0;
    this.#kept.push(address.account, { order: this.#order++, at, address, characters, content });
  }

  /** Keeps a text message that was published to a phone number. */
  sendSms(message: TextMessage): void {
    if (message.isOptedOut) return;
    const { id, scope, to, sentAt: at, text, attributes } = message;
    const characters = text.length + charactersOfAttributes(attributes);
    const content = smsContent(message);
    const address = directAddress(scope, { messageId: id, protocol: "sms", to });
    this.#kept.push(address.account, { order: this.#order++, at, address, characters, content: () => content });
  }

  /** Keeps a push notification that was published to an endpoint. */
  push(message: PushNotification): void {
    const { id, scope, endpoint, sentAt: at, payload, attributes } = message;
    const characters = payload.length + charactersOfAttributes(attributes);
    const content = pushContent(message);
    const address = directAddress(scope, { messageId: id, protocol: "application", to: endpoint.arn });
    this.#kept.push(address.account, { order: this.#order++, at, address, characters, content: () => content });
  }

  /** The messages kept, oldest first. */
  messages({ account, protocol, to }: OutboxQuery): OutboxMessage[] {
    return [...this.#kept.entries(account)]
      .flatMap(([, messages]) => [...messages])
      .filter(({ address }) => protocol === undefined || address.protocol === protocol)
      .filter(({ address }) => to === undefined || address.to === to)
      .sort((a, b) => a.order - b.order)
      .map(({ at, address, content }) => ({ time: formatIso8601(at), ...address, ...content() }));
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    this.#kept.reset(account);
  }
}

function directAddress(
  { account, region }: Scope,
  rest: Pick<OutboxAddress, "messageId" | "protocol" | "to">,
): OutboxAddress {
  return { account, region, type: "Notification", ...rest };
}
