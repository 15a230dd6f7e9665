import { expect, test, vi } from "vitest";
import { isSameJson, parseJsonObject } from "../../../src/kernel/json/json-object.ts";

test("only an object is one", () => {
  expect(parseJsonObject(' {"a":1} ')).toEqual({ a: 1 });
  for (const text of ["[]", "null", "1", '"a"', "{", "", undefined]) expect(parseJsonObject(text)).toBeUndefined();
});

test.for([
  [1000, true],
  [1001, false],
] as const)("an object of %i levels is one: %s", ([levels, isOne]) => {
  const lists = levels - 1;
  const text = `{"a":${"[".repeat(lists)}${"]".repeat(lists)}}`;
  expect(parseJsonObject(text) !== undefined).toBe(isOne);
});

test("an object with more values than anyone needs is none, and is not parsed to find that out", () => {
  const parse = vi.spyOn(JSON, "parse");
  expect(parseJsonObject(`{"a":[${"{},".repeat(33_000)}1]}`)).toBeUndefined();
  expect(parse).not.toHaveBeenCalled();
  expect(parseJsonObject(`{"a":"${",[{".repeat(33_000)}"}`)).toBeDefined();
});

test.for<[a: string, b: string, isSame: boolean]>([
  ['{"a":1,"b":{"c":2,"d":3}}', ' {"b" : {"d":3, "c":2}, "a" : 1}', true],
  ["[1,2]", "[ 1, 2 ]", true],
  ["[1,2]", "[2,1]", false],
  ['{"a":1}', '{"a":"1"}', false],
  ["", "", true],
  ["", "{}", false],
  ["not JSON", "not JSON", true],
])("%s and %s are the same: %s", ([a, b, isSame]) => {
  expect(isSameJson(a, b)).toBe(isSame);
});
