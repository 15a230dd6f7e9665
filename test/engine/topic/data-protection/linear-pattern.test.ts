import { expect, test } from "vitest";
import { linearPattern } from "../../../../src/engine/topic/data-protection/linear-pattern.ts";
import { present } from "../../../../src/kernel/present.ts";

/** What is found in the text, and what that took. */
function find(regex: string, text: string, most = Number.POSITIVE_INFINITY) {
  const pattern = present(linearPattern(regex), "a pattern");
  let steps = 0;
  const found = pattern.find(text, (more) => {
    steps += more;
    if (steps > most) throw new Error("too many steps");
  });
  return { found: found.map(({ start, end }) => text.slice(start, end)), steps };
}

test.for([
  ["^a|b$", "aab", ["a", "b"]],
  [String.raw`\bfoo\b`, "foo foobar foo", ["foo", "foo"]],
  ["x*", "axxb", ["xx"]],
  ["a+", `${"a".repeat(63)} ${"a".repeat(64)} ${"a".repeat(1000)}`, ["a".repeat(63), "a".repeat(64), "a".repeat(1000)]],
  ["(?s).*secret.*", `${"x".repeat(500)}secret${"y".repeat(500)}`, [`${"x".repeat(500)}secret${"y".repeat(500)}`]],
  [String.raw`\d{3}-\d{4}`, `${" ".repeat(60)}555-1234${" ".repeat(4000)}555-1235`, ["555-1234", "555-1235"]],
  ["é", "é".repeat(3), ["é", "é", "é"]],
] as const)("%s finds all there is, wherever it begins and however long it is", ([regex, text, found]) => {
  expect(find(regex, text).found).toEqual(found);
});

test("a pattern that is not in the text takes no more than each character takes", () => {
  expect(find("(.*a.*){20}b$", "a".repeat(10_000))).toEqual({ found: [], steps: 0 });
});

test("a search that has to look far ahead for each match spends steps as it does", () => {
  expect(() => find("(?:(a)?){100}b|a", "a".repeat(5000), 2_000_000)).toThrow("too many steps");
  expect(find("a", "a".repeat(1000)).steps).toBeLessThan(200_000);
});
