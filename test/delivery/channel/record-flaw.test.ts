import { expect, test, vi } from "vitest";
import { flawOf } from "../../../src/delivery/channel/record-flaw.ts";

test.for<[format: "BYTE_ARRAY" | "STRING" | "JSON", data: string, flaw: string | undefined]>([
  ["BYTE_ARRAY", "\xff", undefined],
  ["BYTE_ARRAY", "", undefined],
  ["STRING", "gr\xc3\xbcn", undefined],
  ["STRING", "", undefined],
  ["STRING", "gr\xfcn", "InvalidUtf8"],
  ["JSON", '{"a":1}', undefined],
  ["JSON", ' [1, "x"]\n', undefined],
  ["JSON", "1", undefined],
  ["JSON", "", "InvalidJson"],
  ["JSON", "{", "InvalidJson"],
  ["JSON", '{"a":1}{"a":2}', "InvalidJson"],
  ["JSON", '"\xff"', "InvalidJson"],
])("%s %j: %s", ([format, data, flaw]) => {
  expect(flawOf(Buffer.from(data, "latin1"), format)?.code).toBe(flaw);
});

test("a record of many values is found to be JSON without making them", () => {
  const parse = vi.spyOn(JSON, "parse");
  expect(flawOf(Buffer.from(`[${"{},".repeat(100_000)}1]`), "JSON")).toBeUndefined();
  expect(parse).not.toHaveBeenCalled();
});
