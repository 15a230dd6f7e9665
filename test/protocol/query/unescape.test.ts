import { expect, test, vi } from "vitest";
import { Scratch } from "../../../src/kernel/memory/block-pool.ts";
import { unescaped } from "../../../src/protocol/query/unescape.ts";

test.for([
  ["+++", "   "],
  ["a%2Bb", "a+b"],
  ["%C3%A9", "é"],
  ["é+€", "é €"],
  ["€€€", "€€€"],
] as const)("%s takes no more memory than it has bytes", ([escaped, text]) => {
  const taken = vi.spyOn(Scratch.prototype, "take");
  expect(unescaped(escaped)).toBe(text);
  expect(taken.mock.calls).toEqual([[Buffer.byteLength(escaped)]]);
  taken.mockRestore();
});
