import { formatError, positionIn } from "../template-error.ts";
import { mapOf, type Scalar, SourceNumber, type Value } from "../value.ts";
import { MAX_DEPTH } from "./limits.ts";

const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

const BLANK = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const WORD = /true|false|null/y;
const PLAIN_TEXT = /"[^"\\\p{Cc}]*"/uy;
/** Of what may be in it JSON.parse decides. */
const TEXT = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;

/** Reads a template in JSON; numbers keep their text. Throws TemplateError with the place where it stops being JSON. */
export function readJsonText(text: string): Value {
  const reader = new JsonText(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class JsonText {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Value {
    if (depth > MAX_DEPTH) throw this.#malformed();
    this.#skipBlanks();
    const first = this.#text[this.#at];
    if (first === "{") return this.#object(depth);
    if (first === "[") return this.#list(depth);
    if (first === '"') return this.#string();
    const word = this.#take(WORD);
    if (word !== undefined) return WORDS.get(word) ?? null;
    const number = this.#take(NUMBER);
    if (number === undefined) throw this.#malformed();
    return numberOf(number);
  }

  end(): void {
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#malformed();
  }

  #object(depth: number): Value {
    const entries: (readonly [string, Value])[] = [];
    this.#members("}", () => {
      this.#skipBlanks();
      const key = this.#string();
      this.#skipBlanks();
      this.#expect(":");
      entries.push([key, this.value(depth + 1)]);
    });
    return mapOf(entries);
  }

  #list(depth: number): Value {
    const items: Value[] = [];
    this.#members("]", () => items.push(this.value(depth + 1)));
    return items;
  }

  /** Takes what is between the brackets, an entry at a time. */
  #members(closer: string, take: () => void): void {
    this.#at++;
    this.#skipBlanks();
    if (this.#text[this.#at] === closer) {
      this.#at++;
      return;
    }
    for (;;) {
      take();
      this.#skipBlanks();
      if (this.#text[this.#at] === closer) break;
      this.#expect(",");
    }
    this.#at++;
  }

  #string(): string {
    const plain = this.#take(PLAIN_TEXT);
    if (plain !== undefined) return plain.slice(1, -1);
    const escaped = this.#take(TEXT);
    if (escaped === undefined) throw this.#malformed();
    try {
      return JSON.parse(escaped) as string;
    } catch {
      this.#at -= escaped.length;
      throw this.#malformed();
    }
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#text)?.[0];
    if (taken !== undefined) this.#at += taken.length;
    return taken;
  }

  #expect(mark: string): void {
    if (this.#text[this.#at] !== mark) throw this.#malformed();
    this.#at++;
  }

  #skipBlanks(): void {
    this.#take(BLANK);
  }

  #malformed(): Error {
    return formatError(`JSON not well-formed. ${positionIn(this.#text, this.#at)}`);
  }
}

/** The number, with its text where that is another than JavaScript would write. */
export function numberOf(text: string): number | SourceNumber {
  const value = Number(text);
  return String(value) === text ? value : new SourceNumber(value, text);
}
