import { isUtf8 } from "node:buffer";
import { Scratch } from "../../kernel/memory/block-pool.ts";
import { MalformedQueryString } from "../errors.ts";

const BLANK = 0x20;
const PERCENT = 0x25;
const PLUS = 0x2b;
const BEYOND_ASCII = 0x80;

const scratch = new Scratch();

/** The value of each hexadecimal digit by its character; -1 for all others. */
const digits = new Int8Array(256).fill(-1);
for (const [value, digit] of [..."0123456789abcdef"].entries()) {
  digits[digit.charCodeAt(0)] = value;
  digits[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Clients name the same few resources over and over, so what was read of ARNs is kept: so many, none longer than that. */
const MAX_RECENT = 1000;
const MAX_RECENT_LENGTH = 300;
const recent = new Map<string, Known>();
/** The latest of them, which mostly is asked for again: to compare takes a third of what it takes to look it up. */
let latest: Known = { escaped: "", arn: "" };

interface Known {
  readonly escaped: string;
  readonly arn: string;
}

/** The text with its escapes undone: `%41` is an A, `+` a blank. Throws MalformedQueryString, also when it is not UTF-8. */
export function unescaped(text: string): string {
  if (!text.startsWith("arn%3A") || text.length > MAX_RECENT_LENGTH) return undone(text);
  if (latest.escaped !== text) latest = recent.get(text) ?? learn(text);
  return latest.arn;
}

function learn(text: string): Known {
  // A copy of its own: a piece of a form keeps all of the form.
  const known = { escaped: Buffer.from(text).toString(), arn: undone(text) };
  if (recent.size >= MAX_RECENT) recent.clear();
  recent.set(known.escaped, known);
  return known;
}

function undone(text: string): string {
  const bytes = scratch.take(Buffer.byteLength(text));
  const length = unescapeIn(bytes, bytes.write(text, "utf8"));
  if (length.isAscii) return bytes.toString("latin1", 0, length.bytes);
  if (!isUtf8(bytes.subarray(0, length.bytes))) throw new MalformedQueryString();
  return bytes.toString("utf8", 0, length.bytes);
}

/** Undoes the escapes in the first `end` bytes where they are, and says how many bytes are left. */
function unescapeIn(bytes: Buffer, end: number): { readonly bytes: number; readonly isAscii: boolean } {
  let to = 0;
  let bits = 0;
  for (let at = 0; at < end; at++) {
    let byte = bytes[at] ?? 0;
    if (byte === PLUS) byte = BLANK;
    else if (byte === PERCENT) {
      byte = escapeAt(bytes, at + 1, end);
      at += 2;
    }
    bits |= byte;
    bytes[to++] = byte;
  }
  return { bytes: to, isAscii: bits < BEYOND_ASCII };
}

function escapeAt(bytes: Buffer, at: number, end: number): number {
  const high = digits[bytes[at] ?? 0] ?? -1;
  const low = digits[bytes[at + 1] ?? 0] ?? -1;
  if (at + 1 >= end || high < 0 || low < 0) throw new MalformedQueryString();
  return high * 16 + low;
}
