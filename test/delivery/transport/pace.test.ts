import { expect, test } from "vitest";
import { Pace } from "../../../src/delivery/transport/pace.ts";

test("so many may start within a second as are allowed, and the next when it is over", () => {
  const pace = new Pace(() => 2);
  expect(pace.freeAt(5000)).toBe(5000);
  pace.take(5000);
  expect(pace.freeAt(5400)).toBe(5400);
  pace.take(5400);
  expect(pace.freeAt(5401)).toBe(6000);
  expect(pace.freeAt(5999)).toBe(6000);
  expect(pace.freeAt(6000)).toBe(6000);
  pace.take(6000);
  expect(pace.freeAt(6000)).toBe(6000);
  pace.take(6000);
  expect(pace.freeAt(6000)).toBe(7000);
});

test("a changed limit holds at once", () => {
  let limit = 1;
  const pace = new Pace(() => limit);
  pace.take(0);
  expect(pace.freeAt(1)).toBe(1000);
  limit = 2;
  expect(pace.freeAt(1)).toBe(1);
});

test("without a limit nothing waits", () => {
  const pace = new Pace(() => Number.POSITIVE_INFINITY);
  for (let count = 0; count < 1000; count++) pace.take(0);
  expect(pace.freeAt(0)).toBe(0);
});
