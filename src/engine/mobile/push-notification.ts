import type { MessageAttributes } from "../../kernel/message-attribute.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { PlatformEndpoint } from "./platform-endpoint.ts";

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

/** Takes a push notification. Never throws and never waits. */
export type Push = (notification: PushNotification) => void;
