import { readJson } from "../json/json-reader.ts";
import type { JsonMembers, JsonTree } from "../json/json-tree.ts";
import { OUTSIDE } from "./array-tree.ts";
import { FieldCollector, type Fields } from "./fields.ts";
import { type Leaf, scalarLeaf } from "./leaf.ts";
import type { PathValues } from "./path-values.ts";

/** The leaves of a message body as fields, or undefined when it is not a JSON object: such a message meets no policy. */
export function bodyFields(body: string): Fields | undefined {
  const result = readJson(body);
  if ("fault" in result || !(result.tree instanceof Map)) return undefined;
  const fields = new FieldCollector();
  const root = new Way({ path: "", prefix: "", fields });
  root.addMembers(result.tree, OUTSIDE);
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
