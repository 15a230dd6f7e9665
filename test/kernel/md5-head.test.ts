import fc from "fast-check";
import { expect, test } from "vitest";
import { md5 } from "../../src/kernel/digest.ts";
import { md5Head } from "../../src/kernel/md5-head.ts";

/** What it stands in for. */
function headOf(text: string): number {
  return Number.parseInt(md5(text).slice(0, 13), 16);
}

test("short texts in ASCII have the digest that the runtime gives them", () => {
  const character = fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code));
  const text = fc.array(character, { maxLength: 55 }).map((characters) => characters.join(""));
  fc.assert(
    fc.property(text, (given) => {
      expect(md5Head(given)).toBe(headOf(given));
    }),
    { numRuns: 2_000 },
  );
});

test.for(Array.from({ length: 56 }, (_, length) => length))("a text of %d characters has its digest", (length) => {
  expect(md5Head("k".repeat(length))).toBe(headOf("k".repeat(length)));
});

test.for(["k".repeat(56), "k".repeat(1000), "é", "k\u0080", "🎉"])("%s is left to the runtime", (text) => {
  expect(md5Head(text)).toBeUndefined();
});
