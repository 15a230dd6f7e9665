import type { MessageAttribute, MessageAttributes } from "../../../kernel/message-attribute.ts";
import { readJson } from "../json/json-reader.ts";
import type { JsonMembers, JsonTree } from "../json/json-tree.ts";
import { type Leaf, numberLeaf, type Presence, scalarLeaf, UNREADABLE } from "./leaf.ts";
import { OUTSIDE, PathValues } from "./path-values.ts";

/** What a filter policy looks at. */
export type FilterPolicyScope = "MessageAttributes" | "MessageBody";

/** A message as filter policies see it. Each scope is taken apart once, when a policy first asks for it. */
export class MessageView {
  readonly #attributes: MessageAttributes | undefined;
  readonly #body: string;
  #attributeFields: Fields | undefined;
  #bodyFields: Fields | undefined;

  constructor(message: { readonly attributes?: MessageAttributes | undefined; readonly body: string }) {
    this.#attributes = message.attributes;
    this.#body = message.body;
  }

  /** The values under their paths, or undefined when no policy of that scope accepts the message. */
  fields(scope: FilterPolicyScope): Fields | undefined {
    const fields = scope === "MessageBody" ? this.#fieldsOfBody() : this.#fieldsOfAttributes();
    return fields === NONE ? undefined : fields;
  }

  #fieldsOfAttributes(): Fields {
    this.#attributeFields ??= attributeFields(this.#attributes) ?? NONE;
    return this.#attributeFields;
  }

  #fieldsOfBody(): Fields {
    this.#bodyFields ??= bodyFields(this.#body) ?? NONE;
    return this.#bodyFields;
  }
}

/** The values of a message under their dotted paths, and the arrays of it that hold some of them. */
export interface Fields {
  readonly paths: ReadonlyMap<string, PathValues>;
  readonly arrays: ArrayTree;
}

/** Longer paths are rare enough to be counted. */
const LONG_PATH = 1000;
/** What long paths may have in characters, all of them together. */
const MAX_LONG_PATHS = 1_000_000;

/**
 * Collects values under their paths. A message inside one long name can be small and have paths of gigabytes, which
 * would take minutes and all memory; so of long paths only the first few hundred are kept.
 */
class FieldCollector implements Fields {
  readonly paths = new Map<string, PathValues>();
  #arrays: ArrayTree | undefined;
  readonly #isPresent: Presence | undefined;
  #longPaths = 0;

  constructor(isPresent?: Presence) {
    this.#isPresent = isPresent;
  }

  /** Attributes, and most bodies, have none: the tree is made for those that do. */
  get arrays(): ArrayTree {
    this.#arrays ??= new ArrayTree();
    return this.#arrays;
  }

