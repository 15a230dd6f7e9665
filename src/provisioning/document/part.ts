import { isJsonObject, type JsonObject } from "../../kernel/json/json-object.ts";
import { nearestName } from "../../kernel/nearest-name.ts";

/** The way to a value in a document: names of members, and positions in lists from 0. */
export type Path = readonly (string | number)[];

/** Why a document cannot be used, as a sentence about a place in it. */
export class DocumentError extends Error {
  readonly path: Path;

  constructor(message: string, path: Path) {
    super(message);
    this.path = path;
  }
}

/** As much of a text that is wrong as is shown. */
const LONGEST_SHOWN = 64;

/** A value of a document with its place. Whatever is asked of it that it is not throws DocumentError. */
export class Part {
  readonly value: unknown;
  readonly path: Path;

  constructor(value: unknown, path: Path = []) {
    this.value = value;
    this.path = path;
  }

  /** Whether there is nothing: no member of that name, or a name with nothing behind it. */
  get isEmpty(): boolean {
    return this.value === undefined || this.value === null;
  }

  get isList(): boolean {
    return Array.isArray(this.value);
  }

  get isObject(): boolean {
    return isJsonObject(this.value);
  }

  /** The member of an object; an empty part when there is none. */
  member(name: string): Part {
    const { value } = this;
    return new Part(isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined, [...this.path, name]);
  }

  /** The members of an object, of nothing none. */
  entries(): readonly (readonly [name: string, part: Part])[] {
    if (this.isEmpty) return [];
    return Object.keys(this.#object()).map((name) => [name, this.member(name)] as const);
  }

  /** The same, of which there may be no others than those. */
  only(names: readonly string[]): this {
    for (const [name, part] of this.entries()) {
      if (names.includes(name)) continue;
      const nearest = nearestName(name, names);
      const hint = nearest === undefined ? `; there are ${names.join(", ")}` : `; did you mean ${nearest}?`;
      throw part.error(`there is no ${shown(name)} here${hint}`);
    }
    return this;
  }

  /** The items of a list, of nothing none. */
  items(): readonly Part[] {
    if (this.isEmpty) return [];
    if (!Array.isArray(this.value)) throw this.error(`${this.name} must be a list`);
    return this.value.map((item, index) => new Part(item, [...this.path, index]));
  }

  /** A text; numbers and booleans are as they are written. */
  text(): string {
    const { value } = this;
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    throw this.error(`${this.name} must be a text`);
  }

  optionalText(): string | undefined {
    return this.isEmpty ? undefined : this.text();
  }

  /** A value as the attributes of AWS's APIs have it: JSON in a text where it is an object. */
  attribute(): string {
    return typeof this.value === "object" && this.value !== null ? JSON.stringify(this.value) : this.text();
  }

  /** Texts by name. */
  texts(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.entries().map(([name, part]) => [name, part.text()]));
  }

  error(message: string): DocumentError {
    return new DocumentError(message, this.path);
  }

  /** What the part goes by in a sentence. */
  get name(): string {
    const last = this.path.at(-1);
    if (last === undefined) return "the document";
    return typeof last === "string" ? shown(last) : `item ${last + 1}`;
  }

  #object(): JsonObject {
    if (isJsonObject(this.value)) return this.value;
    throw this.error(`${this.name} must have members`);
  }
}

function shown(text: string): string {
  const short = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  return /^[\w.:/-]+$/.test(short) ? short : JSON.stringify(short);
}
