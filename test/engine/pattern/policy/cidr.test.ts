import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressKey, parseCidr } from "../../../../src/engine/pattern/policy/cidr.ts";

const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
const octet = fc.integer({ min: 0, max: 255 }).map(String);
const ipv4 = fc.array(octet, { minLength: 4, maxLength: 4 }).map((octets) => octets.join("."));
const ipv6 = fc
  .tuple(fc.array(group, { maxLength: 8 }), fc.array(group, { maxLength: 8 }))
  .map(([head, tail]) =>
    head.length + tail.length < 8 ? `${head.join(":")}::${tail.join(":")}` : [...head, ...tail].slice(0, 8).join(":"),
  );

/** The 128 bits of an address, `::` written out. */
function bitsOf(address: string): bigint {
  const [head = "", tail] = address.split("::");
  const groupsOf = (half = "") => (half === "" ? [] : half.split(":"));
  const omitted = tail === undefined ? 0 : 8 - groupsOf(head).length - groupsOf(tail).length;
  const groups = [...groupsOf(head), ...Array<string>(omitted).fill("0"), ...groupsOf(tail)];
  return groups.reduce((bits, each) => bits * 65_536n + BigInt(`0x${each}`), 0n);
}

test("what looks like an address is one when the platform says so", () => {
  const noise = fc.string({ unit: fc.constantFrom(..."01a9f:.:"), maxLength: 20 });
  fc.assert(
    fc.property(fc.oneof(noise, ipv4, ipv6), (text) => {
      // A text with a dot inside colons is none here, and a zero in front is no fault.
      fc.pre(!(text.includes(":") && text.includes(".")) && !/(^|\.)0\d/.test(text));
      expect(addressKey(text) !== undefined).toBe(isIP(text) !== 0);
    }),
  );
});

test("keys are in the order of the addresses, IPv4 before IPv6", () => {
  const value = (address: string) =>
    address.includes(":")
      ? 2n ** 128n + bitsOf(address)
      : address.split(".").reduce((n, o) => n * 256n + BigInt(o), 0n);
  const address = fc.oneof(ipv4, ipv6);
  fc.assert(
    fc.property(address, address, (one, other) => {
      const [a = "", b = ""] = [addressKey(one), addressKey(other)];
      expect([a < b, a === b]).toEqual([value(one) < value(other), value(one) === value(other)]);
    }),
  );
});

describe("a block", () => {
  test.for([
    ["10.0.0.0/8", "10.0.0.0", "10.255.255.255"],
    ["10.1.2.3/24", "10.1.2.3", "10.1.2.255"],
    ["10.1.2.3/0", "10.1.2.3", "255.255.255.255"],
    ["10.1.2.3/31", "10.1.2.3", "10.1.2.3"],
    ["2001:db8::/33", "2001:db8::", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff"],
    ["::1/127", "::1", "::1"],
  ] as const)("%s reaches from %s to %s", ([block, bottom, top]) => {
    expect(parseCidr(block)).toEqual({ bottom: addressKey(bottom), top: addressKey(top) });
  });
});
