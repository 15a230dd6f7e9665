import { SerializationException } from "./errors.ts";

/** How texts and numbers become scalars, for every format. AWS's texts are those of its common framework. */

const MAX_OF_KIND = { integer: 2 ** 31 - 1, long: 2 ** 63 };

/** A number as the kind can hold it: fractions are dropped downwards, what is out of reach becomes the nearest bound. */
export function integerOf(kind: "integer" | "long", value: number): number {
  const max = MAX_OF_KIND[kind];
  return Math.min(max, Math.max(-max - 1, Math.floor(value)));
}

const DIGITS = /^[+-]?\d+$/;

/** The integer a text spells, or undefined. */
export function integerFromText(kind: "integer" | "long", text: string): number | undefined {
  return DIGITS.test(text) ? integerOf(kind, Number(text)) : undefined;
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
  if (value === undefined) throw new SerializationException(`'${word}' can not be converted to an Boolean`);
  return value;
}

const BASE64_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes a base64 text stands for, in memory of their own. Throws SerializationException. */
export function blobFromText(text: string): Uint8Array {
  const flaw = base64Flaw(text);
  if (flaw !== undefined) throw new SerializationException(`'${text}' can not be converted to a Blob: ${flaw}`);
  return new Uint8Array(Buffer.from(text, "base64"));
}

function base64Flaw(text: string): string | undefined {
  if (text.length % 4 !== 0) {
    return `Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`;
  }
  if (!BASE64.test(text)) return `Invalid Base64 character: '${firstStray(text)}'`;
  // AWS: "dectected" is how it is spelled.
  return hasStrayBits(text) ? "Invalid last non-pad Base64 character dectected" : undefined;
}

/** The first character that is no digit, in a text that is no base64: a `=` found so stands before the end. */
function firstStray(text: string): string | undefined {
  return /[^A-Za-z0-9+/]/u.exec(text)?.[0];
}

/** Whether the last digit says more than whole bytes can hold: four bits before `==`, two before `=`. */
function hasStrayBits(text: string): boolean {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const last = BASE64_CHARACTERS.indexOf(text.charAt(text.length - padding - 1));
  return (last & (padding === 2 ? 0b1111 : padding === 1 ? 0b11 : 0)) !== 0;
}

/** The base64 text of the bytes. */
export function textFromBlob({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}
