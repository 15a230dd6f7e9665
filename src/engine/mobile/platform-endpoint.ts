import type { MessageAttributes } from "../../kernel/message-attribute.ts";
import type { Scope } from "../../kernel/scope.ts";

/** A device, or an application on one, that a push service can reach. */
export interface PlatformEndpoint {
  readonly arn: string;
  readonly applicationArn: string;
  /** In AWS's spelling: `GCM`, `APNS_SANDBOX`. */
  readonly platform: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly settings: EndpointSettings;
}

/** What can be set of an endpoint. */
export interface EndpointSettings {
  /** What the push service knows the device by. */
  readonly token: string;
  readonly isEnabled: boolean;
  readonly customUserData: string | undefined;
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

/** Takes a push notification. Never throws and never waits. */
export type Push = (notification: PushNotification) => void;
