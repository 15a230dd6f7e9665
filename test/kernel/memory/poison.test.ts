import { expect, test } from "vitest";
import { BlockPool, Scratch } from "../../../src/kernel/memory/block-pool.ts";
import { poisonPassing, poisonReusedMemory } from "../../../src/kernel/memory/poison.ts";

const LENGTH = 64 * 1024;

test("memory that is used again is left as it is unless somebody wants it overwritten", () => {
  const [pool, scratch] = [new BlockPool(), new Scratch()];
  const [block, bytes] = [pool.take(LENGTH).fill("x"), scratch.take(1000).fill("x")];
  pool.giveBack(block);
  poisonPassing();
  expect([block[0], bytes[0]]).toEqual([0x78, 0x78]);
});

test("once it is wanted, blocks are overwritten when they are given back, the rest when the handler returns", () => {
  poisonReusedMemory();
  const [pool, scratch] = [new BlockPool(), new Scratch()];
  const [block, bytes] = [pool.take(LENGTH).fill("x"), scratch.take(1000).fill("x")];
  scratch.take(10);
  expect([block[0], bytes[0]]).toEqual([0x78, 0x78]);
  pool.giveBack(block);
  poisonPassing();
  expect(new Set(block)).toEqual(new Set([0xbf]));
  expect(new Set(bytes.subarray(0, 1000))).toEqual(new Set([0xbf]));
});

test("the pool does not overwrite what is not its own", () => {
  poisonReusedMemory();
  const bytes = Buffer.alloc(LENGTH, "x");
  new BlockPool().giveBack(bytes);
  expect(bytes[0]).toBe(0x78);
});
