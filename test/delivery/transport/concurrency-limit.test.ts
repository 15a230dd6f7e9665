import { expect, test } from "vitest";
import { Turnstile } from "../../../src/delivery/transport/concurrency-limit.ts";

/** A lane that starts one attempt after the other as it is let, up to as many as it has. */
function aLane(turnstile: Turnstile, attempts: number) {
  const lane = {
    underWay: 0,
    proceed: () => {
      while (lane.underWay < attempts && turnstile.enter(lane.underWay, lane.proceed)) lane.underWay++;
    },
    end: () => {
      lane.underWay--;
      turnstile.leave();
    },
  };
  lane.proceed();
  return lane;
}

const aTurnstile = () => new Turnstile({ assured: 2, shared: 5, most: 8 });

test("alone a lane has all that is shared", () => {
  expect(aLane(aTurnstile(), 10).underWay).toBe(5);
});

test("one that comes when everything shared is taken still has what is assured", () => {
  const turnstile = aTurnstile();
  aLane(turnstile, 10);
  expect(aLane(turnstile, 10).underWay).toBe(2);
});

test("never are more under way than the most, and who comes then waits in line", () => {
  const turnstile = aTurnstile();
  const [first, ...others] = [10, 10, 10, 10].map((attempts) => aLane(turnstile, attempts));
  expect([first!, ...others].map(({ underWay }) => underWay)).toEqual([5, 2, 1, 0]);
  first!.end();
  expect(others.map(({ underWay }) => underWay)).toEqual([2, 2, 0]);
  first!.end();
  expect(others.map(({ underWay }) => underWay)).toEqual([2, 2, 1]);
});

test("who has hardly anything under way comes before who has more", () => {
  const turnstile = new Turnstile({ assured: 1, shared: 3, most: 3 });
  const greedy = aLane(turnstile, 10);
  const modest = aLane(turnstile, 1);
  greedy.end();
  expect([greedy.underWay, modest.underWay]).toEqual([2, 1]);
  modest.end();
  greedy.proceed();
  expect(greedy.underWay).toBe(3);
});

test("a place that somebody has no use for any more goes to the next", () => {
  const turnstile = new Turnstile({ assured: 1, shared: 1, most: 1 });
  const first = aLane(turnstile, 1);
  expect(turnstile.enter(0, () => {})).toBe(false);
  const third = aLane(turnstile, 1);
  first.end();
  expect(third.underWay).toBe(1);
});

test("who does not want to be called is not", () => {
  const turnstile = new Turnstile({ assured: 1, shared: 1, most: 1 });
  const first = aLane(turnstile, 1);
  const second = aLane(turnstile, 1);
  turnstile.forget(second.proceed);
  first.end();
  expect(second.underWay).toBe(0);
});
