import { describeCharacter, JsonFault, type JsonScanner } from "./json-scanner.ts";
import { JsonNumber } from "./json-tree.ts";

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const EXPONENT_MARK = /[eE][+-]?/y;
/** What Java calls an identifier: Jackson takes a wrong word to end where one would. */
const WORD = /[\p{L}\p{Nl}\p{Sc}\p{Pc}][\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mn}\p{Mc}\p{Cf}]*/uy;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const PLUS = 43;
const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const AFTER_MINUS = "expected digit (0-9) to follow minus sign, for valid numeric value";
const NO_PLUS =
  "JSON spec does not allow numbers to have plus signs: enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow";
const MAX_NUMBER_LENGTH = 1000;
const MAX_WORD_LENGTH = 256;

/** Takes a number whose first character is taken. One that stands alone must be followed by white space. */
export function takeNumber(scanner: JsonScanner, isAlone: boolean): JsonNumber {
  const start = scanner.at - 1;
  NUMBER.lastIndex = start;
  const digits = NUMBER.exec(scanner.text)?.[0];
  if (digits === undefined) throw numericFault(scanner, scanner.at, { index: scanner.at, message: AFTER_MINUS });
  scanner.at = start + digits.length;
  refuseUnfinished(scanner, start, digits);
  if (digits.length > MAX_NUMBER_LENGTH) {
    const limit = `(${MAX_NUMBER_LENGTH}, from \`StreamReadConstraints.getMaxNumberLength()\`)`;
    throw new JsonFault(`Number value length (${digits.length}) exceeds the maximum allowed ${limit}`);
  }
  if (isAlone) refuseNeighbour(scanner);
  return new JsonNumber(digits);
}

/** Takes `true`, `false` or `null`, whose first character is taken. Throws for everything else. */
export function takeWord(scanner: JsonScanner, code: number): boolean | null {
  WORD.lastIndex = scanner.at - 1;
  const word = WORD.exec(scanner.text)?.[0];
  const value = word === undefined ? undefined : WORDS.get(word);
  if (word === undefined || value === undefined) throw wordFault(scanner, code, word);
  scanner.at += word.length - 1;
  return value;
}

/** Throws when what follows the digits shows that the number was meant to go on. */
function refuseUnfinished(scanner: JsonScanner, start: number, digits: string): void {
  const { text, at } = scanner;
  const next = text[at];
  if (next === undefined) return;
  if (next >= "0" && next <= "9") throw scanner.fault("Invalid numeric value: Leading zeroes not allowed");
  if (/[eE]/.test(digits)) return;
  if (next === "." && !digits.includes(".")) {
    throw numericFault(scanner, at + 1, { index: start, message: "Decimal point not followed by a digit" });
  }
  EXPONENT_MARK.lastIndex = at;
  const mark = EXPONENT_MARK.exec(text)?.[0];
  if (mark === undefined) return;
  throw numericFault(scanner, at + mark.length, {
    index: start,
    message: "Exponent indicator not followed by a digit",
  });
}

function refuseNeighbour(scanner: JsonScanner): void {
  if (scanner.at === scanner.text.length) return;
  const code = scanner.text.charCodeAt(scanner.at++);
  if (" \t\r\n".includes(String.fromCharCode(code))) return;
  throw scanner.unexpected(code, "Expected space separating root-level values");
}

/** A fault about the character at `culprit`. Jackson has not moved on from the number's start when it finds some. */
function numericFault(
  scanner: JsonScanner,
  culprit: number,
  { index, message }: { readonly index: number; readonly message: string },
): JsonFault {
  if (culprit >= scanner.text.length) return scanner.endFault(" in a Number value");
  const found = describeCharacter(scanner.text.charCodeAt(culprit));
  return scanner.fault(`Unexpected character (${found}) in numeric value: ${message}`, index);
}

function wordFault(scanner: JsonScanner, code: number, word: string | undefined): JsonFault {
  const start = scanner.at - 1;
  if (code === PLUS) return numericFault(scanner, start, { index: start, message: NO_PLUS });
  if (word === undefined) return scanner.unexpected(code, `expected a valid value ${VALUES}`);
  if (word === "NaN" || word === "Infinity") {
    const remedy = "enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow";
    return scanner.fault(`Non-standard token '${word}': ${remedy}`, start + word.length);
  }
  const shown = word.slice(0, MAX_WORD_LENGTH);
  const ellipsis = shown === word ? "" : "...";
  return scanner.fault(`Unrecognized token '${shown}${ellipsis}': was expecting ${VALUES}`, start + shown.length);
}

/** A number as Java prints it after reading it: integers keep their digits, all others become doubles. */
export function javaNumber(number: JsonNumber): string {
  if (number.isInteger) return number.text === "-0" ? "0" : number.text;
  const value = Number(number.text);
  return Number.isFinite(value) ? javaDouble(value) : number.text;
}

/** `Double.toString`: at least one digit after the point, and scientific outside of 10^-3 to 10^7. */
function javaDouble(value: number): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const magnitude = Math.abs(value);
  if (magnitude === 0 || (magnitude >= 1e-3 && magnitude < 1e7)) return sign + withFraction(String(magnitude));
  const [mantissa, exponent] = magnitude.toExponential().split("e");
  return `${sign}${withFraction(String(mantissa))}E${Number(exponent)}`;
}

function withFraction(digits: string): string {
  return digits.includes(".") ? digits : `${digits}.0`;
}
