import fc from "fast-check";
import { expect, test } from "vitest";
import { type HeapItem, IndexedHeap } from "../../../src/kernel/collection/indexed-heap.ts";

interface Item extends HeapItem {
  readonly name: number;
}

const items = (count: number): readonly Item[] => Array.from({ length: count }, (_, name) => ({ heapSlot: -1, name }));

type Step =
  | { readonly kind: "set"; readonly name: number; readonly rank: number }
  | { readonly kind: "delete"; readonly name: number }
  | { readonly kind: "pop" }
  | { readonly kind: "popDue"; readonly rank: number };

const NAMES = 12;
const name = fc.nat(NAMES - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("set" as const), name, rank: fc.integer({ min: 0, max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), name }) },
  { weight: 1, arbitrary: fc.constant({ kind: "pop" as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("popDue" as const), rank: fc.integer({ min: 0, max: 9 }) }) },
);

/** Takes the step with the heap and with a plain list of ranks; says whether both did the same. */
function takeStep(step: Step, heap: IndexedHeap<Item>, ranks: Map<Item, number>, all: readonly Item[]): boolean {
  if (step.kind === "set") {
    heap.set(all[step.name]!, step.rank);
    ranks.set(all[step.name]!, step.rank);
    return true;
  }
  if (step.kind === "delete") return heap.delete(all[step.name]!) === ranks.delete(all[step.name]!);
  const lowest = Math.min(...ranks.values());
  const popped = step.kind === "pop" ? heap.pop() : heap.popDue(step.rank);
  if (popped === undefined) return step.kind === "pop" ? ranks.size === 0 : lowest > step.rank;
  if (step.kind === "popDue" && lowest > step.rank) return false;
  const rank = ranks.get(popped);
  ranks.delete(popped);
  return rank === lowest;
}

test("it holds what a list would hold, and its first item is always one of lowest rank", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const heap = new IndexedHeap<Item>();
      const all = items(NAMES);
      const ranks = new Map<Item, number>();
      return steps.every(
        (one) =>
          takeStep(one, heap, ranks, all) &&
          heap.size === ranks.size &&
          heap.firstRank() === Math.min(...ranks.values()) &&
          all.every((item) => heap.rankOf(item) === ranks.get(item)),
      );
    }),
    { numRuns: 500 },
  );
});

test("popping everything sorts it", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (ranks) => {
      const heap = new IndexedHeap<Item>();
      items(ranks.length).forEach((item, index) => {
        heap.set(item, ranks[index]!);
      });
      const sorted = ranks.map(() => {
        const rank = heap.firstRank();
        heap.pop();
        return rank;
      });
      expect(sorted).toEqual([...ranks].sort((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
});

test("an empty heap has no first item and Infinity as its lowest rank", () => {
  const heap = new IndexedHeap<Item>();
  expect(heap.first()).toBeUndefined();
  expect(heap.pop()).toBeUndefined();
  expect(heap.firstRank()).toBe(Number.POSITIVE_INFINITY);
});

test("an item that is in another heap is neither found nor removed", () => {
  const [item] = items(1);
  const [heap, other] = [new IndexedHeap<Item>(), new IndexedHeap<Item>()];
  other.set(item!, 1);
  expect(heap.has(item!)).toBe(false);
  expect(heap.delete(item!)).toBe(false);
  expect(other.first()).toBe(item);
});

test("cleared, it lets every item go", () => {
  const heap = new IndexedHeap<Item>();
  const all = items(3);
  for (const item of all) heap.set(item, item.name);
  heap.clear();
  expect(heap.size).toBe(0);
  expect(all.map((item) => item.heapSlot)).toEqual([-1, -1, -1]);
});

test("the first item of which something holds has the lowest rank of those", () => {
  const ranked = fc.array(fc.record({ rank: fc.integer({ min: 0, max: 99 }), isGood: fc.boolean() }));
  fc.assert(
    fc.property(ranked, (given) => {
      const heap = new IndexedHeap<Item>();
      const all = items(given.length);
      for (const item of all) heap.set(item, given[item.name]!.rank);
      const found = heap.firstWhere(({ name }) => given[name]!.isGood);
      const good = given.filter(({ isGood }) => isGood).map(({ rank }) => rank);
      return found === undefined ? good.length === 0 : given[found.name]!.rank === Math.min(...good);
    }),
  );
});

test("items of one rank come out in the order that is said, whatever was done to the heap before", () => {
  const commands = fc.array(fc.record({ name: fc.nat(20), rank: fc.nat(3), isGone: fc.boolean() }));
  fc.assert(
    fc.property(commands, (given) => {
      const heap = new IndexedHeap<Item>((one, other) => one.name < other.name);
      const all = items(21);
      const ranks = new Map<number, number>();
      for (const { name, rank, isGone } of given) {
        if (isGone) heap.delete(all[name]!);
        else heap.set(all[name]!, rank);
        if (isGone) ranks.delete(name);
        else ranks.set(name, rank);
      }
      const expected = [...ranks].sort(([a, one], [b, other]) => one - other || a - b).map(([name]) => name);
      expect(expected.map(() => heap.pop()?.name)).toEqual(expected);
    }),
  );
});

test("in order, it shows its items from the first on that is not passed over, and stays as it is", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9)), fc.nat(9), (ranks, passed) => {
      const heap = new IndexedHeap<Item>((one, other) => one.name < other.name);
      const all = items(ranks.length);
      for (const item of all) heap.set(item, ranks[item.name]!);
      const wanted = all
        .filter(({ name }) => ranks[name]! > passed)
        .sort((a, b) => ranks[a.name]! - ranks[b.name]! || a.name - b.name);
      expect([...heap.inOrder((_item, rank) => rank <= passed)]).toEqual(wanted);
      expect([...heap.inOrder()]).toHaveLength(all.length);
      expect(all.map((item) => heap.rankOf(item))).toEqual(ranks);
    }),
  );
});
