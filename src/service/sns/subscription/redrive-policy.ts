import { parseArn } from "../../../kernel/arn.ts";
import { parseJsonObject } from "../../../kernel/json-object.ts";
import { attributeObject } from "../attribute-json.ts";
import type { SubscriptionSubject } from "./subscription-subject.ts";

const TARGET = "deadLetterTargetArn";

/** A RedrivePolicy's text, unchanged. Refuses what names no dead-letter queue the subscription can have. */
export function checkRedrivePolicy(text: string, { topic, endpoint, refusal }: SubscriptionSubject): string {
  const refuse = (reason: string): never => refusal.value(`RedrivePolicy: ${reason}`);
  const policy = attributeObject("RedrivePolicy", text, refusal);
  const unknown = Object.keys(policy).find((name) => name !== TARGET);
  if (unknown !== undefined) refuse(`invalid JSON. Attribute ${unknown} is unknown.`);
  const target = policy[TARGET];
  const arn = typeof target === "string" ? parseArn(target) : undefined;
  if (arn?.service !== "sqs") return refuse(`${TARGET} is an invalid arn`);
  const isFifo = topic.definition.settings.isFifo && endpoint.endsWith(".fifo");
  if (isFifo && !arn.resource.endsWith(".fifo")) {
    refuse("must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.");
  }
  return text;
}

/** The dead-letter queue a policy that was checked names. */
export function deadLetterTargetOf(text: string | undefined): string | undefined {
  const target = parseJsonObject(text)?.[TARGET];
  return typeof target === "string" ? target : undefined;
}
