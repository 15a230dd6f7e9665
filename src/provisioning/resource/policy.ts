import type { Json, JsonMap } from "../template/value.ts";
import { isMissing } from "./apply/failure-reason.ts";
import { textOfDocument } from "./document.ts";
import { physicalName } from "./physical-name.ts";
import { createOnly, document, required, text, texts } from "./property.ts";
import type { ResourceContext, ResourceType } from "./resource-type.ts";

/** Gives something a policy; the empty text takes it away. */
export type SetPolicy = (context: ResourceContext, target: string, policy: string) => Promise<unknown>;

const policyOf = (properties: JsonMap): string => textOfDocument(properties.PolicyDocument) ?? "";

function targetsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A policy for several resources, named by the property. AWS: it takes the place of any other; the last one wins. */
export function sharedPolicy(targets: string, set: SetPolicy): ResourceType {
  return {
    properties: { PolicyDocument: required(document), [targets]: required(texts) },
    attributes: ["Id"],
    async create(context, { properties }) {
      for (const target of targetsOf(properties[targets])) await set(context, target, policyOf(properties));
      const physicalId = physicalName(context);
      return { physicalId, attributes: { Id: physicalId } };
    },
    async update(context, { physicalId, attributes, before, after }) {
      const kept = targetsOf(after.properties[targets]);
      const left = targetsOf(before.properties[targets]).filter((target) => !kept.includes(target));
      for (const target of left) await takeAway(context, target, set);
      for (const target of kept) await set(context, target, policyOf(after.properties));
      return { physicalId, attributes };
    },
    async delete(context, { properties }) {
      for (const target of targetsOf(properties[targets])) await takeAway(context, target, set);
    },
  };
}

/** A policy for one resource, whose id it has. */
export function inlinePolicy(target: string, set: SetPolicy): ResourceType {
  return {
    properties: { PolicyDocument: required(document), [target]: createOnly(required(text)) },
    attributes: [],
    identifier: target,
    async create(context, { properties }) {
      const physicalId = String(properties[target]);
      await set(context, physicalId, policyOf(properties));
      return { physicalId, attributes: {} };
    },
    async update(context, { physicalId, attributes, after }) {
      await set(context, physicalId, policyOf(after.properties));
      return { physicalId, attributes };
    },
    async delete(context, { physicalId }) {
      await takeAway(context, physicalId, set);
    },
  };
}

/** Whatever is gone has no policy any more. */
async function takeAway(context: ResourceContext, target: string, set: SetPolicy): Promise<void> {
  try {
    await set(context, target, "");
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
  }
}
