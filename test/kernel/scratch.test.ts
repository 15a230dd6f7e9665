import { expect, test } from "vitest";
import { Scratch } from "../../src/kernel/memory/block-pool.ts";

const MIB = 1024 * 1024;

test.for([0, 1, 1000, 1024, 1025, 8 * MIB, 8 * MIB + 1])("there is room for %i bytes", (length) => {
  expect(new Scratch().take(length).length).toBeGreaterThanOrEqual(length);
});

test("the same memory is given out again", () => {
  const scratch = new Scratch();
  const first = scratch.take(1000);
  expect(scratch.take(10).buffer).toBe(first.buffer);
  expect(scratch.take(1024).buffer).toBe(first.buffer);
});

test("the memory grows with what is asked for", () => {
  const scratch = new Scratch();
  scratch.take(1000);
  const grown = scratch.take(5000);
  expect(scratch.take(1000).buffer).toBe(grown.buffer);
});

test.for([
  [8 * MIB, true],
  [8 * MIB + 1, false],
] as const)("%i bytes are kept: %s", ([length, isKept]) => {
  const scratch = new Scratch();
  const first = scratch.take(length);
  expect(scratch.take(length).buffer === first.buffer).toBe(isKept);
});
