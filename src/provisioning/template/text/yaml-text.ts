import { readYamlTree, YamlError, type YamlMap, type YamlNode, YamlSyntaxError } from "../../document/yaml-node.ts";
import { mapOf, type Value } from "../value.ts";
import { MAX_DEPTH, Pace, type Pause } from "./limits.ts";
import { readLongYamlText } from "./long-yaml-text.ts";
import { longForm } from "./short-forms.ts";
import { aliasError, malformed, meaningOf } from "./yaml-scalar.ts";

/** So many characters are read in one go: with the shortest of values, and in a process that has just started, in 90 ms. */
export const LONGEST_AT_ONCE = 64 * 1024;

/**
 * Reads a template in YAML 1.1, short forms become long ones, and scalars that are no plain numbers, booleans or nulls keep
 * their text. Throws TemplateError with the place where it stops being YAML.
 */
export async function readYamlText(text: string, pause: Pause): Promise<Value> {
  if (text.length > LONGEST_AT_ONCE) return readLongYamlText(text, pause);
  const pace = new Pace(pause);
  try {
    const { root, steps } = readYamlTree(text, MAX_DEPTH);
    if (pace.isDue(steps)) await pace.turn();
    if (root === undefined) throw new YamlError("there is nothing", 0);
    return valueOfNode(root);
  } catch (cause) {
    if (cause instanceof YamlSyntaxError) return readLongYamlText(text, pause);
    throw cause instanceof YamlError ? malformed(text, cause.offset) : cause;
  }
}

function valueOfNode(node: YamlNode): Value {
  if (node.kind === "alias") throw aliasError();
  const { tag } = node;
  const value = untagged(node);
  if (tag === undefined || tag === "!" || tag.startsWith("!!") || tag.startsWith("!<")) return value;
  const long = longForm(tag, value);
  if (long === undefined) throw new YamlError("there is no such short form", node.offset);
  return long;
}

function untagged(node: Exclude<YamlNode, { kind: "alias" }>): Value {
  if (node.kind === "scalar") return meaningOf(node.text, node.isPlain && node.tag === undefined);
  return node.kind === "list" ? node.items.map(valueOfNode) : mapOf(entriesOf(node));
}

function entriesOf({ pairs }: YamlMap): ReadonlyMap<string, Value> {
  const entries = new Map<string, Value>();
  for (const [key, value] of pairs) {
    if (key.kind !== "scalar" || entries.has(key.text)) throw new YamlError("a key is no new text", key.offset);
    entries.set(key.text, valueOfNode(value));
  }
  return entries;
}
