import type { Tags } from "../template/plan/applied.ts";
import type { Json, JsonMap } from "../template/value.ts";
import { ResourceFailure } from "./resource-type.ts";

/** The tags of a property, a list of keys and values or a map; those of the stack are there unless it has others. */
export function tagsOf(property: Json | undefined, stack: Tags): Tags {
  const own = Array.isArray(property) ? property.map(entryOf) : Object.entries((property ?? {}) as JsonMap);
  return { ...stack, ...Object.fromEntries(own.map(([key, value]) => [key, String(value)])) };
}

function entryOf(tag: Json): readonly [string, Json] {
  const { Key, Value } = (typeof tag === "object" && tag !== null ? tag : {}) as JsonMap;
  if (Key === undefined || Value === undefined || typeof Key === "object" || typeof Value === "object") {
    throw new ResourceFailure("InvalidRequest", "Tags must be a list of objects with Key and Value.");
  }
  return [String(Key), Value];
}

/** The keys that are no tags any more. */
export function removedTags(before: Tags, after: Tags): readonly string[] {
  return Object.keys(before).filter((key) => !Object.hasOwn(after, key));
}

/** The tags as a list of keys and values. */
export function tagList(tags: Tags): readonly JsonMap[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
