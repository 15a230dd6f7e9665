import { expect, test } from "vitest";
import { STALL_MS } from "../../../src/kernel/event/work-under-way.ts";
import { Clocks } from "../../../src/kernel/time/clocks.ts";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { nextTurn } from "../../../src/kernel/time/system-clock.ts";
import { stillTime } from "../../support/queue.ts";

const ACCOUNT = "111111111111";

function aFrozenAccount() {
  const clocks = new Clocks(stillTime);
  const clock = clocks.of(ACCOUNT);
  clock.freeze();
  return { clocks, clock, start: clock.now(), work: clocks.work };
}

test("time that is advanced waits for work before it moves at all", async () => {
  const { clock, start, work } = aFrozenAccount();
  const end = work.begin(ACCOUNT);
  const advanced = clock.advanceInTurns(1000);
  await nextTurn();
  expect(clock.now()).toBe(start);
  end();
  await advanced;
  expect(clock.now()).toBe(start + 1000);
});

test("it stops at the instant at which work begins, and goes on with what that leads to", async () => {
  const { clock, start, work } = aFrozenAccount();
  const rung: number[] = [];
  const ring = (at: number, task = () => {}) =>
    void clock.at(start + at, () => {
      rung.push(clock.now() - start);
      task();
    });
  let end = (): void => {};
  ring(100, () => {
    end = work.begin(ACCOUNT);
  });
  ring(200);
  const advanced = clock.advanceInTurns(1000);
  await nextTurn();
  await nextTurn();
  expect(clock.now()).toBe(start + 100);
  end();
  ring(150);
  await advanced;
  expect(rung).toEqual([100, 150, 200]);
  expect(clock.now()).toBe(start + 1000);
});

test("work at the last instant is waited for, too", async () => {
  const { clock, start, work } = aFrozenAccount();
  let end = (): void => {};
  clock.at(start + 1000, () => {
    end = work.begin(ACCOUNT);
  });
  let isOver = false;
  const advanced = clock.advanceInTurns(1000).then(() => {
    isOver = true;
  });
  await nextTurn();
  await nextTurn();
  expect(isOver).toBe(false);
  end();
  await advanced;
});

test("an account does not wait for the work of another; the time of all waits for all", async () => {
  const { clocks, clock, start, work } = aFrozenAccount();
  clocks.every.freeze();
  const end = work.begin("222222222222");
  await clock.advanceInTurns(1000);
  expect(clock.now()).toBe(start + 1000);
  const advanced = clocks.every.advanceInTurns(1000);
  await nextTurn();
  expect(clocks.every.now()).toBe(start);
  end();
  await advanced;
  expect(clocks.every.now()).toBe(start + 1000);
});

test("whoever does not wait any more stops the clock where it is", async () => {
  const { clock, start, work } = aFrozenAccount();
  work.begin(ACCOUNT);
  const stop = new AbortController();
  const advanced = clock.advanceInTurns(1000, { signal: stop.signal });
  await nextTurn();
  stop.abort();
  await expect(advanced).rejects.toThrow(/./);
  expect(clock.now()).toBe(start);
});

test("work is counted once, however often its end is told", () => {
  const { work } = aFrozenAccount();
  const end = work.begin(ACCOUNT);
  work.begin(ACCOUNT);
  end();
  end();
  expect([work.count(ACCOUNT), work.count(), work.count("222222222222")]).toEqual([1, 1, 0]);
});

/** An account whose time is advanced while a piece of its work goes on. Real time is moved as well. */
function aHeldAdvance() {
  const real = new ControlledClock(stillTime);
  real.freeze();
  const clocks = new Clocks(real);
  const clock = clocks.of(ACCOUNT);
  clock.freeze();
  const end = clocks.work.begin(ACCOUNT);
  const advanced = clock.advanceInTurns(1000).then(
    () => "advanced",
    (cause: Error) => cause.message,
  );
  /** Lets whoever waits notice what happened, which takes a turn or two. */
  const noticed = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) await nextTurn();
  };
  /** Has real time pass. */
  const pass = async (ms: number): Promise<void> => {
    await noticed();
    real.advance(ms);
    await noticed();
  };
  return { real, clock, start: clock.now(), work: clocks.work, end, advanced, pass };
}

test("work that waits for what may never come holds time for so long, and then is told of", async () => {
  const { real, clock, start, work, advanced, pass } = aHeldAdvance();
  await pass(STALL_MS);
  work.stall(ACCOUNT, "It waits for me.");
  work.stall("222222222222", "Somebody else does.");
  await pass(STALL_MS - 1);
  expect(work.stalledBy(ACCOUNT)).toBe("It waits for me.");
  await pass(1);
  expect(await advanced).toBe("Time does not move on: It waits for me.");
  expect([clock.now(), clock.isFrozen, real.pending]).toEqual([start, true, 0]);
});

test("work that goes on after all is waited for as long as it takes", async () => {
  const { real, clock, start, work, end, advanced, pass } = aHeldAdvance();
  const goOn = work.stall(ACCOUNT, "It waits for me.");
  await pass(STALL_MS - 1);
  goOn();
  await pass(10 * STALL_MS);
  expect(work.stalledBy()).toBeUndefined();
  end();
  expect(await advanced).toBe("advanced");
  expect([clock.now(), real.pending]).toEqual([start + 1000, 0]);
});

test("whoever listens hears of the end of each piece once, when it counts no more, and of none once they have left", () => {
  const { work } = aFrozenAccount();
  const heard: number[] = [];
  const leave = work.listen(() => void heard.push(work.count()));
  const ends = [work.begin(ACCOUNT), work.begin("222222222222", "stack"), work.begin(ACCOUNT, "mapping")];
  expect(heard).toEqual([]);
  ends[0]?.();
  ends[0]?.();
  ends[1]?.();
  leave();
  ends[2]?.();
  expect(heard).toEqual([2, 1]);
});
