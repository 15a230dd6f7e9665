import { Budget } from "../../template/expression/budget.ts";
import { settle } from "../../template/expression/evaluate.ts";
import { type AppliedResource, attributeOf, unknownAttribute } from "../../template/plan/applied.ts";
import { TemplateError } from "../../template/template-error.ts";
import { type Json, type JsonMap, jsonOf, type Reference, type Value, type ValueMap } from "../../template/value.ts";
import type { ApplyDeps } from "./application.ts";

const DYNAMIC = /\{\{resolve:([^{}]*)\}\}/g;
/** AWS: what looks like a reference stays as it is unless it is to one of these. */
const STORES = /^(?:ssm|ssm-secure|secretsmanager):/;

/** Makes values of what waits for resources, and of dynamic references. */
export class SettledValues {
  readonly #present: ReadonlyMap<string, AppliedResource>;
  readonly #dynamicValue: ApplyDeps["dynamicValue"];
  readonly #budget = new Budget();

  constructor(present: ReadonlyMap<string, AppliedResource>, dynamicValue: ApplyDeps["dynamicValue"]) {
    this.#present = present;
    this.#dynamicValue = dynamicValue;
  }

  /** Throws TemplateError for attributes that are not there, and for what no store holds. */
  async properties(properties: ValueMap): Promise<JsonMap> {
    return (await this.#withDynamic(this.value(properties))) as JsonMap;
  }

  /** Throws TemplateError for attributes that are not there. */
  value(value: Value): Json {
    return jsonOf(settle(value, (reference) => this.#valueOf(reference), this.#budget));
  }

  #valueOf({ logicalId, attribute }: Reference): Value {
    const resource = this.#present.get(logicalId);
    if (resource !== undefined && attribute === undefined) return resource.physicalId;
    const value = resource && attributeOf(resource, attribute ?? "");
    if (value === undefined) throw unknownAttribute(logicalId, attribute ?? "");
    return value;
  }

  /** Most values have none, so that nothing is copied. */
  async #withDynamic(value: Json): Promise<Json> {
    const found = dynamicIn(value);
    if (found.size === 0) return value;
    const values = new Map<string, string>();
    for (const reference of found) values.set(reference, await this.#found(reference));
    return replaced(value, values);
  }

  async #found(reference: string): Promise<string> {
    const value = await this.#dynamicValue(reference);
    if (value !== undefined) return value;
    throw new TemplateError(`Could not resolve the dynamic reference {{resolve:${reference}}}.`);
  }
}

/** The dynamic references in a value, each once. */
function dynamicIn(value: Json, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value === "string" && value.includes("{{resolve:")) {
    for (const [, reference = ""] of value.matchAll(DYNAMIC)) if (STORES.test(reference)) found.add(reference);
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) dynamicIn(part, found);
  }
  return found;
}

function replaced(value: Json, values: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return value.replace(DYNAMIC, (whole, reference) => values.get(reference) ?? whole);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => replaced(item, values));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replaced(part, values)]));
}
