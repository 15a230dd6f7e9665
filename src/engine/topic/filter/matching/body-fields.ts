import { readJson } from "../json/json-reader.ts";
import type { JsonMembers, JsonTree } from "../json/json-tree.ts";
import { type ArrayElement, FieldCollector, type Fields } from "./fields.ts";
import { scalarLeaf } from "./leaf.ts";

/** The leaves of a message body as fields, or undefined when it is not a JSON object: such a message meets no policy. */
export function bodyFields(body: string): Fields | undefined {
  const result = readJson(body);
  if ("fault" in result || !(result.tree instanceof Map)) return undefined;
  const flattener = new Flattener();
  flattener.addObject(result.tree, "", undefined);
  return flattener.fields;
}

class Flattener {
  readonly #collector = new FieldCollector();

  get fields(): Fields {
    return this.#collector.fields;
  }

  addObject(members: JsonMembers, prefix: string, element: ArrayElement | undefined): void {
    for (const [name, value] of members) this.#add(value, prefix + name, element);
  }

  #add(tree: JsonTree, path: string, element: ArrayElement | undefined): void {
    const leaf = scalarLeaf(tree);
    if (leaf !== undefined) this.#collector.add(path, leaf, element);
    else if (Array.isArray(tree)) this.#addArray(tree, path, element);
    else if (tree instanceof Map) this.addObject(tree, `${path}.`, element);
  }

  /** Arrays add nothing to the path, but their objects and arrays are remembered as elements apart from each other. */
  #addArray(items: readonly JsonTree[], path: string, within: ArrayElement | undefined): void {
    const array = { within };
    for (const item of items) {
      const isScalar = scalarLeaf(item) !== undefined;
      this.#add(item, path, isScalar ? within : { array });
    }
  }
}
