import type { PlatformEndpoint } from "../../engine/mobile/platform-endpoint.ts";
import type { PublishingTopic } from "../../engine/topic/delivery.ts";
import type { NewNotification } from "../../engine/topic/notification.ts";
import type { MessageAttributes } from "../../kernel/message-attribute.ts";
import type { Scope } from "../../kernel/scope.ts";

/** A text message that was published straight to a phone number, or that carries a one-time password. */
export interface TextMessage {
  readonly id: string;
  readonly scope: Scope;
  /** The phone number. */
  readonly to: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** What the receiver sees instead of a number, where one is set. */
  readonly senderId: string | undefined;
  readonly smsType: string;
  readonly attributes: MessageAttributes | undefined;
  /** Whether the receiver has opted out: the message is accepted and goes nowhere. */
  readonly isOptedOut: boolean;
}

/** A message that was published straight to a platform endpoint. */
export interface PushNotification {
  readonly id: string;
  readonly scope: Scope;
  readonly endpoint: PlatformEndpoint;
  /** The platform's own document when the message has one for it; plain text otherwise. */
  readonly payload: string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes | undefined;
  /** Epoch milliseconds. */
  readonly sentAt: number;
}

/** Takes a text message. Never throws and never waits. */
export type SendSms = (message: TextMessage) => void;

/** Takes a push notification. Never throws and never waits. */
export type Push = (notification: PushNotification) => void;

/**
 * What a topic's data protection policy makes of a message that the principal publishes: the content to go on with, or
 * `denied`. Only asked when the topic has a policy.
 */
export type Protect = (
  topic: PublishingTopic,
  content: NewNotification,
  principal: string,
) => NewNotification | "denied";

/** What leaves the service, and what it asks of others. */
export interface SnsPorts {
  readonly sendSms: SendSms;
  readonly push: Push;
  readonly protect: Protect;
}
