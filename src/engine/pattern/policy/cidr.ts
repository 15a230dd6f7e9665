import { hexDigit } from "../json/json-scanner.ts";
import { PolicyFault } from "./policy-fault.ts";

/** The addresses from `bottom` to `top`, of one length, by their keys. */
export interface AddressBlock {
  readonly bottom: string;
  readonly top: string;
}

const IPV4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const IPV6 = /^[0-9a-fA-F]*:[0-9a-fA-F:]*$/;
const LONGEST_ADDRESS = 45;
const IPV4_OCTETS = 4;
const IPV6_GROUPS = 8;
const GROUP_BITS = 16;
const GROUP_DIGITS = 4;
const COLON = 58;
const DOT = 46;
const MAX_INTEGER = 2_147_483_647;

/**
 * The block a text like `10.0.0.0/8` stands for. As AWS has it, the block begins with the address itself even where
 * the mask would reach further down. None of its faults has a place in the source.
 */
export function parseCidr(text: string): AddressBlock {
  const [address, mask] = slashed(text);
  const maskBits = /^[+-]?[0-9]+$/.test(mask) ? Number(mask) : Number.NaN;
  if (!(Math.abs(maskBits) <= MAX_INTEGER)) throw fault("Malformed CIDR, mask bits must be an integer");
  if (maskBits < 0) throw fault("Malformed CIDR, mask bits must not be negative");
  if (!IPV4.test(address) && !IPV6.test(address)) throw fault(`Nonstandard IP address: ${address}`);
  const groups = parseAddress(address);
  if (groups === undefined) throw fault(`Invalid IP address: ${address}`);
  const bits = groups.length * GROUP_BITS;
  if (maskBits >= bits) throw fault(`IPv${groups.length === IPV6_GROUPS ? 6 : 4} mask bits must be < ${bits}`);
  const last = groups.map((group, index) => lastOf(group, maskBits - index * GROUP_BITS));
  return { bottom: keyOf(groups), top: keyOf(last) };
}

/** A text in whose order addresses are, the short ones first; undefined when this is none. Takes no longer for a long text. */
export function addressKey(text: string): string | undefined {
  const groups = parseAddress(text);
  return groups && keyOf(groups);
}

function keyOf(groups: readonly number[]): string {
  let key = groups.length === IPV6_GROUPS ? "6" : "4";
  for (const group of groups) key += String.fromCharCode(group);
  return key;
}

/** The address of a key as it is written, groups of zeros at full length. */
export function addressOfKey(key: string): string {
  const groups = Array.from({ length: key.length - 1 }, (_, index) => key.charCodeAt(index + 1));
  if (groups.length === IPV6_GROUPS) return groups.map((group) => group.toString(16)).join(":");
  return groups.flatMap((group) => [group >>> 8, group & 255]).join(".");
}

/** The highest group that has the first bits of this one. */
function lastOf(group: number, maskBits: number): number {
  if (maskBits >= GROUP_BITS) return group;
  return maskBits <= 0 ? 0xffff : group | (0xffff >>> maskBits);
}

/** The two sides of the only slash; like Java, overlooks slashes at the end. */
function slashed(text: string): [string, string] {
  const parts = text.split("/");
  while (parts.at(-1) === "") parts.pop();
  const [address, mask] = parts;
  if (parts.length !== 2 || address === undefined || mask === undefined) {
    throw fault("Malformed CIDR, one '/' required");
  }
  return [address, mask];
}

/** An address in groups of 16 bits: two for IPv4, eight for IPv6. */
function parseAddress(text: string): readonly number[] | undefined {
  if (text.length > LONGEST_ADDRESS) return undefined;
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): readonly number[] | undefined {
  const octets: number[] = [];
  let octet = -1;
  for (let at = 0; at <= text.length; at++) {
    const code = at === text.length ? DOT : text.charCodeAt(at);
    if (code === DOT) {
      if (octet < 0 || octet > 255) return undefined;
      octets.push(octet);
      octet = -1;
      continue;
    }
    if (code < 48 || code > 57) return undefined;
    octet = Math.max(octet, 0) * 10 + code - 48;
  }
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  return octets.length === IPV4_OCTETS ? [a * 256 + b, c * 256 + d] : undefined;
}

function parseIpv6(text: string): readonly number[] | undefined {
  const groups: number[] = [];
  /** Before which group `::` stands. */
  let gap = text.startsWith("::") ? 0 : -1;
  let at = gap < 0 ? 0 : 2;
  while (at < text.length) {
    const end = endOfDigits(text, at);
    if (end === at || end - at > GROUP_DIGITS) return undefined;
    groups.push(Number.parseInt(text.slice(at, end), 16));
    if (end === text.length) break;
    if (text.charCodeAt(end) !== COLON || end + 1 === text.length) return undefined;
    at = end + 1;
    if (text.charCodeAt(at) !== COLON) continue;
    if (gap >= 0) return undefined;
    gap = groups.length;
    at++;
  }
  if (gap < 0) return groups.length === IPV6_GROUPS ? groups : undefined;
  if (groups.length >= IPV6_GROUPS) return undefined;
  const omitted = Array<number>(IPV6_GROUPS - groups.length).fill(0);
  return [...groups.slice(0, gap), ...omitted, ...groups.slice(gap)];
}

/** Where the hexadecimal digits end that begin there. */
function endOfDigits(text: string, start: number): number {
  let end = start;
  while (end < text.length && hexDigit(text.charCodeAt(end)) >= 0) end++;
  return end;
}

function fault(message: string): PolicyFault {
  return new PolicyFault(message, undefined);
}
