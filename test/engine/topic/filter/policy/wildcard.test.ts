import fc from "fast-check";
import { expect, test } from "vitest";
import { asteriskCount, parseWildcard, wildcardTest } from "../../../../../src/engine/topic/filter/policy/wildcard.ts";

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
])("%s matches %j", ([pattern, text]) => {
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
])("%s does not match %j", ([pattern, text]) => {
  expect(matches(pattern, text)).toBe(false);
});

test("matching agrees with a regular expression", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^(?:[ab]|\*(?!\*))*$/), fc.stringMatching(/^[ab]*$/), (pattern, text) => {
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(text);
      expect(matches(pattern, text)).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});

test("escaped asterisks are not counted", () => {
  expect(asteriskCount(parseWildcard("*a\\**", 0))).toBe(2);
});
