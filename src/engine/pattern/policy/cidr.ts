import { PolicyFault } from "./policy-fault.ts";

/** An address in its 32-bit words, the first one highest: one word for IPv4, four for IPv6. */
export type Address = readonly number[];

/** The addresses from `bottom` to `top`, of one length. */
export interface AddressBlock {
  readonly bottom: Address;
  readonly top: Address;
}

const IPV4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const IPV6 = /^[0-9a-fA-F]*:[0-9a-fA-F:]*$/;
const LONGEST_ADDRESS = 45;
const IPV6_GROUPS = 8;
const WORD_BITS = 32;
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
  const parsed = parseAddress(address);
  if (parsed === undefined) throw fault(`Invalid IP address: ${address}`);
  const bits = parsed.length * WORD_BITS;
  if (maskBits >= bits) throw fault(`IPv${parsed.length === 1 ? 4 : 6} mask bits must be < ${bits}`);
  return { bottom: parsed, top: parsed.map((word, index) => lastOf(word, maskBits - index * WORD_BITS)) };
}

/** Addresses in their order, the short ones first. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.length !== b.length) return a.length - b.length;
  const differing = a.findIndex((word, index) => word !== b[index]);
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
}

/** The highest word that has the first bits of this one. */
function lastOf(word: number, maskBits: number): number {
  if (maskBits >= WORD_BITS) return word;
  return (maskBits <= 0 ? 0xffff_ffff : word | (0xffff_ffff >>> maskBits)) >>> 0;
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

/** Takes a text apart in a time that does not depend on its length. */
export function parseAddress(text: string): Address | undefined {
  if (text.length > LONGEST_ADDRESS) return undefined;
  if (IPV4.test(text)) return parseIpv4(text);
  return IPV6.test(text) ? parseIpv6(text) : undefined;
}

function parseIpv4(text: string): Address | undefined {
  const octets = text.split(".").map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return [octets.reduce((value, octet) => value * 256 + octet, 0)];
}

function parseIpv6(text: string): Address | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const omitted = IPV6_GROUPS - head.length - tail.length;
  if (halves.length === 2 ? omitted < 1 : omitted !== 0) return undefined;
  if (![...head, ...tail].every((group) => group !== "" && group.length <= 4)) return undefined;
  const groups = [...head, ...Array<string>(omitted).fill("0"), ...tail].map((group) => Number.parseInt(group, 16));
  return [0, 2, 4, 6].map((index) => (groups[index] ?? 0) * 65_536 + (groups[index + 1] ?? 0));
}

function fault(message: string): PolicyFault {
  return new PolicyFault(message, undefined);
}
