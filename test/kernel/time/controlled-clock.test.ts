import { describe, expect, test } from "vitest";
import { ControlledClock, LAST_INSTANT } from "../../../src/kernel/time/controlled-clock.ts";
import { LONGEST_ADVANCE_MS } from "../../../src/kernel/time/duration.ts";
import { TimeError } from "../../../src/kernel/time/time-error.ts";
import { START, stillTime } from "../../support/queue.ts";

/** A frozen clock, and a way to note at which instant what rang. */
function aFrozenClock() {
  const clock = new ControlledClock(stillTime);
  clock.freeze();
  const rung: string[] = [];
  const ring = (name: string) => () => rung.push(`${name}@${clock.now() - START}`);
  return { clock, rung, ring };
}

/** A clock that follows one we can push forward, as it does in a server. */
function aRunningClock() {
  const base = new ControlledClock(stillTime);
  base.freeze();
  return { base, clock: new ControlledClock(base) };
}

describe("a frozen clock", () => {
  test("stands still while the clock it follows runs on", () => {
    const { base, clock } = aRunningClock();
    clock.freeze();
    base.advance(5000);
    expect(clock.now()).toBe(START);
    expect(clock.isFrozen).toBe(true);
  });

  test("moves by exactly what it is advanced", () => {
    const { clock } = aFrozenClock();
    clock.advance(1);
    clock.advance(999);
    expect(clock.now()).toBe(START + 1000);
  });

  test("never goes backwards", () => {
    const { clock } = aFrozenClock();
    expect(() => clock.advance(-1000)).toThrow(TimeError);
    expect(clock.now()).toBe(START);
  });

  test("runs on from where it stands once resumed", () => {
    const { base, clock } = aRunningClock();
    clock.freeze();
    base.advance(5000);
    clock.resume();
    base.advance(10);
    expect(clock.now()).toBe(START + 10);
  });

  test("stays where it is when frozen twice, and resuming a running clock changes nothing", () => {
    const { base, clock } = aRunningClock();
    clock.freeze();
    base.advance(5);
    clock.freeze();
    clock.resume();
    clock.resume();
    expect(clock.now()).toBe(START);
  });
});

describe("alarms of a frozen clock", () => {
  test.for([
    { advancedMs: 99, rings: [] },
    { advancedMs: 100, rings: ["a@100"] },
    { advancedMs: 101, rings: ["a@100"] },
  ])("ring at their own instant: advanced by $advancedMs of 100 ms", ({ advancedMs, rings }) => {
    const { clock, rung, ring } = aFrozenClock();
    clock.at(START + 100, ring("a"));
    clock.advance(advancedMs);
    expect(rung).toEqual(rings);
  });

  test("ring in the order of their instants, those of one instant in the order they were set", () => {
    const { clock, rung, ring } = aFrozenClock();
    clock.at(START + 20, ring("d"));
    clock.at(START + 10, ring("a"));
    clock.at(START + 10, ring("b"));
    clock.at(START + 10, ring("c"));
    clock.advance(30);
    expect(rung).toEqual(["a@10", "b@10", "c@10", "d@20"]);
  });

  test("do not ring before `at` has returned, even when they are due already", () => {
    const { clock, rung, ring } = aFrozenClock();
    clock.at(START - 1, ring("past"));
    expect(rung).toEqual([]);
    clock.advance(0);
    expect(rung).toEqual(["past@0"]);
  });

  test("that are set by alarms ring in the same advance when they fall within it", () => {
    const { clock, rung, ring } = aFrozenClock();
    clock.at(START + 10, () => {
      clock.at(START + 10, ring("same instant"));
      clock.at(START + 20, ring("later"));
      clock.at(START + 31, ring("too late"));
    });
    clock.advance(30);
    expect(rung).toEqual(["same instant@10", "later@20"]);
    expect(clock.now()).toBe(START + 30);
  });

  test("do not ring once cancelled", () => {
    const { clock, rung, ring } = aFrozenClock();
    const cancel = clock.at(START + 10, ring("cancelled"));
    clock.at(START + 10, ring("kept"));
    cancel();
    clock.advance(10);
    expect(rung).toEqual(["kept@10"]);
  });

  test("do not ring when another alarm of the same instant cancels them", () => {
    const { clock, rung, ring } = aFrozenClock();
    clock.at(START + 10, () => cancel());
    const cancel = clock.at(START + 10, ring("cancelled"));
    clock.advance(10);
    expect(rung).toEqual([]);
  });

  test("are counted while they are pending", () => {
    const { clock, ring } = aFrozenClock();
    const cancel = clock.at(START + 10, ring("a"));
    clock.at(START + 20, ring("b"));
    cancel();
    expect(clock.pending).toBe(1);
    clock.advance(20);
    expect(clock.pending).toBe(0);
  });

  test("that are due already ring by themselves, without an advance", () => {
    const { base, clock } = aRunningClock();
    clock.freeze();
    const rung: number[] = [];
    clock.at(START, () => rung.push(clock.now()));
    base.advance(0);
    expect(rung).toEqual([START]);
  });

  test("do not ring by themselves while time stands still, and do once it runs", () => {
    const { base, clock } = aRunningClock();
    const rung: number[] = [];
    clock.at(START + 10, () => rung.push(clock.now()));
    clock.freeze();
    base.advance(1000);
    expect(rung).toEqual([]);
    clock.resume();
    base.advance(9);
    expect(rung).toEqual([]);
    base.advance(1);
    expect(rung).toEqual([START + 10]);
  });
});

