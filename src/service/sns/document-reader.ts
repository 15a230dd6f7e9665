import { isJsonObject, type JsonObject } from "../../kernel/json/json-object.ts";
import type { Refusal } from "./refusal.ts";

/** A JSON document held by an attribute, read member by member. What a member cannot be is refused with its path. */
export class DocumentReader {
  readonly #object: JsonObject;
  /** What stands before a member's name in errors: `DeliveryPolicy: http.`. */
  readonly #prefix: string;
  readonly #refusal: Refusal;

  constructor(object: JsonObject, prefix: string, refusal: Refusal) {
    this.#object = object;
    this.#prefix = prefix;
    this.#refusal = refusal;
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
    return read(new DocumentReader(value, `${this.#prefix}${name}.`, this.#refusal));
  }

  integer(name: string, min: number, max = Number.POSITIVE_INFINITY): number | undefined {
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

  oneOf<const T extends string>(name: string, values: readonly T[]): T | undefined {
    const text = this.string(name);
    if (text === undefined) return undefined;
    return values.find((value) => value === text) ?? this.refuse(name, `must be one of [${values.join(", ")}]`);
  }

  refuse(name: string, reason: string): never {
    return this.#refusal.value(`${this.#prefix}${name} ${reason}`);
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
