import type { SubscriptionProtocol } from "../../../engine/topic/notification.ts";
import { parseArn } from "../../../kernel/arn.ts";

/** Protocols whose endpoints are asked whether they want a subscription, and whether they meant to lose it. */
const ASKED: readonly SubscriptionProtocol[] = ["http", "https", "email", "email-json", "sqs"];

export function isAsked(protocol: SubscriptionProtocol): boolean {
  return ASKED.includes(protocol);
}

/** Whether a subscription that the account makes needs nobody's consent. AWS: that to a queue needs its owner's. */
export function isConfirmedAtOnce(protocol: SubscriptionProtocol, endpoint: string, account: string): boolean {
  if (protocol === "sqs") return parseArn(endpoint)?.account === account;
  return !isAsked(protocol);
}
