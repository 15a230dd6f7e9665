import { Budget } from "../../template/expression/budget.ts";
import { settle } from "../../template/expression/evaluate.ts";
import type { AppliedResource } from "../../template/plan/applied.ts";
import { meaningError, TemplateError } from "../../template/template-error.ts";
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
    const value = resource?.attributes[attribute ?? ""];
    if (value !== undefined) return value;
    // The text is AWS's as users quote it.
    throw meaningError(`resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`);
  }

  /** Most values have none, so that nothing is copied. */
  async #withDynamic(value: Json): Promise<Json> {
    if (typeof value === "string") return value.includes("{{resolve:") ? this.#replaced(value) : value;
    if (typeof value !== "object" || value === null || !JSON.stringify(value).includes("{{resolve:")) return value;
    if (Array.isArray(value)) return Promise.all((value as readonly Json[]).map((item) => this.#withDynamic(item)));
    const entries = Object.entries(value).map(async ([key, part]) => [key, await this.#withDynamic(part)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  async #replaced(text: string): Promise<string> {
    const references = [...text.matchAll(DYNAMIC)].map(([, reference = ""]) => reference);
    const values = new Map<string, string>();
    for (const reference of references) {
      if (STORES.test(reference)) values.set(reference, await this.#found(reference));
    }
    return text.replace(DYNAMIC, (whole, reference: string) => values.get(reference) ?? whole);
  }

  async #found(reference: string): Promise<string> {
    const value = await this.#dynamicValue(reference);
    if (value !== undefined) return value;
    throw new TemplateError(`Could not resolve the dynamic reference {{resolve:${reference}}}.`);
  }
}
