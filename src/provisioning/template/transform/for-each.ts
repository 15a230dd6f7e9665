import type { Budget } from "../expression/budget.ts";
import { meaningError } from "../template-error.ts";
import { isList, isMap, mapOf, textOf, type Value, type ValueMap } from "../value.ts";

const PREFIX = "Fn::ForEach::";
/** Loops may be inside each other on so many levels. AWS: Fn::ForEach, CloudFormation user guide. */
const MAX_NESTING = 5;
/** What a copy costs beside its characters: so many can be made that it takes some tens of milliseconds. */
const COST_OF_VALUE = 256;

/** Finds the items of a collection: a list, or a reference to a parameter that is one. */
type Collection = (value: Value) => Value;

/** A template in which every `Fn::ForEach` has become the copies that it stands for. Throws TemplateError. */
export function withoutLoops(value: Value, collection: Collection, budget: Budget): Value {
  return new Loops(collection, budget).expanded(value, 0);
}

class Loops {
  readonly #collection: Collection;
  readonly #budget: Budget;

  constructor(collection: Collection, budget: Budget) {
    this.#collection = collection;
    this.#budget = budget;
  }

  expanded(value: Value, nesting: number): Value {
    if (isList(value)) return value.map((item) => this.expanded(item, nesting));
    if (!isMap(value)) return value;
    const entries: (readonly [string, Value])[] = [];
    for (const [key, part] of Object.entries(value)) {
      if (!key.startsWith(PREFIX)) entries.push([key, this.expanded(part, nesting)]);
      else for (const entry of Object.entries(this.#copies(key, part, nesting))) entries.push(entry);
    }
    return mapOf(entries);
  }

  /** The members that a loop stands for. */
  #copies(name: string, loop: Value, nesting: number): ValueMap {
    const [identifier, collection = null, body] = isList(loop) && loop.length === 3 ? loop : [];
    if (typeof identifier !== "string" || !isMap(body) || nesting >= MAX_NESTING) {
      throw meaningError(
        `${name} requires an identifier, a collection and an object to be copied, and has ${MAX_NESTING} levels at most`,
      );
    }
    const items = this.#collection(collection);
    if (!isList(items)) throw meaningError(`the collection of ${name} must be a list`);
    const copies: (readonly [string, Value])[] = [];
    for (const item of items) {
      const text = textOf(item);
      if (text === undefined) throw meaningError(`the collection of ${name} must be a list of strings`);
      const copy = this.expanded(this.#replaced(body, identifier, text), nesting + 1);
      for (const entry of Object.entries(copy as object)) copies.push(entry as [string, Value]);
    }
    return mapOf(copies);
  }

  /** The value with `${identifier}` replaced everywhere, in keys too, and `&{identifier}` by letters and digits alone. */
  #replaced(value: Value, identifier: string, text: string): Value {
    const replace = (source: string): string => {
      this.#budget.spend(source.length + COST_OF_VALUE);
      if (!source.includes(`{${identifier}}`)) return source;
      const made = source
        .replaceAll(`\${${identifier}}`, () => text)
        .replaceAll(`&{${identifier}}`, () => text.replace(/[^A-Za-z0-9]/g, ""));
      this.#budget.spend(made.length);
      return made;
    };
    const copy = (part: Value): Value => {
      if (typeof part === "string") return replace(part);
      this.#budget.spend(COST_OF_VALUE);
      if (isList(part)) return part.map(copy);
      if (!isMap(part)) return part;
      // The identifier is known in the template as if it were a parameter.
      if (part.Ref === identifier && Object.keys(part).length === 1) return text;
      return mapOf(Object.entries(part).map(([key, inner]) => [replace(key), copy(inner)] as const));
    };
    return copy(value);
  }
}
