import type { Topic } from "../../engine/topic/topic.ts";
import { type JsonObject, parseJsonObject } from "../../kernel/json-object.ts";
import { defaultPolicy } from "./topic-policy.ts";

/** The topic's policy, which it has from the start. */
export function policyOf(topic: Topic): JsonObject {
  return parseJsonObject(topic.definition.attributes.Policy) ?? defaultPolicy(topic);
}

/** Gives the topic another policy, as it is. */
export function setPolicy(topic: Topic, policy: JsonObject): void {
  const { definition } = topic;
  topic.configure({ ...definition, attributes: { ...definition.attributes, Policy: JSON.stringify(policy) } });
}
