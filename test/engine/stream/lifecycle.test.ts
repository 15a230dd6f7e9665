import { expect, test, vi } from "vitest";
import { Lifecycle, Living } from "../../../src/engine/stream/lifecycle.ts";

interface Thing {
  readonly name: string;
  readonly lifecycle: Lifecycle;
}

function things(...activeAt: readonly number[]): Living<Thing> {
  const living = new Living<Thing>();
  for (const [index, at] of activeAt.entries()) {
    living.add(`thing-${index}`, { name: `thing-${index}`, lifecycle: new Lifecycle(at) });
  }
  return living;
}

function statuses(living: Living<Thing>): readonly string[] {
  return Array.from(living.all(), ({ name, lifecycle }) => `${name} ${lifecycle.status}`);
}

test("what is created is CREATING until its time, then ACTIVE", () => {
  const living = things(10, 5);
  expect(living.nextChange).toBe(5);
  living.passTime(4);
  expect(statuses(living)).toEqual(["thing-0 CREATING", "thing-1 CREATING"]);
  living.passTime(5);
  expect(statuses(living)).toEqual(["thing-0 CREATING", "thing-1 ACTIVE"]);
  living.passTime(10);
  expect([statuses(living), living.nextChange]).toEqual([
    ["thing-0 ACTIVE", "thing-1 ACTIVE"],
    Number.POSITIVE_INFINITY,
  ]);
});

test("what is changed is ACTIVE again, and what is deleted leaves", () => {
  const living = things(0);
  living.passTime(0);
  living.begin("thing-0", "UPDATING", 3);
  expect(statuses(living)).toEqual(["thing-0 UPDATING"]);
  living.passTime(3);
  living.begin("thing-0", "DELETING", 6);
  const thing = living.find("thing-0");
  living.passTime(5);
  expect([statuses(living), thing?.lifecycle.isGone]).toEqual([["thing-0 DELETING"], false]);
  living.passTime(6);
  expect([living.size, living.has("thing-0"), thing?.lifecycle.isGone]).toEqual([0, false, true]);
});

test("those that come and go are counted, those that change are not", () => {
  const living = things(1, 1, 9);
  expect(living.changing).toBe(3);
  living.passTime(1);
  expect(living.changing).toBe(1);
  living.begin("thing-0", "UPDATING", 5);
  living.begin("thing-1", "DELETING", 5);
  living.begin("thing-2", "DELETING", 20);
  expect(living.changing).toBe(2);
  living.passTime(5);
  expect(living.changing).toBe(1);
  living.passTime(20);
  expect(living.changing).toBe(0);
});

test("each is told of when its time comes, the first due first", () => {
  const living = things(7, 3, 5);
  const told: string[] = [];
  living.begin("thing-1", "DELETING", 6);
  living.passTime(6, ({ name, lifecycle }, at) => told.push(`${name} ${lifecycle.isGone} ${at}`));
  expect(told).toEqual(["thing-2 false 5", "thing-1 true 6"]);
});

test("neither the passing of time nor the next change costs a look at those whose time has not come", () => {
  const living = things(...Array.from({ length: 1000 }, (_, index) => index));
  const looks = vi.spyOn(Lifecycle.prototype, "changesAt", "get");
  const ends = vi.spyOn(Lifecycle.prototype, "end");
  living.passTime(2);
  expect([living.nextChange, ends.mock.calls.length, looks.mock.calls.length]).toEqual([3, 3, 0]);
  vi.restoreAllMocks();
});
