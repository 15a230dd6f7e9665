import fc from "fast-check";
import { expect, test } from "vitest";
import { Deque } from "../../../src/kernel/collection/deque.ts";

test("it behaves as an array that is pushed and shifted", () => {
  const steps = fc.array(fc.oneof(fc.nat(), fc.constant("shift" as const)), { maxLength: 400, size: "max" });
  fc.assert(
    fc.property(steps, (taken) => {
      const deque = new Deque<number>();
      const array: number[] = [];
      for (const one of taken) {
        if (one !== "shift") {
          deque.push(one);
          array.push(one);
        } else if (deque.shift() !== array.shift()) return false;
        if (deque.size !== array.length || deque.at(0) !== array[0]) return false;
      }
      return array.every((item, index) => deque.at(index) === item);
    }),
    { numRuns: 200 },
  );
});

test("what is left after most of a long line was shifted is still in order", () => {
  const deque = new Deque<number>();
  for (let item = 0; item < 1000; item++) deque.push(item);
  for (let item = 0; item < 900; item++) expect(deque.shift()).toBe(item);
  expect([deque.size, deque.at(0), deque.at(99), deque.at(100)]).toEqual([100, 900, 999, undefined]);
});

test("there is nothing in front of the front", () => {
  const deque = new Deque<string>();
  deque.push("a");
  deque.shift();
  deque.push("b");
  expect(deque.at(-1)).toBeUndefined();
  expect(deque.shift()).toBe("b");
  expect(deque.shift()).toBeUndefined();
});

test("the place of the first item that reaches something is found, and what stands from there on", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.nat(20), fc.nat(50), (items, shifted, wanted) => {
      const deque = new Deque<number>();
      const sorted = items.toSorted((a, b) => a - b);
      for (const item of sorted) deque.push(item);
      for (let count = 0; count < shifted; count++) deque.shift();
      const left = sorted.slice(shifted);
      const place = deque.placeOf((item) => item >= wanted);
      expect([...deque.from(place)]).toEqual(left.filter((item) => item >= wanted));
    }),
  );
});
