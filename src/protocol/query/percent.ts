import { isUtf8 } from "node:buffer";
import { MalformedQueryString } from "../errors.ts";

const PERCENT = 0x25;
const PLUS = 0x2b;
const BLANK = 0x20;
const FIRST_BEYOND_ASCII = 0x80;

/**
 * The text between two positions of a form, its escapes undone: `%41` is an A, `+` a blank. The text is a copy of its
 * own, so keeping it keeps nothing of the form alive. Throws MalformedQueryString, also when it is not UTF-8.
 */
export function unescaped(bytes: Buffer, start: number, end: number): string {
  if (isPlain(bytes, start, end)) return bytes.toString("latin1", start, end);
  const plain = withoutEscapes(bytes.subarray(start, end));
  if (!isUtf8(plain)) throw new MalformedQueryString();
  return plain.toString("utf8");
}

function isPlain(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === PERCENT || byte === PLUS || byte >= FIRST_BEYOND_ASCII) return false;
  }
  return true;
}

function withoutEscapes(escaped: Buffer): Buffer {
  const plain = Buffer.allocUnsafe(escaped.length);
  let length = 0;
  for (let at = 0; at < escaped.length; at++) {
    const byte = escaped[at]!;
    if (byte === PERCENT) {
      plain[length++] = (hexDigit(escaped[at + 1]) << 4) | hexDigit(escaped[at + 2]);
      at += 2;
    } else {
      plain[length++] = byte === PLUS ? BLANK : byte;
    }
  }
  return plain.subarray(0, length);
}

function hexDigit(byte: number | undefined): number {
  if (byte !== undefined) {
    if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
    const letter = byte | 0x20;
    if (letter >= 0x61 && letter <= 0x66) return letter - 0x61 + 10;
  }
  throw new MalformedQueryString();
}
