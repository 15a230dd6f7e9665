import { expect, test, vi } from "vitest";
import { Scratch } from "../../../src/kernel/memory/block-pool.ts";
import { MalformedQueryString } from "../../../src/protocol/errors.ts";
import { unescaped } from "../../../src/protocol/query/unescape.ts";

test.for([
  ["+++", "   "],
  ["a%2Bb", "a+b"],
  ["%C3%A9", "é"],
  ["é+€", "é €"],
  ["€€€", "€€€"],
] as const)("%s takes no more memory than it has bytes", ([escaped, text]) => {
  const taken = vi.spyOn(Scratch.prototype, "take");
  expect(unescaped(escaped)).toBe(text);
  expect(taken.mock.calls).toEqual([[Buffer.byteLength(escaped)]]);
  taken.mockRestore();
});

test.for([
  ["arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Anews", "arn:aws:sns:us-east-1:000000000000:news"],
  ["arn%3Aé+%C3%A9", "arn:é é"],
  [`arn%3A${"%2F".repeat(200)}`, `arn:${"/".repeat(200)}`],
] as const)("the ARN %s reads the same every time", ([escaped, text]) => {
  expect([unescaped(escaped), unescaped(escaped), unescaped(escaped)]).toEqual([text, text, text]);
});

test("ARNs read the same however many others there are", () => {
  const numbers = Array.from({ length: 3000 }, (_, index) => index);
  const all = () => numbers.map((number) => unescaped(`arn%3A${number}`));
  expect([all(), all()]).toEqual([numbers.map((number) => `arn:${number}`), numbers.map((number) => `arn:${number}`)]);
});

test.for(["arn%3A%zz", "arn%3A%FF", "arn%3A%"])("%s is refused every time", (malformed) => {
  for (let time = 0; time < 3; time++) expect(() => unescaped(malformed)).toThrow(MalformedQueryString);
});

test("an ARN is asked for once, and read from memory afterwards", () => {
  const taken = vi.spyOn(Scratch.prototype, "take");
  for (let time = 0; time < 3; time++) unescaped("arn%3Aaws%3Aonce");
  expect(taken).toHaveBeenCalledOnce();
  taken.mockRestore();
});
