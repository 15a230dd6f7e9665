import { told } from "../kernel/aws-error.ts";
import { SerializationException } from "./errors.ts";

/** How texts and numbers become scalars, for every format. AWS's texts are those of its common framework. */

const MAX_OF_KIND = { integer: 2 ** 31 - 1, long: 2 ** 63 };

/** A number as the kind can hold it: fractions are dropped downwards, what is out of reach becomes the nearest bound. */
export function integerOf(kind: "integer" | "long", value: number): number {
  const max = MAX_OF_KIND[kind];
  return Math.min(max, Math.max(-max - 1, Math.floor(value)));
}

/** Epoch milliseconds from a number that may have a fraction; beyond what is exact, the last instant that is. */
export function instantOf(epochMs: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, Math.round(epochMs)));
}

const DIGITS = /^[+-]?\d+$/;

/** The integer a text spells, or undefined. */
export function integerFromText(kind: "integer" | "long", text: string): number | undefined {
  return DIGITS.test(text) ? integerOf(kind, Number(text)) : undefined;
}

/** The integer a text spells. Throws SerializationException. GAP: AWS's words for a text that spells none are not known. */
export function readIntegerText(kind: "integer" | "long", text: string): number {
  const value = integerFromText(kind, text);
  if (value !== undefined) return value;
  throw new SerializationException(
    `'${told(text)}' can not be converted to ${kind === "long" ? "an Long" : "an Integer"}`,
  );
}

const DECIMAL = /^[+-]?\d{1,400}(?:\.\d{1,400})?$/;

/** The number a text spells. Throws SerializationException. GAP: as above. */
export function doubleFromText(text: string): number {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new SerializationException(`'${told(text)}' can not be converted to an Double`);
}

/** The instant a text spells in a form that `parse` knows. Throws SerializationException. GAP: as above. */
export function readInstantText(text: string, parse: (text: string) => number | undefined): number {
  const instant = parse(text);
  if (instant !== undefined) return instant;
  throw new SerializationException(`'${told(text)}' can not be converted to milliseconds since epoch`);
}

const WORDS = new Map([
  ["TRUE", true],
  ["YES", true],
  ["1", true],
  ["FALSE", false],
  ["NO", false],
  ["0", false],
]);

/** Throws SerializationException for anything but true, yes, 1, false, no and 0, in any case. */
export function booleanFromText(text: string): boolean {
  const word = text.toUpperCase();
  const value = WORDS.get(word);
  if (value === undefined) throw new SerializationException(`'${told(word)}' can not be converted to an Boolean`);
  return value;
}

const BASE64_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes a base64 text stands for, in memory of their own. Throws SerializationException. */
export function blobFromText(text: string): Uint8Array {
  const bytes = Buffer.allocUnsafe(blobRoom(text.length));
  return new Uint8Array(bytes.subarray(0, writeBlob(text, bytes, 0)));
}

/** The most bytes that a base64 text of that length can stand for. */
export function blobRoom(textLength: number): number {
  return Math.ceil((textLength * 3) / 4);
}

/** Writes the bytes a base64 text stands for, and tells how many they are. Throws SerializationException. */
export function writeBlob(text: string, target: Buffer, offset: number): number {
  const written = target.write(text, offset, "base64");
  if (!isStrict(text, written)) {
    throw new SerializationException(`'${told(text)}' can not be converted to a Blob: ${base64Flaw(text)}`);
  }
  return written;
}

/**
 * Whether a text is base64 to the letter. Node passes over what is none, which shows in the number of bytes it finds;
 * only the two digits of URLs it takes for others. So a good text, which is nearly every one, is not read a second time.
 */
function isStrict(text: string, written: number): boolean {
  const padding = paddingOf(text);
  const expected = ((text.length - padding) * 3) >> 2;
  return (
    text.length % 4 === 0 &&
    written === expected &&
    !text.includes("-") &&
    !text.includes("_") &&
    !hasStrayBits(text, padding)
  );
}

function base64Flaw(text: string): string {
  if (text.length % 4 !== 0) {
    return `Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`;
  }
  const stray = firstStray(text);
  if (stray !== undefined) return `Invalid Base64 character: '${stray}'`;
  // AWS: "dectected" is how it is spelled.
  return "Invalid last non-pad Base64 character dectected";
}

/** The first character that is no digit and no padding at the end. */
function firstStray(text: string): string | undefined {
  return /[^A-Za-z0-9+/]/u.exec(text.slice(0, text.length - paddingOf(text)))?.[0];
}

/** Whether the last digit says more than whole bytes can hold: four bits before `==`, two before `=`. */
function hasStrayBits(text: string, padding: number): boolean {
  if (padding === 0) return false;
  const last = BASE64_CHARACTERS.indexOf(text.charAt(text.length - padding - 1));
  return (last & (padding === 2 ? 0b1111 : 0b11)) !== 0;
}

function paddingOf(text: string): number {
  if (!text.endsWith("=")) return 0;
  return text.endsWith("==") ? 2 : 1;
}
