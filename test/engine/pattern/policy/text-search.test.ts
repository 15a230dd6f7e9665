import fc from "fast-check";
import { expect, test } from "vitest";
import { textSearch } from "../../../../src/engine/pattern/policy/wildcard.ts";

/** A text that counts how often one of its characters is looked at, and is no good for anything else. */
function countingText(text: string, count: () => void): string {
  return {
    length: text.length,
    charCodeAt(index: number) {
      count();
      return text.charCodeAt(index);
    },
  } as string;
}

const LENGTH = 20_000;
const as = "a".repeat(LENGTH);

test.for([
  ["of equal characters", as.repeat(2)],
  ["with another character in front", `b${as}`],
  ["with another character at the end", `${as}b`],
  ["with another character in the middle", `${as.slice(0, LENGTH / 2)}b${as.slice(0, LENGTH / 2)}`],
  ["that repeats itself", `${"ab".repeat(300)}c${"ab".repeat(LENGTH / 4)}`],
] as const)("a long piece %s is looked for in steps that only add up", ([, piece]) => {
  let steps = 0;
  const count = (): void => void steps++;
  const text = piece.includes("c") ? "ab".repeat(LENGTH) : as.repeat(3);
  const find = textSearch(countingText(piece, count));
  expect(find(countingText(text, count), 1)).toBe(text.indexOf(piece, 1));
  expect(steps).toBeLessThan(6 * (text.length + piece.length));
});

test("a search finds what indexOf finds", () => {
  const letters = (length: number) => fc.string({ unit: fc.constantFrom("a", "b"), maxLength: length });
  const found = { some: 0, none: 0 };
  fc.assert(
    fc.property(letters(3), fc.integer({ min: 0, max: 6 }), letters(30), fc.nat(20), (seed, doublings, text, from) => {
      const piece = seed.repeat(2 ** doublings).slice(0, 40);
      const long = text.repeat(200);
      const at = textSearch(piece)(long, from);
      expect(at).toBe(long.indexOf(piece, from));
      found[at < 0 ? "none" : "some"]++;
    }),
    { numRuns: 500 },
  );
  expect(Math.min(found.some, found.none)).toBeGreaterThan(20);
});
