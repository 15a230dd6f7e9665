import { expect, test } from "vitest";
import { BlockPool } from "../../../src/kernel/memory/block-pool.ts";

const KIB = 1024;
const MIB = 1024 * KIB;

test.for([0, 1, 64 * KIB - 1, 64 * KIB, 100_000, 4 * MIB, 4 * MIB + 1])("a block has room for %i bytes", (length) => {
  expect(new BlockPool().take(length).length).toBeGreaterThanOrEqual(length);
});

test("two who have a block each have different ones", () => {
  const pool = new BlockPool();
  expect(pool.take(MIB).buffer).not.toBe(pool.take(MIB).buffer);
});

test.for([
  [64 * KIB - 1, false],
  [64 * KIB, true],
  [4 * MIB, true],
  [4 * MIB + 1, false],
] as const)("a block of %i bytes is used again: %s", ([length, isKept]) => {
  const pool = new BlockPool();
  const block = pool.take(length);
  pool.giveBack(block.subarray(10, 20));
  expect(pool.take(length).buffer === block.buffer).toBe(isKept);
});

test("a block serves whoever needs no more than it has", () => {
  const pool = new BlockPool();
  const block = pool.take(MIB);
  pool.giveBack(block);
  expect(pool.take(MIB + 1).buffer).not.toBe(block.buffer);
  expect(pool.take(MIB - 1).buffer).toBe(block.buffer);
});

test("a block that is given back twice is lent to one only", () => {
  const pool = new BlockPool();
  const block = pool.take(MIB);
  pool.giveBack(block);
  pool.giveBack(block);
  expect(pool.take(MIB).buffer).not.toBe(pool.take(MIB).buffer);
});

test("memory that is not the pool's stays with its owner", () => {
  const pool = new BlockPool();
  const bytes = Buffer.alloc(MIB);
  pool.giveBack(bytes);
  expect(pool.take(MIB).buffer).not.toBe(bytes.buffer);
});

test("four blocks are kept", () => {
  const pool = new BlockPool();
  const blocks = Array.from({ length: 5 }, () => pool.take(MIB));
  for (const block of blocks) pool.giveBack(block);
  const again = Array.from({ length: 5 }, () => pool.take(MIB).buffer);
  expect(blocks.filter(({ buffer }) => again.includes(buffer))).toHaveLength(4);
});
