import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { inOneGo, type Steps } from "../../src/kernel/time/in-turns.ts";
import { writeYaml } from "../../src/provisioning/document/write-yaml.ts";

function stepsOf(steps: Steps<string>): number {
  let count = 0;
  while (!steps.next().done) count++;
  return count;
}

const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("a", " ", "\n", "#", ":", '"', "é") }));
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined));
const small = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(text, tie("value"), { maxKeys: 3 }),
  ),
})).value;
const count = fc.constantFrom(100, 300, 600);
const wide = fc.oneof(
  fc.tuple(small, count).map(([item, length]) => new Array(length).fill(item)),
  fc
    .tuple(text, small, count)
    .map(([name, member, length]) =>
      Object.fromEntries(Array.from({ length }, (_, index) => [`${name}${index}`, member])),
    ),
);
const part = fc.oneof(small, wide, fc.array(wide, { maxLength: 2 }), fc.dictionary(text, wide, { maxKeys: 2 }));

test("what is written step by step is what the package writes in one go", () => {
  fc.assert(
    fc.property(fc.dictionary(text, part, { maxKeys: 3 }), (document) => {
      expect(inOneGo(writeYaml(document))).toBe(stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }));
    }),
    { numRuns: 40 },
  );
});

test.for([
  ["queues", (many: readonly string[]) => ({ queues: Object.fromEntries(many.map((name) => [name, {}])) })],
  [
    "subscriptions of a topic of another account",
    (many: readonly string[]) => ({ accounts: { "111111111111": { topics: { events: { subscriptions: many } } } } }),
  ],
] as const)("thousands of %s are written in many steps", ([, documentOf]) => {
  const document = documentOf(Array.from({ length: 10_000 }, (_, index) => `name-${index}`));
  expect(stepsOf(writeYaml(document))).toBeGreaterThan(19);
});
