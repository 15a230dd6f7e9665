import { expect, test } from "vitest";
import { Deduplication } from "../../../src/kernel/collection/deduplication.ts";
import { MINUTE, START } from "../../support/queue.ts";

const MOST = 1000;

test.for([
  { afterMs: 5 * MINUTE - 1, found: "first" },
  { afterMs: 5 * MINUTE, found: undefined },
])("an id is known for five minutes: after $afterMs ms it finds $found", ({ afterMs, found }) => {
  const deduplication = new Deduplication<string>();
  deduplication.remember("id", undefined, { accepted: "first", at: START });
  deduplication.passTime(START + afterMs, MOST);
  expect(deduplication.find("id", undefined)).toBe(found);
});

test("an id of one group is not known in another, nor outside of groups", () => {
  const deduplication = new Deduplication<string>();
  deduplication.remember("id", "a", { accepted: "first", at: START });
  expect(deduplication.find("id", "a")).toBe("first");
  expect(deduplication.find("id", "b")).toBeUndefined();
  expect(deduplication.find("id", undefined)).toBeUndefined();
});

test("an id accepted again after five minutes is known for five more", () => {
  const deduplication = new Deduplication<string>();
  deduplication.remember("id", undefined, { accepted: "first", at: START });
  deduplication.passTime(START + 5 * MINUTE, MOST);
  deduplication.remember("id", undefined, { accepted: "second", at: START + 5 * MINUTE });
  deduplication.passTime(START + 10 * MINUTE - 1, MOST);
  expect(deduplication.find("id", undefined)).toBe("second");
});

test("ids are let go of so many at a time, and none of those whose time is over is found", () => {
  const deduplication = new Deduplication<number>();
  for (let id = 0; id < 10; id++) deduplication.remember(String(id), undefined, { accepted: id, at: START });
  expect(deduplication.passTime(START + 5 * MINUTE, 4)).toBe(4);
  expect(deduplication.find("9", undefined)).toBeUndefined();
  deduplication.remember("9", undefined, { accepted: 90, at: START + 5 * MINUTE });
  expect(deduplication.passTime(START + 5 * MINUTE, 100)).toBe(6);
  expect(deduplication.find("9", undefined)).toBe(90);
});
