import { expect, test } from "vitest";
import { Clocks } from "../../../src/kernel/time/clocks.ts";
import { bytesInUse } from "../../support/heap.ts";
import { START, stillTime } from "../../support/queue.ts";

test("an account's clock can be moved without moving anyone else's", () => {
  const clocks = new Clocks(stillTime);
  clocks.of("111111111111").advance(1000);
  expect(clocks.of("111111111111").now()).toBe(START + 1000);
  expect(clocks.of("222222222222").now()).toBe(START);
});

test("an account has one clock", () => {
  const clocks = new Clocks(stillTime);
  expect(clocks.of("111111111111")).toBe(clocks.of("111111111111"));
});

test("alarms of one account do not ring when another account's time moves", () => {
  const clocks = new Clocks(stillTime);
  const rung: string[] = [];
  clocks.of("111111111111").at(START + 10, () => rung.push("first account"));
  clocks.of("222222222222").advance(10);
  expect(rung).toEqual([]);
  clocks.of("111111111111").advance(10);
  expect(rung).toEqual(["first account"]);
});

test("a forgotten account is back on the system's time and the others stay as they are", () => {
  const clocks = new Clocks(stillTime);
  for (const account of ["111111111111", "222222222222"]) clocks.of(account).advance(1000);
  clocks.forget("111111111111");
  expect(clocks.of("111111111111").now()).toBe(START);
  expect(clocks.of("222222222222").now()).toBe(START + 1000);
});

test("forgetting without naming an account puts all of them back", () => {
  const clocks = new Clocks(stillTime);
  for (const account of ["111111111111", "222222222222"]) clocks.of(account).advance(1000);
  clocks.forget();
  expect(clocks.of("111111111111").now()).toBe(START);
  expect(clocks.of("222222222222").now()).toBe(START);
});

test("a clock that nobody holds is gone, unless it was moved", async () => {
  const clocks = new Clocks(stillTime);
  clocks.of("111111111111").advance(1000);
  clocks.of("222222222222").freeze();
  clocks.of("333333333333").now();
  await bytesInUse();
  expect(clocks.count).toBe(2);
  expect(clocks.of("111111111111").now()).toBe(START + 1000);
  expect(clocks.of("222222222222").isFrozen).toBe(true);
});

test("a clock that is back on the system's time can go", async () => {
  const clocks = new Clocks(stillTime);
  clocks.of("111111111111").freeze();
  clocks.of("111111111111").resume();
  await bytesInUse();
  expect(clocks.count).toBe(0);
});

test.for([true, false])(
  "a clock shows the instant it is told, ahead or behind, while others are frozen: %s",
  (isFrozen) => {
    const clocks = new Clocks(stillTime);
    if (isFrozen) clocks.every.freeze();
    const rung: string[] = [];
    const clock = clocks.of("111111111111");
    clock.startAt(START - 5000, false);
    expect(clock.now()).toBe(START - 5000);
    expect(clock.isFrozen).toBe(false);
    clock.at(START - 1000, () => rung.push("rung"));
    clock.startAt(START - 3000, true);
    expect([clock.now(), clock.isFrozen]).toEqual([START - 3000, true]);
    clock.advance(2000);
    expect(rung).toEqual(["rung"]);
    expect(clocks.of("222222222222").now()).toBe(START);
  },
);
