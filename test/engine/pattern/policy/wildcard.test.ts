import fc from "fast-check";
import { expect, test } from "vitest";
import { asteriskCount, parseWildcard, wildcardTest } from "../../../../src/engine/pattern/policy/wildcard.ts";

function matches(pattern: string, text: string): boolean {
  return wildcardTest(parseWildcard(pattern, 0))(text);
}

test.for([
  ["abc", "abc"],
  ["*", ""],
  ["*", "anything"],
  ["a*", "a"],
  ["a*", "abc"],
  ["*c", "abc"],
  ["*b*", "abc"],
  ["a*c", "ac"],
  ["a*b*c", "abbc"],
  ["a*ab", "aab"],
  ["a\\*c", "a*c"],
  ["a\\\\c", "a\\c"],
  ["\\**", "*more"],
  ["*.jpg", "a.jpg.jpg"],
] as const)("%s matches %j", ([pattern, text]) => {
  expect(matches(pattern, text)).toBe(true);
});

test.for([
  ["abc", "abcd"],
  ["a*", "ba"],
  ["*c", "cb"],
  ["*b*", "ac"],
  ["a*a", "a"],
  ["ab*bc", "abc"],
  ["a*b*c", "acb"],
  ["a\\*c", "abc"],
  ["A*", "abc"],
] as const)("%s does not match %j", ([pattern, text]) => {
  expect(matches(pattern, text)).toBe(false);
});

test("matching agrees with a regular expression", () => {
  const letters = fc.array(fc.constantFrom("a", "b", "*"));
  fc.assert(
    fc.property(letters, fc.array(fc.constantFrom("a", "b")), (patternLetters, textLetters) => {
      const pattern = patternLetters.join("").replace(/\*+/g, "*");
      const text = textLetters.join("");
      expect(matches(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(text));
    }),
    { numRuns: 1000 },
  );
});

test("escaped asterisks are not counted", () => {
  expect(asteriskCount(parseWildcard("*a\\**", 0))).toBe(2);
});
