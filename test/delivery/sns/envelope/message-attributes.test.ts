import { expect, test } from "vitest";
import { hashOrdered } from "../../../../src/delivery/sns/envelope/message-attributes.ts";

const namesInOrder = (names: readonly string[]) => hashOrdered(names.map((name) => [name, name])).map(([name]) => name);

/** What `new HashMap<>()` prints after these keys were put into it one after the other. */
test.for<[names: readonly string[], expected: readonly string[]]>([
  [[], []],
  [["a"], ["a"]],
  [
    ["attr1", "attr2"],
    ["attr2", "attr1"],
  ],
  [
    ["banana", "apple", "cherry"],
    ["banana", "apple", "cherry"],
  ],
  [
    ["c", "b", "a"],
    ["a", "b", "c"],
  ],
  // Hash codes that are equal keep the order in which the keys came.
  [
    ["BB", "Aa"],
    ["BB", "Aa"],
  ],
  [
    ["Aa", "BB"],
    ["Aa", "BB"],
  ],
])("%j come out as %j", ([names, expected]) => {
  expect(namesInOrder(names)).toEqual(expected);
});

// "a" is 97 and "q" 113: the same bucket of sixteen, different ones of thirty-two.
test.for<[count: number, expected: string]>([
  [12, "qa"],
  [13, "aq"],
])("with %i names there are as many buckets as make it %s", ([count, expected]) => {
  const others = Array.from({ length: count - 2 }, (_, index) => `other${index}`);
  const order = namesInOrder(["q", "a", ...others]).filter((name) => name.length === 1);
  expect(order.join("")).toBe(expected);
});
