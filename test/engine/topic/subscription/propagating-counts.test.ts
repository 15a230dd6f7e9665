import fc from "fast-check";
import { expect, test } from "vitest";
import { PropagatingCounts } from "../../../../src/engine/topic/subscription/propagating-counts.ts";

const NONE = { confirmed: 0, pending: 0, deleted: 0 };

test("without a delay a change shows at once", () => {
  const counts = new PropagatingCounts(0);
  counts.change(5, { pending: 1 });
  counts.change(5, { pending: -1, confirmed: 1 });
  expect(counts.shown(5)).toEqual({ ...NONE, confirmed: 1 });
});

test("each change shows when its time is over, not a millisecond before", () => {
  const counts = new PropagatingCounts(100);
  counts.change(0, { pending: 1 });
  counts.change(50, { pending: -1, confirmed: 1 });
  expect(counts.shown(99)).toEqual(NONE);
  expect(counts.shown(100)).toEqual({ ...NONE, pending: 1 });
  expect(counts.shown(149)).toEqual({ ...NONE, pending: 1 });
  expect(counts.shown(150)).toEqual({ ...NONE, confirmed: 1 });
});

test("what shows is what was counted a delay ago", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30)), fc.nat(60), (waits, delayMs) => {
      const counts = new PropagatingCounts(delayMs);
      const changedAt: number[] = [];
      let now = 0;
      for (const wait of waits) {
        now += wait;
        counts.change(now, { confirmed: 1 });
        changedAt.push(now);
        const heard = changedAt.filter((at) => at <= now - delayMs).length;
        expect(counts.shown(now).confirmed).toBe(heard);
      }
    }),
  );
});
