import { expect, test } from "vitest";
import { AttemptStarts } from "../../../src/delivery/transport/attempt-starts.ts";

/** Turns of the event loop that end when the test says so. */
function someStarts() {
  const tasks: (() => void)[] = [];
  const starts = new AttemptStarts((task) => tasks.push(task));
  const started: number[] = [];
  let asked = 0;
  const ask = (count: number): void => {
    for (let index = 0; index < count; index++) {
      const number = asked++;
      void starts.turn().then(() => started.push(number));
    }
  };
  const settled = async () => {
    for (let hop = 0; hop < 3; hop++) await Promise.resolve();
    return started.length;
  };
  const nextTurn = (): void => {
    for (const task of tasks.splice(0)) task();
  };
  return { started, ask, settled, nextTurn, tasks };
}

test("a few attempts start at once", async () => {
  const { ask, settled } = someStarts();
  ask(16);
  expect(await settled()).toBe(16);
});

test("of many attempts as many start in each turn, in order", async () => {
  const { started, ask, settled, nextTurn } = someStarts();
  ask(20);
  expect(await settled()).toBe(16);
  ask(20);
  expect(await settled()).toBe(16);
  nextTurn();
  expect(await settled()).toBe(32);
  nextTurn();
  expect(await settled()).toBe(40);
  expect(started).toEqual(Array.from({ length: 40 }, (_, index) => index));
});

test("a later turn has room again, and nothing runs when nobody waits", async () => {
  const { ask, settled, nextTurn, tasks } = someStarts();
  ask(16);
  nextTurn();
  expect(tasks).toHaveLength(0);
  ask(16);
  expect(await settled()).toBe(32);
});
