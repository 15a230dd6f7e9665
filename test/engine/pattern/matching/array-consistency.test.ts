import fc from "fast-check";
import { expect, test } from "vitest";
import { compileFilterPolicy } from "../../../../src/engine/pattern/filter-policy.ts";
import { MessageView } from "../../../../src/engine/pattern/matching/message-view.ts";
import { naiveBodyMatch } from "../../../support/naive-filter.ts";

function accepts(policy: object, message: unknown): boolean {
  const result = compileFilterPolicy(JSON.stringify(policy), "MessageBody");
  return "policy" in result && result.policy.accepts(new MessageView({ body: JSON.stringify(message) }));
}

const xAndY = { a: { x: [1], y: [2] } };
const xWithoutY = { a: { x: [1], y: [{ exists: false }] } };
const yWithoutX = { a: { x: [{ exists: false }], y: [1] } };

test.for([
  ["one element has both values", xAndY, { a: [{ x: 1, y: 2 }] }, true],
  ["two elements have one value each", xAndY, { a: [{ x: 1 }, { y: 2 }] }, false],
  ["an element among others has both values", xAndY, { a: [{ x: 1 }, { x: 1, y: 2 }, { y: 2 }] }, true],
  ["the values are in arrays inside one element", xAndY, { a: [{ x: [0, 1], y: [2, 3] }] }, true],
  ["the values are in elements of one inner array", xAndY, { a: [[{ x: 1 }, { y: 2 }]] }, false],
  [
    "the values are in different arrays of one element",
    { a: { b: { x: [1] }, c: { y: [2] } } },
    { a: [{ b: [{ x: 1 }], c: [{ y: 2 }] }] },
    true,
  ],
  [
    "the values are in different elements of different arrays",
    { b: { x: [1] }, c: { y: [2] } },
    { b: [{ x: 1 }], c: [{}, { y: 2 }] },
    true,
  ],
  ["a value is a scalar of the array", { a: [1], "a.x": [2] }, { a: [1, { x: 2 }] }, true],
  ["only another element has the value that must be absent", xWithoutY, { a: [{ x: 1 }, { y: 2 }] }, true],
  ["the same element has the value that must be absent", xWithoutY, { a: [{ x: 1, y: 2 }] }, false],
  ["an element is chosen after absence was decided", yWithoutX, { a: [{ y: 1 }, { x: 2 }] }, false],
  ["no element has the value that must be absent", yWithoutX, { a: [{ y: 1 }, { z: 2 }] }, true],
  [
    "two arrays under one path each hide their other elements, but only one is chosen from",
    { "a.b.x": [1], "a.b.y": [{ exists: false }] },
    { a: { b: [{ x: 1 }, { y: 1 }] }, "a.b": [{ x: 1 }, { y: 1 }] },
    false,
  ],
] as const)("when %s: %j and %j", ([, policy, message, expected]) => {
  expect(accepts(policy, message)).toBe(expected);
});

test("choosing elements agrees with trying every combination", () => {
  const conditions = fc.constantFrom([1], [{ exists: false }], [1, { exists: false }], [{ exists: true }]);
  const policy = fc.record(
    { "a.x": conditions, "a.y": conditions, "a.z": conditions, "a.b.x": conditions, "a.b.y": conditions },
    { requiredKeys: [] },
  );
  const bit = fc.constantFrom(0, 1);
  const message = fc.letrec<{ element: unknown; array: unknown[] }>((tie) => ({
    element: fc.oneof(
      { maxDepth: 4 },
      fc.record({ x: bit, y: bit, z: bit }, { requiredKeys: [] }),
      fc.record({ x: bit, b: tie("array"), "b.x": bit }, { requiredKeys: [] }),
      fc.record({ y: bit, b: tie("array") }, { requiredKeys: [] }),
      tie("array"),
    ),
    array: fc.array(tie("element"), { minLength: 1, maxLength: 3 }),
  }));
  const body = fc.oneof(
    message.array.map((a) => ({ a })),
    fc.tuple(message.array, bit).map(([a, x]) => ({ a, "a.x": x })),
  );
  fc.assert(
    fc.property(
      policy.filter((fields) => Object.keys(fields).length > 0),
      body,
      (fields, given) => {
        expect(accepts(fields, given)).toBe(naiveBodyMatch(fields as never, JSON.stringify(given)));
      },
    ),
    { numRuns: 1000 },
  );
});

test("a message of many elements that each fit in part is decided without trying every combination", () => {
  const policy = { a: { v: [1], w: [1], x: [1], y: [1], z: [1] } };
  const names = ["v", "w", "x", "y", "z"];
  // Every element lacks one of the five, so none of the 5000^5 combinations is right.
  const elements = Array.from({ length: 5000 }, (_, index) =>
    Object.fromEntries(names.filter((_name, at) => at !== index % 5).map((name) => [name, [1, 1]])),
  );
  expect(accepts(policy, { a: elements })).toBe(false);
  expect(accepts(policy, { a: [...elements, { v: 1, w: 1, x: 1, y: 1, z: 1 }] })).toBe(true);
});
