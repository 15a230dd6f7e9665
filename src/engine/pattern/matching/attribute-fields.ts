import type { MessageAttribute, MessageAttributes } from "../../../kernel/message-attribute.ts";
import { readJson } from "../json/json-reader.ts";
import { OUTSIDE } from "./array-tree.ts";
import { FieldCollector, type Fields } from "./fields.ts";
import { type Leaf, numberLeaf, scalarLeaf, UNREADABLE } from "./leaf.ts";

/**
 * The attributes as fields, or undefined when there are none: such a message meets no policy, not even one that wants an
 * attribute to be absent. AWS: developer guide, key matching. Binary attributes count, but have no fields.
 */
export function attributeFields(attributes: MessageAttributes | undefined): Fields | undefined {
  const collector = new FieldCollector();
  let isEmpty = true;
  for (const [name, attribute] of Object.entries(attributes ?? {})) {
    isEmpty = false;
    for (const leaf of leavesOf(attribute)) collector.valuesAt(name)?.add(leaf, OUTSIDE);
  }
  return isEmpty ? undefined : collector;
}

function leavesOf({ dataType, value }: MessageAttribute): readonly Leaf[] {
  if (typeof value !== "string") return [];
  if (dataType === "String.Array") return arrayLeaves(value);
  const [base] = dataType.split(".", 1);
  if (base === "Number") return [numberLeaf(value)];
  return base === "String" ? [textLeaf(value)] : [];
}

/** A malformed array is accepted by Publish and meets no condition on its values. */
function arrayLeaves(text: string): readonly Leaf[] {
  const result = readJson(text);
  if ("fault" in result || !Array.isArray(result.tree)) return [UNREADABLE];
  return result.tree.flatMap((item) => {
    const leaf = scalarLeaf(item);
    return leaf === undefined ? [] : [leaf];
  });
}

/**
 * AWS puts the text between quotes as it is and reads that as JSON, so quotes and backslashes have to come escaped.
 * Developer guide, filter policy constraints.
 */
function textLeaf(text: string): Leaf {
  if (!text.includes('"') && !text.includes("\\")) return text;
  const result = readJson(`"${text}"`);
  return "tree" in result && typeof result.tree === "string" ? result.tree : UNREADABLE;
}
