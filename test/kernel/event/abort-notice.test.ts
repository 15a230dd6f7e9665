import { expect, test } from "vitest";
import { AbortSource } from "../../../src/kernel/event/abort-notice.ts";

test("tells those who listen, and tells them once", () => {
  const source = new AbortSource(false);
  const told: string[] = [];
  source.addEventListener("abort", () => told.push("one"));
  source.addEventListener("abort", () => told.push("other"));
  expect(source.aborted).toBe(false);
  source.abort();
  source.abort();
  expect(source.aborted).toBe(true);
  expect(told).toEqual(["one", "other"]);
});

test("tells nobody who has stopped to listen, not even in the middle of telling", () => {
  const source = new AbortSource(false);
  const told: string[] = [];
  const second = () => told.push("second");
  const third = () => told.push("third");
  source.addEventListener("abort", () => source.removeEventListener("abort", third));
  source.addEventListener("abort", second);
  source.addEventListener("abort", third);
  source.removeEventListener("abort", second);
  source.abort();
  expect(told).toEqual([]);
});
