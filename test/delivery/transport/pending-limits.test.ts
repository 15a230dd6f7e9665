import { expect, test } from "vitest";
import type { Job } from "../../../src/delivery/transport/job.ts";
import { PendingLimits } from "../../../src/delivery/transport/pending-limits.ts";
import { aJob } from "../jobs.ts";

function pending(content: object = {}): Job {
  return aJob(undefined, { content, characters: 5 }).job;
}

test("a receiver queue has room while fewer are pending than may be, all receiver queues together", () => {
  const pendingLimits = new PendingLimits({ pending: 2, characters: 1000, assured: 0 });
  const [first, second] = [pending(), pending()];
  pendingLimits.add(first);
  expect(pendingLimits.hasRoomFor(1)).toBe(true);
  pendingLimits.add(second);
  expect(pendingLimits.hasRoomFor(1)).toBe(false);
  pendingLimits.delete(first);
  expect(pendingLimits.hasRoomFor(1)).toBe(true);
});

test("what a receiver queue is assured of it has room for, whatever the others hold", () => {
  const pendingLimits = new PendingLimits({ pending: 0, characters: 0, assured: 2 });
  expect([0, 1, 2].map((held) => pendingLimits.hasRoomFor(held))).toEqual([true, true, false]);
});

test("what jobs share counts once, for as long as anybody holds it", () => {
  const pendingLimits = new PendingLimits({ pending: 100, characters: 10, assured: 0 });
  const shared = {};
  const [first, second] = [pending(shared), pending(shared)];
  for (const delivery of [first, second]) pendingLimits.add(delivery);
  expect(pendingLimits.hasRoomFor(0)).toBe(true);
  const other = pending();
  pendingLimits.add(other);
  expect(pendingLimits.hasRoomFor(0)).toBe(false);
  pendingLimits.delete(first);
  expect(pendingLimits.hasRoomFor(0)).toBe(false);
  pendingLimits.delete(second);
  expect(pendingLimits.hasRoomFor(0)).toBe(true);
});
