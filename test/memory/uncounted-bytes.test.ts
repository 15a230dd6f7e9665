import { expect, test } from "vitest";
import { uncountedBytes } from "../../src/kernel/memory/uncounted-bytes.ts";
import { aTurn, sharedBytesInUse } from "../support/heap.ts";

const MIB = 1024 * 1024;

test("memory that V8 does not count and nobody holds any more goes without anybody asking for it", async () => {
  const before = sharedBytesInUse();
  for (let made = 0; made < 512; made++) {
    uncountedBytes(MIB);
    await aTurn();
  }
  expect((sharedBytesInUse() - before) / MIB).toBeLessThan(256);
});
