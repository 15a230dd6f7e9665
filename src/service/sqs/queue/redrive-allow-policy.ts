import { parseArn, scopeOfArn } from "../../../kernel/arn.ts";
import { type JsonObject, parseJsonObject } from "../../../kernel/json/json-object.ts";
import { invalidValue } from "../errors.ts";
import type { AttributeSubject } from "./attribute-subject.ts";

const MAX_SOURCES = 10;

/** The policy's text, unchanged. Throws InvalidParameterValue when it is not one that the queue can have. */
export function checkRedriveAllowPolicy(text: string, subject: AttributeSubject): string {
  const fault = faultOf(parseJsonObject(text), subject);
  if (fault !== undefined) throw invalidValue("RedriveAllowPolicy", text, fault);
  return text;
}

/** Whether a queue with that policy may be the dead-letter queue of the source. Without a policy it may. */
export function permitsSource(text: string | undefined, sourceArn: string): boolean {
  const policy = parseJsonObject(text);
  if (policy === undefined || policy.redrivePermission === "allowAll") return true;
  return policy.redrivePermission === "byQueue" && sourcesOf(policy).includes(sourceArn);
}

const REFUSED = "Amazon SQS can't create the redrive allow policy";
const UNSUPPORTED = `${REFUSED}, as it's in an unsupported format.`;

function faultOf(policy: JsonObject | undefined, { arn }: AttributeSubject): string | undefined {
  switch (policy?.redrivePermission) {
    case "allowAll":
    case "denyAll":
      if (policy.sourceQueueArns === undefined) return undefined;
      return `${REFUSED}. You can specify source queue ARNs only when the permission type is byQueue.`;
    case "byQueue":
      return faultOfSources(sourcesOf(policy), scopeOfArn(arn).region);
    default:
      return UNSUPPORTED;
  }
}

function faultOfSources(sources: readonly unknown[], region: string): string | undefined {
  if (sources.length < 1 || sources.length > MAX_SOURCES) {
    return `${REFUSED}. When you specify the byQueue permission type, you must also specify between 1 and ${MAX_SOURCES} source queue ARNs.`;
  }
  const arns = sources.map((source) => (typeof source === "string" ? parseArn(source) : undefined));
  if (!arns.every((source) => source?.service === "sqs")) return UNSUPPORTED;
  if (arns.every((source) => source?.region === region)) return undefined;
  return "All source queue ARNs must be in the same region as the current SQS queue.";
}

function sourcesOf({ sourceQueueArns }: JsonObject): readonly unknown[] {
  return Array.isArray(sourceQueueArns) ? sourceQueueArns : [];
}
