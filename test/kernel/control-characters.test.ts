import fc from "fast-check";
import { expect, test } from "vitest";
import { hasControlCharacters, isFreeOfControls } from "../../src/kernel/control-characters.ts";

/** What it stands in for. */
const CONTROL = /[^\t\n\r\x20-\x7f]/;

test("control characters are found in ASCII as an expression finds them, wherever they are", () => {
  const character = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom("a", "{", " ", "\n", "\t", "\r", "\u007f") },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)) },
  );
  const text = fc.array(character, { maxLength: 40 }).map((characters) => characters.join(""));
  fc.assert(
    fc.property(text, (ascii) => hasControlCharacters(ascii) === CONTROL.test(ascii)),
    { numRuns: 5_000 },
  );
  expect(hasControlCharacters("")).toBe(false);
});

test("bytes of ASCII are free of control characters wherever in memory they lie, and none is missed", () => {
  const bytes = fc.array(
    fc.oneof(
      { weight: 60, arbitrary: fc.integer({ min: 0x20, max: 0x7f }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 0x7f }) },
    ),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(bytes, fc.nat(9), (given, offset) => {
      const ascii = new Uint8Array([...new Array(offset).fill(0), ...given, 0]).subarray(offset, offset + given.length);
      expect(isFreeOfControls(ascii)).toBe(given.every((byte) => byte >= 0x20));
    }),
    { numRuns: 5_000 },
  );
});