describe("a running clock", () => {
  test("follows another one", () => {
    const { base, clock } = aRunningClock();
    base.advance(42);
    expect(clock.now()).toBe(START + 42);
    expect(clock.isFrozen).toBe(false);
  });

  test("can be advanced and runs on from there", () => {
    const { base, clock } = aRunningClock();
    clock.advance(1000);
    base.advance(1);
    expect(clock.now()).toBe(START + 1001);
    expect(base.now()).toBe(START + 1);
  });

  test("rings the alarms it passes when it is advanced, and the others when their time comes", () => {
    const { base, clock } = aRunningClock();
    const rung: string[] = [];
    clock.at(START + 500, () => rung.push("passed"));
    clock.at(START + 1500, () => rung.push("still to come"));
    clock.advance(1000);
    expect(rung).toEqual(["passed"]);
    base.advance(499);
    expect(rung).toEqual(["passed"]);
    base.advance(1);
    expect(rung).toEqual(["passed", "still to come"]);
  });

  test("has one alarm of the clock it follows, however many of its own", () => {
    const { base, clock } = aRunningClock();
    for (const ms of [30, 10, 20]) clock.at(START + ms, () => {});
    expect(base.pending).toBe(1);
  });

  test("lets go of the clock it follows when its last alarm is cancelled", () => {
    const { base, clock } = aRunningClock();
    const cancels = [10, 20].map((ms) => clock.at(START + ms, () => {}));
    for (const cancel of cancels) cancel();
    expect(base.pending).toBe(0);
  });

  test("does not ring an alarm that another of the same instant cancels", () => {
    const { base, clock } = aRunningClock();
    const rung: string[] = [];
    clock.at(START + 10, () => cancel());
    const cancel = clock.at(START + 10, () => rung.push("cancelled"));
    base.advance(10);
    expect(rung).toEqual([]);
  });

  test("rings an alarm set later but due sooner first", () => {
    const { base, clock } = aRunningClock();
    const rung: string[] = [];
    clock.at(START + 100, () => rung.push("b"));
    clock.at(START + 50, () => rung.push("a"));
    base.advance(50);
    expect(rung).toEqual(["a"]);
    base.advance(50);
    expect(rung).toEqual(["a", "b"]);
  });
});

describe("the end of the calendar", () => {
  test("can be reached, step by step, and not be passed", () => {
    const clock = new ControlledClock(stillTime);
    clock.freeze();
    while (clock.now() + LONGEST_ADVANCE_MS <= LAST_INSTANT) clock.advance(LONGEST_ADVANCE_MS);
    clock.advance(LAST_INSTANT - clock.now());
    const rung: string[] = [];
    clock.at(LAST_INSTANT + 1, () => rung.push("after the end"));
    expect(() => clock.advance(1)).toThrow(new TimeError("Time cannot go past 9999-12-31T23:59:59.999Z."));
    expect([clock.now(), clock.isFrozen, rung]).toEqual([LAST_INSTANT, true, []]);
  });

  test("does not freeze a running clock that is asked to pass it", () => {
    const clock = new ControlledClock(stillTime);
    expect(() => clock.advance(Number.NaN)).toThrow(TimeError);
    expect(clock.isFrozen).toBe(false);
  });
});
