import { parseArn } from "../../../kernel/arn.ts";
import { type JsonObject, parseJsonObject } from "../../../kernel/json/json-object.ts";
import { invalidValue } from "../errors.ts";

const MAX_SOURCES = 10;

/** The policy's text, unchanged. Throws InvalidParameterValue when it is not one. */
export function checkRedriveAllowPolicy(text: string): string {
  const policy = parseJsonObject(text);
  if (policy !== undefined && isWellFormed(policy)) return text;
  const reason = "Amazon SQS can't create the redrive allow policy, as it's in an unsupported format.";
  throw invalidValue("RedriveAllowPolicy", text, reason);
}

/** Whether a queue with that policy may be the dead-letter queue of the source. Without a policy it may. */
export function permitsSource(text: string | undefined, sourceArn: string): boolean {
  const policy = parseJsonObject(text);
  if (policy === undefined || policy.redrivePermission === "allowAll") return true;
  return policy.redrivePermission === "byQueue" && sourcesOf(policy).includes(sourceArn);
}

function isWellFormed(policy: JsonObject): boolean {
  const hasSources = policy.sourceQueueArns !== undefined;
  switch (policy.redrivePermission) {
    case "allowAll":
    case "denyAll":
      return !hasSources;
    case "byQueue": {
      const sources = sourcesOf(policy);
      return sources.length >= 1 && sources.length <= MAX_SOURCES && sources.every(isQueueArn);
    }
    default:
      return false;
  }
}

function sourcesOf({ sourceQueueArns }: JsonObject): readonly unknown[] {
  return Array.isArray(sourceQueueArns) ? sourceQueueArns : [];
}

function isQueueArn(value: unknown): boolean {
  return typeof value === "string" && parseArn(value)?.service === "sqs";
}
