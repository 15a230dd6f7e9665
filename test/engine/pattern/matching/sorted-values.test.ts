import { expect, test } from "vitest";
import { beginningWith, Order } from "../../../../src/engine/pattern/matching/sorted-values.ts";

const TEXTS = ["a", "ab", "abc", "b", "bc", "c"];

/** The texts marked by stretches, and how often a mark was set. */
function marked(prefixes: readonly string[]) {
  const order = new Order(TEXTS.map((key, number) => ({ key, number })));
  let writes = 0;
  const marks = new Proxy(new Uint8Array(TEXTS.length), {
    set(target, place, value) {
      writes++;
      return Reflect.set(target, place, value);
    },
  });
  order.mark(prefixes.map(beginningWith), marks);
  return { texts: TEXTS.filter((_, number) => marks[number] === 1), writes };
}

test("what is in any of the stretches is marked", () => {
  expect(marked([]).texts).toEqual([]);
  expect(marked(["ab", "c"]).texts).toEqual(["ab", "abc", "c"]);
  expect(marked(["abc", "", "x"]).texts).toEqual(TEXTS);
});

test("stretches that overlap cost no more than others", () => {
  expect(marked(Array.from({ length: 1000 }, () => "a"))).toEqual({ texts: ["a", "ab", "abc"], writes: 3 });
});
