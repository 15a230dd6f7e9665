import { expect, test } from "vitest";
import { ConcurrencyLimit } from "../../../src/delivery/transport/concurrency-limit.ts";

/** A receiver queue that starts one attempt after the other as it is let, up to as many as it has. */
function aReceiverQueue(concurrencyLimit: ConcurrencyLimit, attempts: number) {
  const queue = {
    underWay: 0,
    proceed: () => {
      while (queue.underWay < attempts && concurrencyLimit.enter(queue.underWay, queue.proceed)) queue.underWay++;
    },
    end: () => {
      queue.underWay--;
      concurrencyLimit.leave();
    },
  };
  queue.proceed();
  return queue;
}

const aLimit = () => new ConcurrencyLimit({ assured: 2, shared: 5, most: 8 });

test("alone a receiver queue has all that is shared", () => {
  expect(aReceiverQueue(aLimit(), 10).underWay).toBe(5);
});

test("one that comes when everything shared is taken still has what is assured", () => {
  const concurrencyLimit = aLimit();
  aReceiverQueue(concurrencyLimit, 10);
  expect(aReceiverQueue(concurrencyLimit, 10).underWay).toBe(2);
});

test("never are more under way than the most, and who comes then waits in line", () => {
  const concurrencyLimit = aLimit();
  const [first, ...others] = [10, 10, 10, 10].map((attempts) => aReceiverQueue(concurrencyLimit, attempts));
  expect([first!, ...others].map(({ underWay }) => underWay)).toEqual([5, 2, 1, 0]);
  first!.end();
  expect(others.map(({ underWay }) => underWay)).toEqual([2, 2, 0]);
  first!.end();
  expect(others.map(({ underWay }) => underWay)).toEqual([2, 2, 1]);
});

test("who has hardly anything under way comes before who has more", () => {
  const concurrencyLimit = new ConcurrencyLimit({ assured: 1, shared: 3, most: 3 });
  const greedy = aReceiverQueue(concurrencyLimit, 10);
  const modest = aReceiverQueue(concurrencyLimit, 1);
  greedy.end();
  expect([greedy.underWay, modest.underWay]).toEqual([2, 1]);
  modest.end();
  greedy.proceed();
  expect(greedy.underWay).toBe(3);
});

test("a place that somebody has no use for any more goes to the next", () => {
  const concurrencyLimit = new ConcurrencyLimit({ assured: 1, shared: 1, most: 1 });
  const first = aReceiverQueue(concurrencyLimit, 1);
  expect(concurrencyLimit.enter(0, () => {})).toBe(false);
  const third = aReceiverQueue(concurrencyLimit, 1);
  first.end();
  expect(third.underWay).toBe(1);
});

test("who does not want to be called is not", () => {
  const concurrencyLimit = new ConcurrencyLimit({ assured: 1, shared: 1, most: 1 });
  const first = aReceiverQueue(concurrencyLimit, 1);
  const second = aReceiverQueue(concurrencyLimit, 1);
  concurrencyLimit.forget(second.proceed);
  first.end();
  expect(second.underWay).toBe(0);
});
