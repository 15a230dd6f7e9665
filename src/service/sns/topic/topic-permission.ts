import type { Topic } from "../../../engine/topic/topic.ts";
import { type JsonObject, parseJsonObject } from "../../../kernel/json-object.ts";
import { invalid } from "../errors.ts";
import { defaultPolicy, isTooLarge, NO_POLICY } from "./topic-policy.ts";

/** The topic's policy, which it has from the start. */
export function policyOf(topic: Topic): JsonObject {
  return parseJsonObject(topic.definition.attributes.Policy) ?? defaultPolicy(topic);
}

/** Gives the topic another policy. Throws InvalidParameter when it is too large. */
export function setPolicy(topic: Topic, policy: JsonObject): void {
  const { definition } = topic;
  const Policy = JSON.stringify(policy);
  if (isTooLarge(policy, Policy)) throw invalid(NO_POLICY); // AWS's words are not known
  topic.configure({ ...definition, attributes: { ...definition.attributes, Policy } });
}
