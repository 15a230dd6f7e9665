import { isJsonObject, type JsonObject } from "../../kernel/json/json-object.ts";
import type { Refusal } from "./refusal.ts";

/** A JSON document held by an attribute, read member by member. What a member cannot be is refused with its path. */
export class DocumentReader {
  readonly #object: JsonObject;
  readonly #attribute: string;
  /** What stands before a member's name in errors: `http.`. */
  readonly #path: string;
  readonly #refusal: Refusal;

  constructor(object: JsonObject, attribute: string, refusal: Refusal, path = "") {
    this.#object = object;
    this.#attribute = attribute;
    this.#refusal = refusal;
    this.#path = path;
  }

  /** Refuses members of other names. AWS: without their path. */
  only(...names: readonly string[]): void {
    const unexpected = Object.keys(this.#object).find((name) => !names.includes(name));
    if (unexpected !== undefined) this.#refusal.value(`${this.#attribute}: Unexpected JSON member: ${unexpected}`);
  }

  /** Whether the member is there; null counts as absent. */
  has(name: string): boolean {
    return this.#get(name) !== undefined;
  }

  /** What `read` makes of the object under that name; undefined when there is none. */
  object<T>(name: string, read: (reader: DocumentReader) => T): T | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    if (!isJsonObject(value)) return this.#mismatch(name, "object", value);
    return read(new DocumentReader(value, this.#attribute, this.#refusal, `${this.#path}${name}.`));
  }

  integer(name: string, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): number | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !Number.isInteger(value)) return this.#mismatch(name, "integer", value);
    if (value < min) this.refuse(name, `must be greater than or equal to ${min}`);
    if (value > max) this.refuse(name, `must be less than or equal to ${max}`);
    return value;
  }

  boolean(name: string): boolean | undefined {
    const value = this.#get(name);
    return value === undefined || typeof value === "boolean" ? value : this.#mismatch(name, "boolean", value);
  }

  string(name: string): string | undefined {
    const value = this.#get(name);
    return value === undefined || typeof value === "string" ? value : this.#mismatch(name, "string", value);
  }

  refuse(name: string, reason: string): never {
    return this.#refusal.value(`${this.#attribute}: ${this.#path}${name} ${reason}`);
  }

  #get(name: string): unknown {
    return this.#object[name] ?? undefined;
  }

  #mismatch(name: string, expected: string, value: unknown): never {
    return this.refuse(name, `type mismatch, expecting ${expected}, received ${describe(value)}`);
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return `a ${typeof value}`;
}
