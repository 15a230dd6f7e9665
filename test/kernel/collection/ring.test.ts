import { expect, test } from "vitest";
import { Ring } from "../../../src/kernel/collection/account-rings.ts";

function aRing(limits: { items?: number; characters?: number }, texts: readonly string[]) {
  const ring = new Ring<string>({ items: 100, characters: 100, ...limits }, (text) => text.length);
  for (const text of texts) ring.push(text);
  return [...ring.oldestFirst()];
}

test.for([
  [3, ["a", "b", "c"]],
  [2, ["b", "c"]],
  [1, ["c"]],
] as const)("a ring of %i items holds the newest ones, oldest first", ([items, kept]) => {
  expect(aRing({ items }, ["a", "b", "c"])).toEqual(kept);
});

test.for([
  [6, ["aa", "bb", "cc"]],
  [5, ["bb", "cc"]],
  [4, ["bb", "cc"]],
  [3, ["cc"]],
] as const)("a ring of %i characters holds the newest items that fit", ([characters, kept]) => {
  expect(aRing({ characters }, ["aa", "bb", "cc"])).toEqual(kept);
});

test("one large item pushes out as many as it takes, and itself if it is larger than the ring", () => {
  expect(aRing({ characters: 5 }, ["a", "b", "cccc"])).toEqual(["b", "cccc"]);
  expect(aRing({ characters: 5 }, ["a", "bbbbbb", "c"])).toEqual(["c"]);
});

test("a ring goes on after many items", () => {
  const texts = Array.from({ length: 1000 }, (_, n) => String(n));
  expect(aRing({ items: 3 }, texts)).toEqual(["997", "998", "999"]);
});
