import { expect, test } from "vitest";
import { Standstill } from "../../../src/kernel/event/standstill.ts";
import type { Clock } from "../../../src/kernel/time/clock.ts";
import { Clocks } from "../../../src/kernel/time/clocks.ts";
import { nextTurn } from "../../../src/kernel/time/system-clock.ts";
import { begunStandstill } from "../../support/begun-standstill.ts";

/** Clocks on a time that somebody moves, which stand still when somebody says so. */
function someClocks() {
  const tasks: (() => void)[] = [];
  let now = 0;
  const at = (_instant: number, task: () => void) => {
    tasks.push(task);
    return () => {};
  };
  const clocks = new Clocks({ now: () => now, at });
  const passTo = (instant: number): void => {
    now = instant;
    for (const task of tasks.splice(0)) task();
  };
  return { clocks, begin: () => begunStandstill(clocks.standstill), passTo };
}

test("nothing is waited for while nothing is done", async () => {
  const standstill = new Standstill();
  expect([standstill.isOn, standstill.passed()]).toEqual([false, undefined]);
  expect(await standstill.during(async () => standstill.isOn)).toBe(true);
  expect([standstill.isOn, standstill.passed()]).toEqual([false, undefined]);
});

test("one is done after the other, and whoever waits waits for all that are there", async () => {
  const standstill = new Standstill();
  const done: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    done.push(`${name} begins`);
    await nextTurn();
    done.push(`${name} ends`);
  };
  const both = [standstill.during(work("one")), standstill.during(work("other"))];
  await standstill.passed();
  expect(done).toEqual(["one begins", "one ends", "other begins", "other ends"]);
  await Promise.all(both);
});

test("what fails is over as well", async () => {
  const standstill = new Standstill();
  await expect(standstill.during(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(standstill.isOn).toBe(false);
});

test.for<[whose: string, clockOf: (clocks: Clocks) => Pick<Clock, "at">]>([
  ["the machine", ({ base }) => base],
  ["an account", (clocks) => clocks.of("111111111111")],
  ["every account", ({ every }) => every],
])("alarms of %s ring when it is over", async ([, clockOf]) => {
  const { clocks, begin, passTo } = someClocks();
  const rung: string[] = [];
  const clock = clockOf(clocks);
  clock.at(10, () => rung.push("due"));
  const cancel = clock.at(10, () => rung.push("cancelled"));
  const end = begin();
  passTo(10);
  await nextTurn();
  expect(rung).toEqual([]);
  cancel();
  await end();
  await nextTurn();
  expect(rung).toEqual(["due"]);
});

test("time that is moved forward stays where it has got to", async () => {
  const { clocks, begin } = someClocks();
  const clock = clocks.of("111111111111");
  clock.freeze();
  const end = begin();
  const advanced = clock.advanceInTurns(1000);
  await nextTurn();
  expect(clock.now()).toBe(0);
  await Promise.all([end(), advanced]);
  expect(clock.now()).toBe(1000);
});
