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
