/** What the scanner returns instead of a character at the end of the text. */
export const END_OF_TEXT = -1;

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const SLASH = 47;
const BACKSLASH = 92;
const COMMENT =
  "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)";
const HEX_DIGITS = 4;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** The characters of a JSON text, one after the other. Characters are UTF-16 code units. */
export class JsonScanner {
  readonly text: string;
  /** Index of the character that comes next. */
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Takes the next character that is not white space. */
  take(): number {
    const { text } = this;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at++);
      if (code > SPACE) return code === SLASH ? this.#refuse(code, COMMENT) : code;
      if (code < SPACE && code !== TAB && code !== LINE_FEED && code !== CARRIAGE_RETURN) {
        const found = describeCharacter(code);
        throw this.fault(
          `Illegal character (${found}): only regular white space (\\r, \\n, \\t) is allowed between tokens`,
          this.at - 1,
        );
      }
    }
    return END_OF_TEXT;
  }

  /** Takes the rest of a string whose opening quote is taken. `kind` is what Jackson calls it. */
  takeString(kind: "name" | "string value"): string {
    const { text } = this;
    let decoded = "";
    let copiedTo = this.at;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at++);
      if (code === QUOTE) return decoded + text.slice(copiedTo, this.at - 1);
      if (code === BACKSLASH) {
        decoded += text.slice(copiedTo, this.at - 1) + this.#takeEscape();
        copiedTo = this.at;
      } else if (code < SPACE) {
        const found = describeCharacter(code);
        const remedy = `has to be escaped using backslash to be included in ${kind}`;
        throw this.fault(`Illegal unquoted character (${found}): ${remedy}`, this.at - 1);
      }
    }
    throw this.endFault(kind === "name" ? " in field name" : ": was expecting closing quote for a string value");
  }

  /** A fault at an index of the text; at the next character unless said. */
  fault(message: string, index: number = this.at): JsonFault {
    return faultAt(this.text, index, message);
  }

  /** The fault of a text that is over too early. */
  endFault(where: string): JsonFault {
    return this.fault(`Unexpected end-of-input${where}`, this.text.length);
  }

  /** The fault of a character, just taken, that cannot stand there. */
  unexpected(code: number, expectation: string): JsonFault {
    return this.fault(`Unexpected character (${describeCharacter(code)}): ${expectation}`, this.at - 1);
  }

  #refuse(code: number, expectation: string): never {
    throw this.unexpected(code, expectation);
  }

  #takeEscape(): string {
    const letter = this.text[this.at++];
    if (letter === undefined) throw this.endFault(" in character escape sequence");
    if (letter === "u") return this.#takeHexEscape();
    const meaning = ESCAPES.get(letter);
    if (meaning !== undefined) return meaning;
    throw this.fault(`Unrecognized character escape ${describeCharacter(letter.charCodeAt(0))}`, this.at - 1);
  }

  #takeHexEscape(): string {
    let value = 0;
    for (let digits = 0; digits < HEX_DIGITS; digits++) {
      if (this.at >= this.text.length) throw this.endFault(" in character escape sequence");
      const code = this.text.charCodeAt(this.at++);
      const digit = hexDigit(code);
      if (digit < 0) throw this.unexpected(code, "expected a hex-digit for character escape sequence");
      value = value * 16 + digit;
    }
    return String.fromCharCode(value);
  }
}

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** Why a text is not JSON, in the words of Jackson, the parser behind AWS. */
export class JsonFault extends Error {}

const REDACTED = "REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)";

/** A place in a text as Jackson prints it when it must not show the text. `index` counts UTF-16 units from 0. */
export function redactedLocation(text: string, index: number): string {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < index; at++) {
    const code = text.charCodeAt(at);
    const endsLine = code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10);
    if (!endsLine) continue;
    line++;
    lineStart = at + 1;
  }
  return `[Source: ${REDACTED}; line: ${line}, column: ${index - lineStart + 1}]`;
}

/** Where Jackson says the root began. */
export const ROOT_LOCATION = `[Source: ${REDACTED}; line: 1, column: 0]`;

/** A fault found at `index` of the text. */
function faultAt(text: string, index: number, message: string): JsonFault {
  return new JsonFault(`${message}\n at ${redactedLocation(text, index)}`);
}

/** A character as Jackson names it: `'i' (code 105)`. */
export function describeCharacter(code: number): string {
  const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
  if (isControl) return `(CTRL-CHAR, code ${code})`;
  const hex = code > 0xff ? ` / 0x${code.toString(16)}` : "";
  return `'${String.fromCharCode(code)}' (code ${code}${hex})`;
}
