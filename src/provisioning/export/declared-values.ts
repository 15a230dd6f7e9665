import { parseJsonObject } from "../../kernel/json/json-object.ts";
import type { Session } from "../apply/session.ts";
import type { Properties } from "../world/properties.ts";
import type { Texts } from "../world/world.ts";

/** What a file says of attributes: those that can be set and are not what they would be anyway, each as what it is. */
export function declaredValues(session: Session, attributes: Texts, properties: Properties): object {
  const entries = Object.entries(properties).flatMap(([name, { type, fallback }]) => {
    const text = attributes[name];
    if (text === undefined || text === "" || text === fallback) return [];
    return [[name, type === "json" ? policyOf(session, text) : typedValue(type, text)] as const];
  });
  return Object.fromEntries(entries);
}

/** Tags, where there are any but those that CloudFormation gives, which nobody else can. */
export function declaredTags(tags: Texts): object {
  const given = Object.entries(tags).filter(([key]) => !/^aws:/i.test(key));
  return given.length > 0 ? { Tags: Object.fromEntries(given) } : {};
}

/** The name of a queue of the same place, which stands for its ARN. */
export function shortQueue(session: Session, arn: string): string {
  const prefix = session.arn("sqs", "");
  return arn.startsWith(prefix) ? arn.slice(prefix.length) : arn;
}

function policyOf(session: Session, text: string): unknown {
  const policy = parseJsonObject(text);
  if (policy === undefined) return text;
  const { deadLetterTargetArn: target } = policy;
  return typeof target === "string" ? { ...policy, deadLetterTargetArn: shortQueue(session, target) } : policy;
}

function typedValue(type: string, text: string): unknown {
  if (type === "integer" && /^\d{1,15}$/.test(text)) return Number(text);
  return type === "boolean" ? text === "true" : text;
}
