import { Envelopes } from "../../src/delivery/sns/envelope/envelopes.ts";
import { linkBaseOf } from "../../src/delivery/sns/envelope/links.ts";
import type { Signer } from "../../src/delivery/sns/signature/signing.ts";
import type { ConfirmationDelivery, NotificationDelivery, PublishingTopic } from "../../src/engine/topic/delivery.ts";
import { type NewNotification, Notification } from "../../src/engine/topic/notification.ts";
import type { TopicSettings } from "../../src/engine/topic/settings.ts";
import { Subscription } from "../../src/engine/topic/subscription/subscription.ts";
import type { SubscriptionProtocol } from "../../src/engine/topic/subscription/subscription-protocol.ts";
import { scopeOf } from "../../src/kernel/scope.ts";

export const TOPIC_ARN = "arn:aws:sns:us-east-1:123456789012:orders";
export const ORIGIN = "http://localhost:4566";
export const MESSAGE_ID = "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324";
/** 2012-05-02T00:54:06.655Z, the instant of the guide's example. */
export const PUBLISHED_AT = 1_335_920_046_655;

const standardSettings: TopicSettings = {
  isFifo: false,
  contentBasedDeduplication: false,
  deduplicationScope: "topic",
  signatureVersion: "1",
  maxMessageBytes: 262_144,
  archiveRetentionMs: undefined,
  deliveryPolicy: undefined,
  displayName: "",
};

/** A topic that publishes; `dataProtectionPolicy` as a text. */
export function aTopic(
  settings: Partial<TopicSettings> = {},
  { region = "us-east-1", dataProtectionPolicy }: { region?: string; dataProtectionPolicy?: string } = {},
): PublishingTopic {
  return {
    name: "orders",
    arn: TOPIC_ARN.replace("us-east-1", region),
    scope: scopeOf("123456789012", region),
    definition: {
      settings: { ...standardSettings, ...settings },
      attributes: {},
      tags: {},
      dataProtectionPolicy,
    },
  };
}

export function aSubscription(
  protocol: SubscriptionProtocol = "sqs",
  id = "1",
  principal = "arn:aws:iam::123456789012:root",
) {
  const identity = { arn: `${TOPIC_ARN}:${id}`, topicArn: TOPIC_ARN, createdAt: 0, token: "", tokenEndsAt: 0 };
  const settings = { isRaw: false, filterPolicy: undefined, deadLetterTargetArn: undefined, deliveryPolicy: undefined };
  return new Subscription(identity, {
    protocol,
    endpoint: "endpoint",
    owner: "123456789012",
    principal,
    isConfirmed: true,
    settings,
    attributes: {},
  });
}

export function aNotification(
  content: Partial<NewNotification> = {},
  identity: Partial<Notification> = {},
): Notification {
  const standard = { id: MESSAGE_ID, sequenceNumber: undefined, publishedAt: PUBLISHED_AT };
  return new Notification({ ...standard, ...identity }, { message: "Hello", origin: ORIGIN, ...content });
}

export function aDelivery(parts: Partial<NotificationDelivery> = {}): NotificationDelivery {
  return {
    type: "Notification",
    topic: parts.topic ?? aTopic(),
    subscription: parts.subscription ?? aSubscription(),
    notification: parts.notification ?? aNotification(),
    isFromArchive: parts.isFromArchive ?? false,
  };
}

export function aConfirmation(parts: Partial<ConfirmationDelivery> = {}): ConfirmationDelivery {
  return {
    type: "SubscriptionConfirmation",
    topic: aTopic(),
    subscription: aSubscription("http"),
    id: MESSAGE_ID,
    token: "2336412f37",
    sentAt: PUBLISHED_AT,
    origin: ORIGIN,
    ...parts,
  };
}

/** Numbers its signatures, and remembers what it signed. */
export class FakeSigner implements Signer {
  readonly signed: string[] = [];

  sign(text: string, version: string): string {
    this.signed.push(text);
    return `v${version}#${this.signed.length}`;
  }

  certificatePath(region: string): string {
    return `/SimpleNotificationService-${region}.pem`;
  }
}

/** Envelopes whose signatures are fakes, with what was signed. */
export function fakeEnvelopes(snsUrl?: string) {
  const signer = new FakeSigner();
  return { envelopes: new Envelopes({ signer, linkBase: linkBaseOf(snsUrl) }), signer };
}
