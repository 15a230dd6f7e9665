import { expect, test } from "vitest";
import { ByScope, type Scoped } from "../../../src/kernel/collection/by-scope.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";

class Shelf implements Scoped {
  isEmpty = true;

  readonly scope: Scoped["scope"];

  constructor(scope: Scoped["scope"]) {
    this.scope = scope;
  }
}

const here = scopeOf("111111111111", "us-east-1");
const there = scopeOf("222222222222", "us-east-1");

function aFullShelf(shelves: ByScope<Shelf>, scope = here): Shelf {
  const shelf = shelves.in(scope);
  shelf.isEmpty = false;
  shelves.update(shelf);
  return shelf;
}

test("what has nothing in it is the same for all who hold it, and is not kept", () => {
  const shelves = new ByScope((scope) => new Shelf(scope));
  const [one, other] = [shelves.in(here), shelves.in(here)];
  expect(other).toBe(one);
  expect(shelves.in(there)).not.toBe(one);
  expect(shelves.find(here)).toBeUndefined();
});

test("two who began with nothing do not put each other out", () => {
  const shelves = new ByScope((scope) => new Shelf(scope));
  const [one, other] = [shelves.in(here), shelves.in(here)];
  for (const shelf of [one, other]) {
    shelf.isEmpty = false;
    shelves.update(shelf);
  }
  expect(shelves.find(here)).toBe(one);
});

test("what comes into one that was reset meanwhile is lost with it", () => {
  const shelves = new ByScope((scope) => new Shelf(scope));
  const before = shelves.in(here);
  shelves.reset(here.account);
  before.isEmpty = false;
  shelves.update(before);
  expect(shelves.find(here)).toBeUndefined();
  expect(shelves.in(here)).not.toBe(before);
});

test("what goes by a clock that the account has no more is made anew", () => {
  const clocks = [{}];
  const shelves = new ByScope(
    (scope) => new Shelf(scope),
    () => clocks.at(-1),
  );
  const before = shelves.in(here);
  expect(shelves.in(here)).toBe(before);
  clocks.push({});
  expect(shelves.in(here)).not.toBe(before);
});

test("what has something in it is kept, until that is gone", () => {
  const shelves = new ByScope((scope) => new Shelf(scope));
  const shelf = aFullShelf(shelves);
  expect(shelves.in(here)).toBe(shelf);
  expect(shelves.find(there)).toBeUndefined();
  shelf.isEmpty = true;
  shelves.update(shelf);
  expect([...shelves.all()]).toEqual([]);
});

test("one that became empty does not take along the one in its place", () => {
  const shelves = new ByScope((scope) => new Shelf(scope));
  const stale = shelves.in(here);
  shelves.reset();
  const shelf = aFullShelf(shelves);
  shelves.update(stale);
  expect(shelves.find(here)).toBe(shelf);
});

test.for([
  [undefined, [here, there], []],
  ["111111111111", [here], [there]],
] as const)("a reset of account %s lets go of what is its own", ([account, gone, kept]) => {
  const shelves = new ByScope((scope) => new Shelf(scope));
  for (const scope of [here, there]) aFullShelf(shelves, scope);
  expect(shelves.reset(account).map(({ scope }) => scope)).toEqual(gone);
  expect([...shelves.all()].map(({ scope }) => scope)).toEqual(kept);
});

test("what is kept of an account or a region comes by account and region", () => {
  const shelves = new ByScope((scope) => new Shelf(scope));
  const elsewhere = scopeOf("111111111111", "eu-west-1");
  for (const scope of [there, here, elsewhere]) aFullShelf(shelves, scope);
  const scopes = (whereabouts: object) => shelves.within(whereabouts).map(({ scope }) => scope);
  expect(scopes({})).toEqual([elsewhere, here, there]);
  expect(scopes({ account: "111111111111" })).toEqual([elsewhere, here]);
  expect(scopes({ region: "us-east-1" })).toEqual([here, there]);
  expect(scopes({ account: "333333333333" })).toEqual([]);
});
