import { expect, test } from "vitest";
import { bytesLeftBehind } from "../support/heap.ts";

const ROUNDS = 500;
/** What an entry of a map takes, its key and an object in it. */
const ENTRY_BYTES = 80;

test("an entry of a map that each round leaves behind is found", async () => {
  const held = new Map<string, object>();
  const left = await bytesLeftBehind(ROUNDS, (round) => held.set(`round ${round}`, { round }));
  expect(held.size).toBeGreaterThan(ROUNDS);
  expect(left).toBeGreaterThan(ENTRY_BYTES);
});

test("what a round lets go of is not taken for left behind", async () => {
  let last: readonly number[] = [];
  const left = await bytesLeftBehind(ROUNDS, (round) => {
    last = Array.from({ length: 100 }, () => round);
  });
  expect(last).not.toEqual([]);
  expect(left).toBeLessThan(ENTRY_BYTES / 4);
});
