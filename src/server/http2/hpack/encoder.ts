import { staticNames, staticTable } from "./static-table.ts";

/** Names are those of our services, and a few that functions make up. */
const MAX_REMEMBERED = 256;
const names = new Map<string, string>();

const STATUS_NAME = 8;
const NO_OCTETS = /[^\0-\xff]/;

/** Statuses that the static table has, and those that have been spelled out. */
const statuses = new Map<string, string>(
  staticTable.flatMap((field, index) =>
    field?.name === ":status" ? [[field.value, String.fromCharCode(0x80 | index)] as const] : [],
  ),
);

/**
 * `:status` as a field, an octet a character. Answers refer to HPACK's static table alone, and are thus the same on every
 * connection: what could be saved are some dozen bytes an answer, which stay on one machine. RFC 7541 §6.1, §6.2.2
 */
export function statusField(status: number): string {
  const text = String(status);
  const known = statuses.get(text);
  if (known !== undefined) return known;
  const field = number(STATUS_NAME, 0x0f) + string(text);
  statuses.set(text, field);
  return field;
}

/** A header as a field, an octet a character; the name in any case. */
export function headerField(name: string, value: string): string {
  return (names.get(name) ?? learnt(name)) + string(value);
}

function learnt(name: string): string {
  if (names.size >= MAX_REMEMBERED) names.clear();
  const inLowerCase = name.toLowerCase();
  const index = staticNames.get(inLowerCase);
  const field = index === undefined ? `\0${string(inLowerCase)}` : number(index, 0x0f);
  names.set(name, field);
  return field;
}

/** A text without Huffman code, which makes it shorter and takes longer. RFC 7541 §5.2 */
function string(text: string): string {
  const octets = NO_OCTETS.test(text) ? Buffer.from(text).toString("latin1") : text;
  return octets.length < 0x7f ? String.fromCharCode(octets.length) + octets : number(octets.length, 0x7f) + octets;
}

/** A number in the low bits of a byte, and what is left of it in further ones. RFC 7541 §5.1 */
function number(value: number, prefix: number): string {
  if (value < prefix) return String.fromCharCode(value);
  let text = String.fromCharCode(prefix);
  let rest = value - prefix;
  for (; rest >= 0x80; rest >>>= 7) text += String.fromCharCode(0x80 | (rest & 0x7f));
  return text + String.fromCharCode(rest);
}
