import { takeNumber, takeWord } from "./json-scalars.ts";
import { END_OF_TEXT, JsonFault, JsonScanner, ROOT_LOCATION, redactedLocation } from "./json-scanner.ts";
import { type JsonMembers, JsonNumber, type JsonTree } from "./json-tree.ts";

const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const MAX_DEPTH = 1000;

/**
 * Takes a JSON text apart the way Jackson does: strictly, every digit kept, and with Jackson's own words and position
 * when it is not JSON. AWS shows its users those words. Anything after the value is a fault too.
 */
export function readJson(text: string): { readonly tree: JsonTree } | { readonly fault: string } {
  try {
    return { tree: new JsonReader(new JsonScanner(text)).readDocument() };
  } catch (cause) {
    if (cause instanceof JsonFault) return { fault: cause.message };
    throw cause;
  }
}

class JsonReader {
  readonly #scanner: JsonScanner;
  #depth = 0;

  constructor(scanner: JsonScanner) {
    this.#scanner = scanner;
  }

  readDocument(): JsonTree {
    const scanner = this.#scanner;
    const first = scanner.take();
    if (first === END_OF_TEXT) throw scanner.fault("No content to map due to end-of-input");
    const tree = this.#readValue(first, "root");
    const extra = scanner.take();
    if (extra !== END_OF_TEXT) this.#refuseTrailing(extra);
    return tree;
  }

  #readValue(code: number, within: "Array" | "Object" | "root"): JsonTree {
    switch (code) {
      case QUOTE:
        return this.#scanner.takeString("string value");
      case OPEN_BRACE:
        return this.#nested(() => this.#readObject());
      case OPEN_BRACKET:
        return this.#nested(() => this.#readArray());
      case CLOSE_BRACE:
        if (within === "root") throw this.#mismatch(code, "]", `root starting at ${ROOT_LOCATION}`);
        throw this.#scanner.unexpected(code, "expected a value");
      case CLOSE_BRACKET:
        if (within === "root") throw this.#mismatch(code, "}", `root starting at ${ROOT_LOCATION}`);
        return takeWord(this.#scanner, code);
    }
    const isNumber = code === MINUS || (code >= ZERO && code <= NINE);
    return isNumber ? takeNumber(this.#scanner, within === "root") : takeWord(this.#scanner, code);
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) {
      const limit = `(${MAX_DEPTH}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`;
      throw new JsonFault(`Document nesting depth (${this.#depth}) exceeds the maximum allowed ${limit}`);
    }
    const value = read();
    this.#depth--;
    return value;
  }

  #readObject(): JsonMembers {
    const scanner = this.#scanner;
    const opener = scanner.at - 1;
    const members = new Map<string, JsonTree>();
    let isFirst = true;
    for (;;) {
      let code = this.#takeWithin("Object", opener);
      if (code === CLOSE_BRACE) return members;
      if (code === CLOSE_BRACKET) throw this.#mismatch(code, "}", this.#startedAt("Object", opener));
      if (!isFirst) code = this.#takeAfterComma(code, "Object");
      if (code !== QUOTE) throw scanner.unexpected(code, "was expecting double-quote to start field name");
      const name = scanner.takeString("name");
      members.set(name, this.#readValue(this.#takeAfterColon(), "Object"));
      isFirst = false;
    }
  }

  #readArray(): JsonTree[] {
    const opener = this.#scanner.at - 1;
    const items: JsonTree[] = [];
    for (;;) {
      let code = this.#takeWithin("Array", opener);
      if (code === CLOSE_BRACKET) return items;
      if (code === CLOSE_BRACE) throw this.#mismatch(code, "]", this.#startedAt("Array", opener));
      if (items.length > 0) code = this.#takeAfterComma(code, "Array");
      items.push(this.#readValue(code, "Array"));
    }
  }

  #takeWithin(kind: "Array" | "Object", opener: number): number {
    const code = this.#scanner.take();
    if (code !== END_OF_TEXT) return code;
    const start = redactedLocation(this.#scanner.text, opener);
    throw this.#scanner.endFault(`: expected close marker for ${kind} (start marker at ${start})`);
  }

  #takeAfterComma(code: number, kind: "Array" | "Object"): number {
    if (code !== COMMA) throw this.#scanner.unexpected(code, `was expecting comma to separate ${kind} entries`);
    return this.#takeBetween(kind);
  }

  #takeAfterColon(): number {
    const code = this.#takeBetween("Object");
    if (code === COLON) return this.#takeBetween("Object");
    throw this.#scanner.unexpected(code, "was expecting a colon to separate field name and value");
  }

  #takeBetween(kind: "Array" | "Object"): number {
    const code = this.#scanner.take();
    if (code === END_OF_TEXT) throw this.#scanner.endFault(` within/between ${kind} entries`);
    return code;
  }

  #startedAt(kind: "Array" | "Object", opener: number): string {
    return `${kind} starting at ${redactedLocation(this.#scanner.text, opener)}`;
  }

  #mismatch(code: number, expected: string, start: string): JsonFault {
    const found = String.fromCharCode(code);
    return this.#scanner.fault(`Unexpected close marker '${found}': expected '${expected}' (for ${start})`);
  }

  #refuseTrailing(code: number): never {
    const start = this.#scanner.at - 1;
    const name = tokenName(code, this.#readValue(code, "root"));
    const place = "(bound as `com.fasterxml.jackson.databind.JsonNode`)";
    const rule = "not allowed as per `DeserializationFeature.FAIL_ON_TRAILING_TOKENS`";
    throw this.#scanner.fault(`Trailing token (of type ${name}) found after value ${place}: ${rule}`, start);
  }
}

function tokenName(code: number, value: JsonTree): string {
  if (code === OPEN_BRACE) return "START_OBJECT";
  if (code === OPEN_BRACKET) return "START_ARRAY";
  if (value instanceof JsonNumber) return value.isInteger ? "VALUE_NUMBER_INT" : "VALUE_NUMBER_FLOAT";
  return typeof value === "string" ? "VALUE_STRING" : `VALUE_${String(value).toUpperCase()}`;
}
