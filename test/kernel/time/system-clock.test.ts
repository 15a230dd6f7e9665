import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SystemClock } from "../../../src/kernel/time/system-clock.ts";
import { START } from "../../support/queue.ts";

/** The longest wait Node's timers know; they fire at once when asked for more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

beforeEach(() => vi.useFakeTimers({ now: START }));
afterEach(() => vi.useRealTimers());

test("it shows the machine's time", () => {
  const clock = new SystemClock();
  vi.advanceTimersByTime(1234);
  expect(clock.now()).toBe(START + 1234);
});

test("it stands still while the machine's time goes backwards", () => {
  const clock = new SystemClock();
  clock.now();
  vi.setSystemTime(START - 5000);
  expect(clock.now()).toBe(START);
  vi.setSystemTime(START + 1);
  expect(clock.now()).toBe(START + 1);
});

test("an alarm rings at its instant and not before", () => {
  const clock = new SystemClock();
  const rung = vi.fn();
  clock.at(START + 100, rung);
  vi.advanceTimersByTime(99);
  expect(rung).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(rung).toHaveBeenCalledOnce();
});

test("an alarm that is due already rings, but not before `at` has returned", () => {
  const clock = new SystemClock();
  const rung = vi.fn();
  clock.at(START - 1, rung);
  expect(rung).not.toHaveBeenCalled();
  vi.advanceTimersByTime(0);
  expect(rung).toHaveBeenCalledOnce();
});

test("alarms ring in the order of their instants, whatever the order they were set in", () => {
  const clock = new SystemClock();
  const rung: number[] = [];
  for (const ms of [30, 10, 20]) clock.at(START + ms, () => rung.push(ms));
  vi.advanceTimersByTime(30);
  expect(rung).toEqual([10, 20, 30]);
});

test("one Node timer serves every alarm", () => {
  const clock = new SystemClock();
  for (const ms of [30, 10, 20]) clock.at(START + ms, () => {});
  expect(vi.getTimerCount()).toBe(1);
});

test("a cancelled alarm does not ring, and the last one to go takes the Node timer along", () => {
  const clock = new SystemClock();
  const rung = vi.fn();
  const cancel = clock.at(START + 10, rung);
  cancel();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(10);
  expect(rung).not.toHaveBeenCalled();
});

test("an alarm rings after an earlier one was cancelled", () => {
  const clock = new SystemClock();
  const rung = vi.fn();
  const cancel = clock.at(START + 10, () => {});
  clock.at(START + 20, rung);
  cancel();
  vi.advanceTimersByTime(19);
  expect(rung).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(rung).toHaveBeenCalledOnce();
});

test("an alarm does not ring when another one that is due with it cancels it", () => {
  const clock = new SystemClock();
  const rung = vi.fn();
  clock.at(START + 10, () => cancel());
  const cancel = clock.at(START + 11, rung);
  vi.setSystemTime(START + 1000);
  vi.advanceTimersByTime(10);
  expect(rung).not.toHaveBeenCalled();
});

test("an alarm can set another one", () => {
  const clock = new SystemClock();
  const rung = vi.fn();
  clock.at(START + 10, () => clock.at(START + 20, rung));
  vi.advanceTimersByTime(20);
  expect(rung).toHaveBeenCalledOnce();
});

test("an alarm beyond Node's longest wait rings at its instant and not at once", () => {
  const clock = new SystemClock();
  const rung = vi.fn();
  clock.at(START + LONGEST_TIMER_MS + 1000, rung);
  vi.advanceTimersByTime(LONGEST_TIMER_MS);
  expect(rung).not.toHaveBeenCalled();
  vi.advanceTimersByTime(999);
  expect(rung).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(rung).toHaveBeenCalledOnce();
});

test("Node is never asked to wait longer than it can", () => {
  const setTimer = vi.spyOn(globalThis, "setTimeout");
  new SystemClock().at(START + 10 * LONGEST_TIMER_MS, () => {});
  expect(setTimer).toHaveBeenCalledWith(expect.any(Function), LONGEST_TIMER_MS);
  setTimer.mockRestore();
});

test("during a task it is one instant, and another one after that", () => {
  const clock = new SystemClock();
  const seen = clock.during(() => {
    vi.setSystemTime(START + 5);
    const inner = clock.during(() => clock.now());
    vi.setSystemTime(START + 7);
    return [inner, clock.now()];
  });
  expect(seen).toEqual([START, START]);
  expect(clock.now()).toBe(START + 7);
});

test("a task that fails leaves it going", () => {
  const clock = new SystemClock();
  const fail = () => {
    throw new Error("no");
  };
  expect(() => clock.during(fail)).toThrow("no");
  vi.setSystemTime(START + 5);
  expect(clock.now()).toBe(START + 5);
});

test("an alarm set during a task that takes long rings no later for it", () => {
  const clock = new SystemClock();
  const rung = vi.fn();
  clock.during(() => {
    vi.setSystemTime(START + 60);
    clock.at(START + 100, rung);
  });
  vi.advanceTimersByTime(40);
  expect(rung).toHaveBeenCalledOnce();
});
