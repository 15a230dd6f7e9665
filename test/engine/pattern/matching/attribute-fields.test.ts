import { expect, test } from "vitest";
import { compileFilterPolicy } from "../../../../src/engine/pattern/filter-policy.ts";
import { MessageView } from "../../../../src/engine/pattern/matching/message-view.ts";
import type { MessageAttribute, MessageAttributes } from "../../../../src/kernel/message-attribute.ts";

function accepts(policy: string, attributes: MessageAttributes | undefined): boolean {
  const result = compileFilterPolicy(policy, "MessageAttributes");
  if ("error" in result) throw new Error(result.error.message);
  return result.policy.accepts(new MessageView({ attributes, body: '{"key":"body"}' }));
}

function keyIs(conditions: string, dataType: string, value: string | Uint8Array): boolean {
  return accepts(`{"key":${conditions}}`, { key: { dataType, value } });
}

test.for([
  ['["a"]', "String", "a", true],
  ['["a"]', "String", "b", false],
  ['["a"]', "String.label", "a", true],
  ["[5]", "Number", "5", true],
  ["[5]", "Number", "5.0", true],
  ["[5]", "Number.int", "5", true],
  ["[5]", "String", "5", false],
  ['["5"]', "Number", "5", false],
  ['[{"numeric":[">",0,"<=",100]}]', "Number", "99", true],
  ['[{"numeric":[">",0,"<=",100]}]', "Number", "111", false],
  ['[{"numeric":[">",0]}]', "String", "99", false],
  ['[{"prefix":"9"}]', "Number", "99", false],
  ["[true]", "String", "true", false],
  ['["a"]', "String.Array", '["b","a"]', true],
  ['["a"]', "String.Array", '["b"]', false],
  ['["a"]', "String.Array", "[]", false],
  ["[5]", "String.Array", '["b",5]', true],
  ['["5"]', "String.Array", "[5]", false],
  ["[true]", "String.Array", "[true]", true],
  ["[null]", "String.Array", "[null]", true],
  ['[{"exists":true}]', "String.Array", "[null]", false],
  ['["a"]', "String.Array", '[["a"]]', false],
  ['["a"]', "String.Array.label", '["a"]', false],
  ['[{"anything-but":["rugby","tennis"]}]', "String.Array", '["rugby","baseball"]', true],
  ['[{"anything-but":["rugby","tennis"]}]', "String.Array", '["rugby"]', false],
] as const)("conditions %s, %s %s: %s", ([conditions, dataType, value, expected]) => {
  expect(keyIs(conditions, dataType, value)).toBe(expected);
});

test("Binary attributes are ignored", () => {
  const bytes = new Uint8Array([97]);
  expect(keyIs('["a"]', "Binary", bytes)).toBe(false);
  expect(keyIs('[{"exists":true}]', "Binary", bytes)).toBe(false);
  expect(keyIs('[{"exists":false}]', "Binary", bytes)).toBe(true);
});

test.for(["not json", '"a"', '{"a":1}', '["a"', '["a"] x'])(
  "a malformed String.Array, %s, is there but meets no condition on its value",
  (value) => {
    expect(keyIs('["a",{"anything-but":"x"},{"prefix":""}]', "String.Array", value)).toBe(false);
    expect(keyIs('[{"exists":true}]', "String.Array", value)).toBe(true);
    expect(keyIs('[{"exists":false}]', "String.Array", value)).toBe(false);
  },
);

// AWS: quotes and backslashes in attribute values have to be escaped twice to match.
test.for([
  ['["say \\"hi\\""]', 'say \\"hi\\"', true],
  ['["say \\"hi\\""]', 'say "hi"', false],
  ['["a\\\\b"]', "a\\\\b", true],
  ['["a\\\\b"]', "a\\b", false],
  ['["a\\\\c"]', "a\\c", false],
  ['[{"anything-but":"x"}]', 'say "hi"', false],
  ['[{"exists":true}]', 'say "hi"', true],
] as const)("conditions %s, text %s: %s", ([conditions, value, expected]) => {
  expect(keyIs(conditions, "String", value)).toBe(expected);
});

test("every field of the policy needs its attribute, and other attributes do not matter", () => {
  const policy = '{"a":["1"],"b":["2"]}';
  const text = (value: string): MessageAttribute => ({ dataType: "String", value });
  expect(accepts(policy, { a: text("1"), b: text("2"), c: text("3") })).toBe(true);
  expect(accepts(policy, { a: text("1") })).toBe(false);
  expect(accepts(policy, { a: text("1"), b: text("1") })).toBe(false);
});

test("a message without any attribute meets no policy, not even one that wants an attribute to be absent", () => {
  const absent = '{"key":[{"exists":false}]}';
  expect(accepts(absent, undefined)).toBe(false);
  expect(accepts(absent, {})).toBe(false);
  expect(accepts(absent, { other: { dataType: "String", value: "a" } })).toBe(true);
});

test("the empty policy accepts every message", () => {
  expect(accepts("{}", undefined)).toBe(true);
  expect(accepts("{ }", { key: { dataType: "String", value: "a" } })).toBe(true);
});

test("$or joins attributes", () => {
  const policy = '{"source":["s"],"$or":[{"metric":["m"]},{"namespace":["n"]}]}';
  const text = (value: string): MessageAttribute => ({ dataType: "String", value });
  expect(accepts(policy, { source: text("s"), metric: text("m") })).toBe(true);
  expect(accepts(policy, { source: text("s"), namespace: text("n") })).toBe(true);
  expect(accepts(policy, { source: text("s"), namespace: text("m") })).toBe(false);
  expect(accepts(policy, { metric: text("m") })).toBe(false);
});

test("$or that is no operator is an attribute name", () => {
  expect(accepts('{"$or":["a"]}', { $or: { dataType: "String", value: "a" } })).toBe(true);
  const reserved = '{"$or":[{"prefix":"a"},{"suffix":"b"}]}';
  expect(accepts(reserved, { $or: { dataType: "String", value: "cb" } })).toBe(true);
  expect(accepts(reserved, { $or: { dataType: "String", value: "c" } })).toBe(false);
});
