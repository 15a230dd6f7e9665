import type { JsonMap } from "../template/value.ts";
import { textOfDocument } from "./document.ts";

export type Attributes = Readonly<Record<string, string>>;

/** The properties of those names, as the service's attributes have them. */
export function attributesOf(properties: JsonMap, names: readonly string[]): Attributes {
  const attributes: Record<string, string> = {};
  for (const name of names) {
    const value = textOfDocument(properties[name]);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

/** Attributes that are to be written; what is taken away gets what stands for it, or stays if nothing does. */
export function changedAttributes(before: Attributes, after: Attributes, whenRemoved: Attributes): Attributes {
  const changed = Object.entries(after).filter(([name, value]) => before[name] !== value);
  const removed = Object.entries(whenRemoved).filter(([name]) => name in before && !(name in after));
  return Object.fromEntries([...changed, ...removed]);
}
