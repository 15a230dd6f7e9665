import type { ArchiveRange } from "../../../engine/topic/archive.ts";
import type { SubscriptionProtocol } from "../../../engine/topic/subscription/subscription-protocol.ts";
import type { Topic } from "../../../engine/topic/topic.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { parseJsonObject } from "../../../kernel/json/json-object.ts";
import { parseIso8601 } from "../../../kernel/time/iso8601.ts";
import { attributeObject } from "../attribute-values.ts";
import type { Refusal } from "../refusal.ts";

const TARGET = "deadLetterTargetArn";

/** A RedrivePolicy's text, unchanged. Refuses what names no dead-letter queue the subscription can have. */
export function checkRedrivePolicy(text: string, { topic, endpoint, refusal }: SubscriptionSubject): string {
  const refuse = (reason: string): never => refusal.value(`RedrivePolicy: ${reason}`);
  const policy = attributeObject("RedrivePolicy", text, refusal);
  const unknown = Object.keys(policy).find((name) => name !== TARGET);
  if (unknown !== undefined) refuse(`invalid JSON. Attribute ${unknown} is unknown.`);
  const target = policy[TARGET] ?? refuse(`Missing ${TARGET} attribute`);
  const arn = typeof target === "string" ? parseArn(target) : undefined;
  if (arn === undefined) return refuse(`${TARGET} is an invalid arn`);
  if (arn.service !== "sqs") refuse(`${TARGET} must be a SQS queue`);
  if (arn.region !== topic.scope.region) refuse(`${TARGET} must be in the same region as the subscription`);
  const { isFifo } = topic.definition.settings;
  const isFifoQueue = arn.resource.endsWith(".fifo");
  if (isFifo && endpoint.endsWith(".fifo") && !isFifoQueue) {
    refuse("must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.");
  }
  // GAP: AWS wants a standard queue here; its words are not known.
  if (!isFifo && isFifoQueue) refuse("must use a standard queue as DLQ for a Subscription to a standard Topic.");
  return text;
}

/** The dead-letter queue a policy that was checked names. */
export function deadLetterTargetOf(text: string | undefined): string | undefined {
  const target = parseJsonObject(text)?.[TARGET];
  return typeof target === "string" ? target : undefined;
}

/** A ReplayPolicy's text, unchanged. Refuses what asks for no part of an archive. */
export function checkReplayPolicy(text: string, refusal: Refusal): string {
  const refuse = (reason: string): never => refusal.value(`ReplayPolicy: ${reason}`);
  const policy = parseJsonObject(text) ?? refuse("Unable to parse JSON");
  if (policy.PointType === undefined || policy.StartingPoint === undefined) refuse("JSON is missing required fields");
  if (policy.PointType !== "Timestamp") refuse("Invalid PointType");
  const start = instantOf(policy.StartingPoint) ?? refuse("Invalid StartingPoint value");
  if (policy.EndingPoint === undefined) return text;
  const end = instantOf(policy.EndingPoint) ?? refuse("Invalid EndingPoint value");
  if (end <= start) refuse("Invalid EndingPoint value");
  return text;
}

/** What a policy that was checked asks for. */
export function archiveRangeOf(text: string | undefined): ArchiveRange | undefined {
  const policy = parseJsonObject(text);
  const startingPoint = instantOf(policy?.StartingPoint);
  if (startingPoint === undefined) return undefined;
  return { startingPoint, endingPoint: instantOf(policy?.EndingPoint) };
}

function instantOf(value: unknown): number | undefined {
  return typeof value === "string" ? parseIso8601(value) : undefined;
}

/** The subscription whose attributes are being set; it may not exist yet. */
export interface SubscriptionSubject {
  readonly topic: Topic;
  readonly protocol: SubscriptionProtocol;
  readonly endpoint: string;
  readonly refusal: Refusal;
}
