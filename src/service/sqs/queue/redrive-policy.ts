import type { Queue } from "../../../engine/queue/queue.ts";
import type { Redrive } from "../../../engine/queue/settings.ts";
import { parseArn, scopeOfArn } from "../../../kernel/arn.ts";
import { type JsonObject, parseJsonObject } from "../../../kernel/json/json-object.ts";
import { InvalidAttributeValue, invalidValue } from "../errors.ts";
import type { AttributeSubject } from "./attribute-subject.ts";
import { permitsSource } from "./redrive-allow-policy.ts";

const MAX_RECEIVE_COUNT = 1000;

/**
 * The policy as it is shown: compact, the count a number however it was sent, as AWS was observed to do. Throws
 * InvalidParameterValue unless the queue can have it, and InvalidAttributeValue for what is no JSON object.
 */
export function checkRedrivePolicy(text: string, subject: AttributeSubject): string {
  const refuse = (reason: string): never => {
    throw invalidValue("RedrivePolicy", text, reason);
  };
  const policy = parseJsonObject(text);
  if (policy === undefined) throw new InvalidAttributeValue("RedrivePolicy", "Redrive policy is not a valid JSON map.");
  for (const name of ["maxReceiveCount", "deadLetterTargetArn"]) {
    if (policy[name] === undefined) refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
  }
  const arn = policy.deadLetterTargetArn;
  const named = typeof arn === "string" ? parseArn(arn) : undefined;
  if (typeof arn !== "string" || named === undefined) return refuse("Invalid value for deadLetterTargetArn.");
  if (named.service !== "sqs") refuse("Only SQS queues are valid resources for deadLetterTargetArn.");
  const maxReceiveCount = maxReceiveCountOf(policy);
  if (maxReceiveCount === undefined) {
    const given = policy.maxReceiveCount;
    const count = typeof given === "string" ? given : JSON.stringify(given);
    refuse(`Invalid value for maxReceiveCount: ${count}, valid values are from 1 to 1000 both inclusive.`);
  }
  if (named.region !== scopeOfArn(subject.arn).region) {
    refuse("Dead-letter target must be in same region as the source.");
  }
  const obstacle = obstacleTo(subject, subject.directory.byArn(arn));
  return obstacle === undefined ? JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount }) : refuse(obstacle);
}

/** Why the queue cannot have that dead-letter queue, if it cannot. */
function obstacleTo(subject: AttributeSubject, target: Queue | undefined): string | undefined {
  if (target === undefined) return "Dead letter target does not exist.";
  // AWS: it ends with two full stops.
  if (target.settings.isFifo !== subject.isFifo) return "Dead-letter queue must be same type of queue as the source..";
  if (permitsSource(target.attributes.RedriveAllowPolicy, subject.arn)) return undefined;
  return "Dead-letter queue does not allow this source queue in its RedriveAllowPolicy.";
}

/** What a policy that was checked tells the queue to do. */
export function redriveOf(text: string | undefined): Redrive | undefined {
  const policy = parseJsonObject(text);
  const arn = policy?.deadLetterTargetArn;
  const maxReceiveCount = policy && maxReceiveCountOf(policy);
  if (typeof arn !== "string" || maxReceiveCount === undefined) return undefined;
  return { deadLetterTargetArn: arn, maxReceiveCount };
}

function maxReceiveCountOf({ maxReceiveCount: given }: JsonObject): number | undefined {
  const isWhole = typeof given === "number" || (typeof given === "string" && /^\d+$/.test(given));
  const count = isWhole ? Number(given) : Number.NaN;
  return Number.isInteger(count) && count >= 1 && count <= MAX_RECEIVE_COUNT ? count : undefined;
}
