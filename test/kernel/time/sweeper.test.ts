import { expect, test } from "vitest";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { type Expiring, Sweeper } from "../../../src/kernel/time/sweeper.ts";
import { START, stillTime } from "../../support/queue.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Things that expire at the instants given. */
class Shelf implements Expiring {
  readonly #clock: ControlledClock;
  readonly ends: number[];
  looks = 0;

  constructor(clock: ControlledClock, ends: readonly number[]) {
    this.#clock = clock;
    this.ends = [...ends];
  }

  get nextExpiry(): number {
    return this.ends[0] ?? Number.POSITIVE_INFINITY;
  }

  expire(most: number): number {
    this.looks++;
    const before = this.ends.length;
    while (before - this.ends.length < most && this.nextExpiry <= this.#clock.now()) this.ends.shift();
    return before - this.ends.length;
  }
}

/** A sweeper on a clock that a test moves, and an account's clock that follows. */
function aSweeper() {
  const base = new ControlledClock(stillTime);
  base.freeze();
  const clock = new ControlledClock(base);
  return { base, clock, sweeper: new Sweeper(base) };
}

test("what has expired is let go of within a minute, and nothing earlier", () => {
  const { base, clock, sweeper } = aSweeper();
  const shelf = new Shelf(clock, [START + HOUR / 2, START + HOUR]);
  sweeper.holding(clock, shelf).begin();
  base.advance(HOUR / 2 - 1);
  expect(shelf.ends).toHaveLength(2);
  base.advance(MINUTE + 1);
  expect(shelf.ends).toEqual([START + HOUR]);
});

test("nothing runs while nothing is held", () => {
  const { base, clock, sweeper } = aSweeper();
  const holding = sweeper.holding(clock, new Shelf(clock, [START + 1]));
  expect(base.pending).toBe(0);
  holding.begin();
  holding.begin();
  expect(base.pending).toBe(1);
  base.advance(MINUTE);
  expect(base.pending).toBe(0);
});

test("a subject that is gone is not looked at", () => {
  const { base, clock, sweeper } = aSweeper();
  const shelf = new Shelf(clock, [START + 1]);
  const holding = sweeper.holding(clock, shelf);
  holding.begin();
  holding.end();
  expect(base.pending).toBe(0);
  base.advance(HOUR);
  expect(shelf.looks).toBe(0);
});

test("time that was moved for an account is seen within a minute of everybody's", () => {
  const { base, clock, sweeper } = aSweeper();
  const shelf = new Shelf(clock, [START + 30 * 24 * HOUR]);
  sweeper.holding(clock, shelf).begin();
  clock.advance(30 * 24 * HOUR);
  base.advance(MINUTE);
  expect(shelf.looks).toBe(1);
  expect(shelf.ends).toEqual([]);
});

test("a great deal is let go of in steps, between which others have their turn", () => {
  const base = new ControlledClock(stillTime);
  const clock = new ControlledClock(base);
  const turns: (() => void)[] = [];
  const at = (_instant: number, task: () => void) => {
    turns.push(task);
    return () => {};
  };
  const sweeper = new Sweeper({ now: () => START, at });
  const shelf = new Shelf(
    clock,
    Array.from({ length: 25_000 }, () => START - 1),
  );
  sweeper.holding(clock, shelf).begin();
  const left: number[] = [];
  for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
    turn();
    left.push(shelf.ends.length);
  }
  expect(left.length).toBeGreaterThan(2);
  expect(left[0]).toBeGreaterThan(10_000);
  expect(left.at(-1)).toBe(0);
});

test("a subject is looked at every hour whatever it said, and sooner if it asks for that", () => {
  const { base, clock, sweeper } = aSweeper();
  const shelf = new Shelf(clock, [START + 24 * HOUR]);
  const holding = sweeper.holding(clock, shelf);
  holding.begin();
  base.advance(HOUR);
  expect(shelf.looks).toBe(1);
  shelf.ends.unshift(clock.now() + MINUTE);
  holding.hasten(clock.now() + MINUTE);
  base.advance(2 * MINUTE);
  expect(shelf.ends).toEqual([START + 24 * HOUR]);
});

test("one that can let go of nothing does not keep the event loop busy", () => {
  const { base, clock, sweeper } = aSweeper();
  let looks = 0;
  sweeper.holding(clock, { nextExpiry: START, expire: () => 0 * looks++ }).begin();
  base.advance(10 * MINUTE);
  expect(looks).toBe(10);
});

test.for([
  ["everywhere", undefined, [2, 1], 0],
  ["on one clock", "first", [2, 0], 1],
] as const)("after a reset %s only what is left is looked at", ([, which, ends, pending]) => {
  const { base, clock, sweeper } = aSweeper();
  const other = new ControlledClock(base);
  const shelves = [new Shelf(clock, [START + 1, START + 2]), new Shelf(other, [START + 1])];
  for (const [index, shelf] of shelves.entries()) sweeper.holding([clock, other][index]!, shelf).begin();
  sweeper.reset(which === undefined ? undefined : clock);
  expect(base.pending).toBe(pending);
  base.advance(HOUR);
  expect(shelves.map((shelf) => shelf.ends.length)).toEqual(ends);
});
