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

/** Takes a text message. Never throws and never waits. */
export type SendSms = (message: TextMessage) => void;

/** What can happen to the text messaging of an account and region. Instants in epoch milliseconds. */
export type SmsEvent = { readonly at: number } & (
  | { readonly type: "configured"; readonly attributes: Readonly<Record<string, string>> }
  | { readonly type: "optedOut"; readonly number: string }
  | { readonly type: "optedIn"; readonly number: string }
  | { readonly type: "sandboxNumberAdded"; readonly number: string; readonly oneTimePassword: string }
  | { readonly type: "sandboxNumberVerified"; readonly number: string }
  | { readonly type: "sandboxNumberDeleted"; readonly number: string }
  | { readonly type: "smsReset" }
);
