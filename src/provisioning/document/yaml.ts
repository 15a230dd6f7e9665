import type { Steps } from "../../kernel/time/in-turns.ts";
import { DocumentError, type Path } from "./part.ts";
import { readTolerantYaml } from "./tolerant-yaml.ts";
import {
  YamlError,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
  YamlSyntaxError,
  yamlTreeSteps,
} from "./yaml-node.ts";

/** So many values are more than anyone writes; aliases can make as many of few. */
const MOST_VALUES = 100_000;
/** Lists and maps, also by way of aliases, may be inside each other on so many levels. */
const MAX_DEPTH = 100;
/** As much of a sentence as is shown: it may quote the text. */
const LONGEST_SENTENCE = 200;

/** A document of YAML, of which JSON is a part. */
export interface YamlDocument {
  readonly value: unknown;
  /** Line and column, from 1, of a value or, where that is missing, of what it is missing in. */
  placeOf(path: Path): { readonly line: number; readonly column: number };
}

/** Reads YAML 1.2, with merge keys, step by step. Throws DocumentError, its message beginning with line and column. */
export function* yamlSteps(text: string): Steps<YamlDocument> {
  try {
    const root = yield* treeSteps(text);
    yield;
    const value = root === undefined ? null : new NodeReader().read(root);
    return { value, placeOf: (path) => lineAndColumn(text, offsetIn(root, path)) };
  } catch (cause) {
    if (!(cause instanceof YamlError)) throw cause;
    const { line, column } = lineAndColumn(text, cause.offset);
    throw new DocumentError(`${line}:${column}: ${cause.message.slice(0, LONGEST_SENTENCE)}`, []);
  }
}

function* treeSteps(text: string): Steps<YamlNode | undefined> {
  try {
    return (yield* yamlTreeSteps(text, MAX_DEPTH)).root;
  } catch (cause) {
    if (cause instanceof YamlSyntaxError) return readTolerantYaml(text);
    throw cause;
  }
}

/** Makes plain values of nodes. */
class NodeReader {
  readonly #within: YamlNode[] = [];
  #values = 0;

  read(node: YamlNode): unknown {
    this.#values++;
    if (this.#values > MOST_VALUES) throw new YamlError(`there are more than ${MOST_VALUES} values`, node.offset);
    if (node.kind === "scalar") return meaningOf(node);
    if (this.#within.includes(node)) throw new YamlError("an alias stands for something it is in", node.offset);
    if (this.#within.length > MAX_DEPTH) throw new YamlError("it is nested too deeply", node.offset);
    this.#within.push(node);
    const value = this.#inside(node);
    this.#within.pop();
    return value;
  }

  #inside(node: Exclude<YamlNode, YamlScalar>): unknown {
    if (node.kind === "list") return node.items.map((item) => this.read(item));
    if (node.kind === "map") return this.#members(node);
    if (node.target === undefined) throw new YamlError("an alias stands for nothing before it", node.offset);
    return this.read(node.target);
  }

  #members({ pairs }: YamlMap): object {
    const own: Record<string, unknown> = {};
    const merged: unknown[] = [];
    for (const [key, value] of pairs) {
      if (key.kind !== "scalar") throw new YamlError("a name must be a text", key.offset);
      if (isMerge(key)) merged.push(this.read(value));
      else if (Object.hasOwn(own, key.text)) {
        throw new YamlError(`${key.text.slice(0, 64)} is there twice`, key.offset);
      } else setMember(own, key.text, this.read(value));
    }
    if (merged.length === 0) return own;
    return Object.fromEntries([
      ...merged.flat().flatMap((value) => Object.entries(value ?? {})),
      ...Object.entries(own),
    ]);
  }
}

/** A member of that name is a member like others, and no prototype. */
function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function isMerge({ isPlain, text }: YamlScalar): boolean {
  return isPlain && text === "<<";
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);

/** Tags that have a text be what it would be without quotes. */
const PLAIN_TAGS: readonly (string | undefined)[] = ["!!null", "!!bool", "!!int", "!!float"];

/** What a scalar says in YAML 1.2. Numbers that JavaScript would write otherwise, `0012` or `1.10`, stay texts. */
function meaningOf({ text, isPlain, tag }: YamlScalar): unknown {
  const isText = tag === undefined ? !isPlain : !PLAIN_TAGS.includes(tag);
  if (isText) return text;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  return /^-?\d/.test(text) && String(Number(text)) === text ? Number(text) : text;
}

function offsetIn(root: YamlNode | undefined, path: Path): number {
  let node = root;
  let offset = 0;
  for (const step of path) {
    if (node?.kind === "alias") node = node.target;
    if (node?.kind === "map") {
      const pair = node.pairs.find(([key]) => key.kind === "scalar" && key.text === step);
      if (pair === undefined) break;
      offset = pair[0].offset;
      node = pair[1];
    } else if (node?.kind === "list") {
      node = node.items[Number(step)];
      offset = node?.offset ?? offset;
    } else break;
  }
  return offset;
}

function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}
