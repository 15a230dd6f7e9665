import { describe, expect, test } from "vitest";
import { AccountRings } from "../../../src/kernel/collection/account-rings.ts";

interface Item {
  readonly order: number;
  readonly text: string;
}

const PLENTY = { items: 1000, characters: 1000 };

/** Rings that hold these texts, each written `account:text`. */
function aRings(limits: { each?: Partial<typeof PLENTY>; all?: Partial<typeof PLENTY> }, texts: readonly string[]) {
  const { each, all } = limits;
  const rings = AccountRings.of<Item>(
    { each: { ...PLENTY, ...each }, all: { ...PLENTY, ...all } },
    ({ text }) => text.length,
  );
  for (const [order, written] of texts.entries()) {
    const [account = "", text = ""] = written.split(":");
    rings.push(account, { order, text });
  }
  return rings;
}

function held(rings: AccountRings<Item>, account?: string): readonly string[] {
  return [...rings.entries(account)].flatMap(([owner, items]) => [...items].map(({ text }) => `${owner}:${text}`));
}

describe("what all accounts may hold together", () => {
  test.for([
    [{ items: 3 }, ["a:3", "b:2", "b:4"]],
    [{ items: 1 }, ["b:4"]],
    [{ characters: 2 }, ["a:3", "b:4"]],
  ] as const)("is bounded by %o: the oldest of all goes", ([all, kept]) => {
    expect(held(aRings({ all }, ["a:1", "b:2", "a:3", "b:4"]))).toEqual(kept);
  });

  test("is counted anew when an account's own bound pushes something out", () => {
    const rings = aRings({ each: { items: 1 }, all: { items: 2 } }, ["a:1", "a:2", "a:3", "b:4"]);
    expect(held(rings)).toEqual(["a:3", "b:4"]);
  });

  test("is free again after a reset", () => {
    const rings = aRings({ all: { items: 2, characters: 4 } }, ["a:11", "b:22"]);
    rings.reset("a");
    rings.push("c", { order: 9, text: "33" });
    expect(held(rings)).toEqual(["b:22", "c:33"]);
    rings.reset();
    expect(held(rings)).toEqual([]);
    for (const [order, text] of ["44", "55"].entries()) rings.push("d", { order, text });
    expect(held(rings)).toEqual(["d:44", "d:55"]);
  });
});

test("an account whose last item went is not there any more", () => {
  const rings = aRings({ each: { characters: 3 }, all: { items: 2 } }, ["a:1", "b:2", "c:3", "d:large"]);
  expect([...rings.entries()].map(([account]) => account)).toEqual(["b", "c"]);
});

test("the items of one account are its own", () => {
  const rings = aRings({}, ["a:1", "b:2", "a:3"]);
  expect(held(rings, "a")).toEqual(["a:1", "a:3"]);
  expect(held(rings, "nobody")).toEqual([]);
});

test("thousands of accounts with an item each are held to the bound", () => {
  const texts = Array.from({ length: 5000 }, (_, number) => `${number}:x`);
  expect(held(aRings({ all: { items: 3 } }, texts))).toEqual(["4997:x", "4998:x", "4999:x"]);
});

test("what an account is to forget goes, and counts no more", () => {
  const rings = aRings({ all: { items: 4 } }, ["a:1", "b:2", "a:3", "a:4"]);
  rings.filter("a", ({ text }) => text === "3");
  expect(held(rings)).toEqual(["b:2", "a:3"]);
  for (const order of [4, 5, 6]) rings.push("b", { order, text: `${order}` });
  expect(held(rings)).toEqual(["b:4", "b:5", "b:6", "a:3"]);
  rings.filter("a", () => false);
  expect(held(rings, "a")).toEqual([]);
});
