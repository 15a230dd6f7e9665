import { PolicyFault } from "./policy-fault.ts";

/** The addresses from `bottom` to `top`, in their binary value, of one length. */
export interface AddressBlock {
  readonly bits: 32 | 128;
  readonly bottom: bigint;
  readonly top: bigint;
}

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

const IPV4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const LONGEST_ADDRESS = 45;
const IPV6_GROUPS = 8;
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
  if (maskBits >= parsed.bits) throw fault(`IPv${parsed.bits === 32 ? 4 : 6} mask bits must be < ${parsed.bits}`);
  const hostBits = (1n << BigInt(parsed.bits - maskBits)) - 1n;
  return { bits: parsed.bits, bottom: parsed.value, top: parsed.value | hostBits };
}

/** Whether the text is an address of the block. */
export function isInBlock({ bits, bottom, top }: AddressBlock, text: string): boolean {
  const address = parseAddress(text);
  return address !== undefined && address.bits === bits && address.value >= bottom && address.value <= top;
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

function parseAddress(text: string): Address | undefined {
  if (text.length > LONGEST_ADDRESS) return undefined;
  if (IPV4.test(text)) return parseIpv4(text);
  return IPV6.test(text) ? parseIpv6(text) : undefined;
}

function parseIpv4(text: string): Address | undefined {
  const octets = text.split(".").map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return { bits: 32, value: octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n) };
}

function parseIpv6(text: string): Address | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const omitted = IPV6_GROUPS - head.length - tail.length;
  if (halves.length === 2 ? omitted < 1 : omitted !== 0) return undefined;
  const groups = [...head, ...Array<string>(omitted).fill("0"), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return { bits: 128, value: BigInt(`0x${groups.map((group) => group.padStart(4, "0")).join("")}`) };
}

function fault(message: string): PolicyFault {
  return new PolicyFault(message, undefined);
}