  /** The values of a path; undefined when it is not to be kept. */
  valuesAt(path: string): PathValues | undefined {
    const isLong = path.length > LONG_PATH;
    if (isLong && this.#longPaths >= MAX_LONG_PATHS) return undefined;
    const known = this.paths.get(path);
    if (known !== undefined) return known;
    const values = new PathValues(this.#isPresent);
    this.paths.set(path, values);
    if (isLong) this.#longPaths += path.length;
    return values;
  }
}

/**
 * The arrays of a message, and those of their elements that are objects or arrays. Each has a number, `OUTSIDE` the first
 * of them. Arrays are inside elements and elements inside arrays, and what is inside has a higher number.
 */
export class ArrayTree {
  readonly #parents: number[] = [OUTSIDE];
  readonly #isArray: boolean[] = [false];

  /** How many numbers there are. */
  get size(): number {
    return this.#parents.length;
  }

  /** Adds an array inside an element, or outside of all others. Returns its number. */
  addArray(element: number): number {
    this.#isArray.push(true);
    return this.#parents.push(element) - 1;
  }

  /** Adds an element of an array. Returns its number. */
  addElement(array: number): number {
    this.#isArray.push(false);
    return this.#parents.push(array) - 1;
  }

  isArray(number: number): boolean {
    return this.#isArray[number] === true;
  }

  parentOf(number: number): number {
    return this.#parents[number] ?? OUTSIDE;
  }
}

/** Where a message was taken apart and no policy of that scope accepts it. */
const NONE: Fields = new FieldCollector();

/**
 * The attributes as fields, or undefined when there are none: such a message meets no policy, not even one that wants an
 * attribute to be absent. AWS: developer guide, key matching. Binary attributes count, but have no fields.
 */
function attributeFields(attributes: MessageAttributes | undefined): Fields | undefined {
  let collector: FieldCollector | undefined;
  for (const name in attributes) {
    collector ??= new FieldCollector();
    const attribute = attributes[name];
    if (attribute !== undefined) addAttribute(name, attribute, collector);
  }
  return collector;
}

function addAttribute(name: string, { dataType, value }: MessageAttribute, collector: FieldCollector): void {
  if (typeof value !== "string") return;
  const add = (leaf: Leaf) => collector.valuesAt(name)?.add(leaf, OUTSIDE);
  if (dataType === "String.Array") for (const leaf of arrayLeaves(value)) add(leaf);
  else if (isOf("String", dataType)) add(textLeaf(value));
  else if (isOf("Number", dataType)) add(numberLeaf(value));
}

/** Whether the data type is that one, or has it before a custom label. */
function isOf(type: "String" | "Number", dataType: string): boolean {
  return dataType === type || dataType.startsWith(`${type}.`);
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

/** The leaves of a message body as fields, or undefined when it is not a JSON object: such a message meets no policy. */
function bodyFields(body: string): Fields | undefined {
  const result = readJson(body);
  if ("fault" in result || !(result.tree instanceof Map)) return undefined;
  return fieldsOf(result.tree);
}

/** The leaves of an object as fields. What `exists` counts is what filter policies do unless told. */
export function fieldsOf(members: JsonMembers, isPresent?: Presence): Fields {
  const fields = new FieldCollector(isPresent);
  const root = new Way({ path: "", prefix: "", fields });
  root.addMembers(members, OUTSIDE);
  return fields;
}

/** A way through objects into a message. Different ways can have the same path: `a.b` may be a name. */
class Way {
  readonly #path: string;
  /** What paths of ways that go on from here begin with. */
  readonly #prefix: string;
  readonly #fields: FieldCollector;
  /** Put together once for all elements of an array, which mostly have the same names. */
  #next: Map<string, Way> | undefined;
  #values: PathValues | undefined;
  #isResolved = false;

  constructor({ path, prefix, fields }: { path: string; prefix: string; fields: FieldCollector }) {
    this.#path = path;
    this.#prefix = prefix;
    this.#fields = fields;
  }

  addMembers(members: JsonMembers, place: number): void {
    for (const [name, value] of members) this.#to(name).#add(value, place);
  }

  #to(name: string): Way {
    this.#next ??= new Map();
    let way = this.#next.get(name);
    if (way === undefined) {
      const path = this.#prefix + name;
      way = new Way({ path, prefix: `${path}.`, fields: this.#fields });
      this.#next.set(name, way);
    }
    return way;
  }

  /** Adds what is there; `place` is the array element it belongs to. */
  #add(tree: JsonTree, place: number): void {
    const leaf = scalarLeaf(tree);
    if (leaf !== undefined) this.#addLeaf(leaf, place);
    else this.#addInner(tree, place);
  }

  #addInner(tree: JsonTree, place: number): void {
    if (Array.isArray(tree)) this.#addArray(tree, place);
    else if (tree instanceof Map) this.addMembers(tree, place);
  }

  /** Arrays add nothing to the way, but their objects and arrays are remembered as elements apart from each other. */
  #addArray(items: readonly JsonTree[], place: number): void {
    const { arrays } = this.#fields;
    let array: number | undefined;
    for (const item of items) {
      const leaf = scalarLeaf(item);
      if (leaf === undefined) {
        array ??= arrays.addArray(place);
        this.#addInner(item, arrays.addElement(array));
      } else {
        this.#addLeaf(leaf, place);
      }
    }
  }

  #addLeaf(leaf: Leaf, place: number): void {
    this.#valuesHere()?.add(leaf, place);
  }

  #valuesHere(): PathValues | undefined {
    if (!this.#isResolved) {
      this.#isResolved = true;
      this.#values = this.#fields.valuesAt(this.#path);
    }
    return this.#values;
  }
}
