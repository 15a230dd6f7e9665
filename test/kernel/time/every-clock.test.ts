import { describe, expect, test } from "vitest";
import { Clocks } from "../../../src/kernel/time/clocks.ts";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { TimeError } from "../../../src/kernel/time/time-error.ts";
import { HOUR, SECOND, START, stillTime } from "../../support/queue.ts";

const [A, B] = ["111111111111", "222222222222"] as const;
const turns = { nextTurn: async () => {} };

function someClocks() {
  const machine = new ControlledClock(stillTime);
  const clocks = new Clocks(machine);
  return { machine, clocks, every: clocks.every, a: clocks.of(A), b: clocks.of(B) };
}

describe("the time of every account", () => {
  test("is that of accounts that come later, too", async () => {
    const { clocks, every, a } = someClocks();
    every.freeze();
    await every.advanceInTurns("1h", turns);
    expect([a.now(), clocks.of("333333333333").now(), every.now()]).toEqual(Array(3).fill(START + HOUR));
    expect([a.isFrozen, clocks.of("444444444444").isFrozen]).toEqual([true, true]);
  });

  test("rings the alarms of all accounts in the order of their instants", async () => {
    const { every, a, b } = someClocks();
    const rung: string[] = [];
    a.at(START + 2 * SECOND, () => rung.push(`a ${a.now() - START} ${b.now() - START}`));
    b.at(START + SECOND, () => {
      rung.push(`b ${b.now() - START}`);
      a.at(a.now(), () => rung.push("a at once"));
    });
    b.at(START + 3 * SECOND, () => rung.push("b again"));
    await every.advanceInTurns(2_500, turns);
    expect(rung).toEqual(["b 1000", "a at once", "a 2000 2000"]);
    expect([every.pending, a.pending, b.pending]).toEqual([1, 0, 1]);
  });

  test("moves accounts along that were moved by themselves", async () => {
    const { machine, every, a, b } = someClocks();
    a.advance(HOUR);
    b.freeze();
    await every.advanceInTurns(SECOND, turns);
    expect([a.now(), b.now(), every.now()]).toEqual([START + HOUR + SECOND, START + SECOND, START + SECOND]);
    every.freeze();
    machine.advance(HOUR);
    expect([a.now(), b.now(), every.now()]).toEqual([START + HOUR + SECOND, START + SECOND, START + SECOND]);
    every.resume();
    machine.advance(HOUR);
    expect([a.now(), b.now()]).toEqual([START + 2 * HOUR + SECOND, START + HOUR + SECOND]);
  });

  test("is left by an account that is moved by itself, from the present instant on", async () => {
    const { machine, every, a, b } = someClocks();
    every.freeze();
    await every.advanceInTurns(HOUR, turns);
    expect(a.isFrozen).toBe(true);
    a.resume();
    machine.advance(SECOND);
    expect([a.now(), b.now()]).toEqual([START + HOUR + SECOND, START + HOUR]);
    b.advance(5);
    expect([b.now(), b.isFrozen, every.now()]).toEqual([START + HOUR + 5, true, START + HOUR]);
  });

  test("keeps the alarms of an account that leaves it", async () => {
    const { machine, every, a } = someClocks();
    const rung: number[] = [];
    a.at(START + SECOND, () => rung.push(a.now()));
    every.freeze();
    machine.advance(HOUR);
    expect(rung).toEqual([]);
    a.resume();
    machine.advance(SECOND);
    expect(rung).toEqual([START + SECOND]);
  });

  test("is the machine's again after a reset of all, and of one account that of the others", async () => {
    const { clocks, every } = someClocks();
    every.freeze();
    await every.advanceInTurns(HOUR, turns);
    clocks.of(A).advance(HOUR);
    clocks.forget(A);
    expect(clocks.of(A).now()).toBe(START + HOUR);
    clocks.forget();
    expect([clocks.every.now(), clocks.of(A).now(), clocks.every.isFrozen]).toEqual([START, START, false]);
  });

  test("is set to an instant unless an account is past it", async () => {
    const { every, a, b } = someClocks();
    every.freeze();
    a.advance(SECOND);
    await expect(every.advanceTo(START + 500, turns)).rejects.toThrow(TimeError);
    expect([a.now(), b.now()]).toEqual([START + SECOND, START]);
    await every.advanceTo(START + HOUR, turns);
    expect([a.now(), b.now(), every.now()]).toEqual(Array(3).fill(START + HOUR));
  });
});

test("one alarm after the other rings while the time of all is moved", async () => {
  const { every, a } = someClocks();
  let rung = 0;
  for (let count = 0; count < 100; count++) a.at(START + SECOND, () => rung++);
  const seen: number[] = [];
  await every.advanceInTurns(HOUR, { nextTurn: async () => void seen.push(rung) });
  expect(rung).toBe(100);
  expect(Math.max(...seen.map((count, index) => count - (seen[index - 1] ?? 0)))).toBeLessThanOrEqual(16);
});
