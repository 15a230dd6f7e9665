import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OrderedIndex } from "../../../src/kernel/collection/ordered-index.ts";

interface Item {
  readonly key: string;
  readonly mark?: number;
}

/** An index that counts how often it looks at a key. */
function anIndex() {
  const index = new OrderedIndex<Item>(({ key }) => {
    counted.looks++;
    return key;
  });
  const counted = { looks: 0 };
  return { index, counted };
}

function keyOf(number: number): string {
  return String(number).padStart(6, "0");
}

function aFullIndex(count: number) {
  const { index, counted } = anIndex();
  for (let number = 0; number < count; number++) index.set({ key: keyOf((number * 7919) % count) });
  counted.looks = 0;
  return { index, counted };
}

test("does what a sorted list would do", () => {
  const key = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 4 });
  const command = fc.oneof(
    fc.record({ type: fc.constant("set" as const), key, mark: fc.nat() }),
    fc.record({ type: fc.constant("delete" as const), key }),
    fc.record({ type: fc.constant("list" as const), after: key, prefix: key }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
      const { index } = anIndex();
      const naive = new Map<string, Item>();
      const sorted = (): readonly Item[] => [...naive.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
      for (const each of commands) {
        if (each.type === "set") {
          index.set(each);
          naive.set(each.key, each);
        } else if (each.type === "delete") {
          expect(index.delete(each)).toBe(naive.delete(each.key));
        } else {
          const { after, prefix } = each;
          const expected = sorted().filter((item) => item.key > after && item.key.startsWith(prefix));
          expect([...index.list({ after, prefix })]).toEqual(expected);
        }
        expect(index.size).toBe(naive.size);
      }
      expect([...index.list()]).toEqual(sorted());
    }),
  );
});

describe.for([
  ["in order", (number: number) => number],
  ["backwards", (number: number) => 9_999 - number],
  ["in any order", (number: number) => (number * 7919) % 10_000],
] as const)("ten thousand items that come %s", ([, place]) => {
  const all = Array.from({ length: 10_000 }, (_, number) => keyOf(place(number)));

  test("are listed in order, and leave in any order", () => {
    const { index } = anIndex();
    for (const key of all) index.set({ key });
    expect([...index.list()].map(({ key }) => key)).toEqual([...all].sort());
    const leaving = all.filter((_, number) => number % 10 !== 3);
    for (const key of leaving) expect(index.delete({ key })).toBe(true);
    const gone = new Set(leaving);
    expect([...index.list()].map(({ key }) => key)).toEqual(all.filter((key) => !gone.has(key)).sort());
    for (const { key } of [...index.list()]) index.delete({ key });
    expect([index.size, [...index.list()]]).toEqual([0, []]);
  });
});

test("a page looks at its own items and a few on the way there, however many there are", () => {
  const { index, counted } = aFullIndex(20_000);
  const page: string[] = [];
  for (const { key } of index.list({ after: keyOf(10_000) })) {
    if (page.push(key) === 100) break;
  }
  expect(page[0]).toBe(keyOf(10_001));
  expect(counted.looks).toBeLessThan(30);
});

test("a prefix is found without a look at the others, and ends where its items end", () => {
  const { index, counted } = aFullIndex(20_000);
  expect([...index.list({ prefix: "00421" })].map(({ key }) => key)).toEqual(
    Array.from({ length: 10 }, (_, number) => keyOf(4_210 + number)),
  );
  expect(counted.looks).toBeLessThan(50);
});

test("to add or remove one looks at a few", () => {
  const { index, counted } = aFullIndex(20_000);
  index.set({ key: "0042135x" });
  index.delete({ key: keyOf(7_000) });
  expect(counted.looks).toBeLessThan(60);
});
