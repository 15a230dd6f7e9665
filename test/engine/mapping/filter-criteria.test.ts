import { expect, test } from "vitest";
import { FilterCriteria } from "../../../src/engine/mapping/filter/filter-criteria.ts";

/** Whether a message with that body, from a queue, is wanted. */
function accepts(patterns: readonly object[], data: string, member: "body" | "data" = "body"): boolean {
  const criteria = FilterCriteria.compile(
    patterns.map((pattern) => JSON.stringify(pattern)),
    member,
  );
  const text = JSON.stringify({ messageId: "m", attributes: { SenderId: "AIDA" }, partitionKey: "k" });
  return criteria!.accepts({ text, data });
}

test.for([
  { title: "plain text, object", pattern: { body: { a: ["b"] } }, data: "text", expected: false },
  { title: "plain text, absent member", pattern: { body: { a: [{ exists: false }] } }, data: "text", expected: false },
  { title: "JSON, object", pattern: { body: { a: ["b"] } }, data: '{"a":"b"}', expected: true },
  { title: "JSON, object that differs", pattern: { body: { a: ["b"] } }, data: '{"a":"c"}', expected: false },
  { title: "plain text, array", pattern: { body: ["text", "other"] }, data: "text", expected: true },
  { title: "plain text, array without it", pattern: { body: ["other"] }, data: "text", expected: false },
  { title: "JSON, array", pattern: { body: ['{"a":"b"}'] }, data: '{"a":"b"}', expected: false },
  { title: "JSON number, array", pattern: { body: [5] }, data: "5", expected: false },
  { title: "plain text, metadata", pattern: { attributes: { SenderId: ["AIDA"] } }, data: "text", expected: true },
  { title: "JSON, other metadata", pattern: { attributes: { SenderId: ["B"] } }, data: "{}", expected: false },
])("Body and pattern of a queue: $title, accepted: $expected", ({ pattern, data, expected }) => {
  expect(accepts([pattern], data)).toBe(expected);
});

test.for([
  { condition: { exists: true }, value: null, expected: true },
  { condition: { exists: true }, value: "", expected: true },
  { condition: { exists: false }, value: null, expected: false },
  { condition: null, value: null, expected: true },
  { condition: "", value: "", expected: true },
  { condition: { "anything-but": ["x"] }, value: "y", expected: true },
  { condition: { "anything-but": ["x"] }, value: "x", expected: false },
  { condition: { numeric: [">", 1, "<=", 3] }, value: 3.0, expected: true },
  { condition: { numeric: [">", 1, "<=", 3] }, value: "3", expected: false },
  { condition: { prefix: "ab" }, value: "abc", expected: true },
  { condition: { suffix: "bc" }, value: "abc", expected: true },
  { condition: { "equals-ignore-case": "ABC" }, value: "abc", expected: true },
])("$condition accepts $value: $expected", ({ condition, value, expected }) => {
  expect(accepts([{ body: { a: [condition] } }], JSON.stringify({ a: value }))).toBe(expected);
});

test("One of several patterns is enough, in one of them all members count, and $or has its branches", () => {
  const two = [{ body: { a: [1], b: [2] } }, { body: { c: [3] } }];
  expect(accepts(two, '{"a":1,"b":2}')).toBe(true);
  expect(accepts(two, '{"a":1,"b":3}')).toBe(false);
  expect(accepts(two, '{"c":3}')).toBe(true);
  const or = [{ $or: [{ body: { a: [1] } }, { body: ["text"] }] }];
  expect(accepts(or, '{"a":1}')).toBe(true);
  expect(accepts(or, "text")).toBe(true);
  expect(accepts(or, "other")).toBe(false);
});

test("More members than a filter policy may have are no matter", () => {
  const names = Array.from("abcdefghij");
  const pattern = { body: Object.fromEntries(names.map((name) => [name, [1]])) };
  expect(accepts([pattern], JSON.stringify(Object.fromEntries(names.map((name) => [name, 1]))))).toBe(true);
  expect(accepts([pattern], JSON.stringify({ a: 1 }))).toBe(false);
});

test("Of a stream the data is looked into, or the metadata", () => {
  expect(accepts([{ data: { a: ["b"] } }], '{"a":"b"}', "data")).toBe(true);
  expect(accepts([{ data: { a: ["b"] } }], "text", "data")).toBe(false);
  expect(accepts([{ partitionKey: ["k"] }], "text", "data")).toBe(true);
});

test.for(["", "null", '"text"', "{}", '{"a":"b"}', '{"a":[]}', '{"a":{}}', '{"a":[{"no-operator":1}]}', "{", "[]"])(
  "%s is no pattern",
  (text) => {
    expect(FilterCriteria.compile([text], "body")).toBeUndefined();
  },
);

test("Data of a stream that would be looked at as text makes no pattern", () => {
  expect(FilterCriteria.compile(['{"data":["text"]}'], "data")).toBeUndefined();
});

test("A pattern of more combinations than can be told apart is none", () => {
  const branches = Array.from({ length: 11 }, (_, number) => ({ a: [number] }));
  const or = (name: string) => ({ [name]: { $or: branches } });
  const text = JSON.stringify({ body: { ...or("x"), ...or("y"), ...or("z") } });
  expect(FilterCriteria.compile([text], "body")).toBeUndefined();
});
