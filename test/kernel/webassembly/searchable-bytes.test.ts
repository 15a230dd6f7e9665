import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type DigitsEnd, digitsEndIn, searchableBytes } from "../../../src/kernel/webassembly/searchable-bytes.ts";

const LEAST_BYTES = 64 * 1024;
const bytes = searchableBytes(LEAST_BYTES);
const digitsEnd = digitsEndIn(bytes) as DigitsEnd;

afterEach(() => vi.unstubAllGlobals());

function isDigit(byte: number | undefined): boolean {
  return /[A-Za-z0-9+/]/.test(String.fromCharCode(byte ?? 0));
}

/** What it stands in for. */
function endOf(at: number, end: number): number {
  let place = at;
  while (place < end && isDigit(bytes[place])) place++;
  return place;
}

test.for(Array.from({ length: 256 }, (_, byte) => byte))("whether byte %d is a digit of base64 is known", (byte) => {
  bytes.fill("A").writeUInt8(byte, 37);
  expect(digitsEnd(3, 100)).toBe(isDigit(byte) ? 100 : 37);
});

describe("digits end with the first that is none", () => {
  const anyByte = fc.oneof({ weight: 200, arbitrary: fc.constantFrom(...Buffer.from("AZaz09+/")) }, fc.nat(255));
  const places = fc.tuple(fc.nat(100), fc.nat(100), fc.array(anyByte, { maxLength: 200 }));

  test.for([0, LEAST_BYTES - 200])("in bytes from %d on", (start) => {
    fc.assert(
      fc.property(places, ([at, length, content]) => {
        bytes.fill("=").set(content, start);
        const [from, end] = [start + at, Math.min(start + at + length, LEAST_BYTES)];
        expect(digitsEnd(from, end)).toBe(endOf(from, end));
      }),
      { numRuns: 2_000 },
    );
  });
});

test("few bytes are not searched", () => {
  const few = searchableBytes(LEAST_BYTES - 1);
  expect(few).toHaveLength(LEAST_BYTES - 1);
  expect(digitsEndIn(few)).toBeUndefined();
});

test("where there is no memory of that kind, there is other memory", () => {
  const refuse = (): never => {
    throw new RangeError("WebAssembly.Memory(): could not allocate memory");
  };
  vi.stubGlobal("WebAssembly", { Module: refuse, Memory: refuse });
  const plain = searchableBytes(LEAST_BYTES);
  expect(plain).toHaveLength(LEAST_BYTES);
  expect(digitsEndIn(plain)).toBeUndefined();
});
