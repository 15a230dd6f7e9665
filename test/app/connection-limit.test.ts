import { expect, test } from "vitest";
import { connectionLimit } from "../../src/app/connection-limit.ts";

test("clients may take three quarters of the files a process may have open", () => {
  const limits =
    "Max processes             100                  200                  processes\nMax open files            1024                 4096                 files\n";
  expect(connectionLimit(() => limits)).toBe(768);
});

test.for([
  ["there is no limit", () => "Max open files            unlimited            unlimited            files\n"],
  [
    "the system does not say",
    (): string => {
      throw new Error("ENOENT");
    },
  ],
] as const)("any number of clients may come where %s", ([, readLimits]) => {
  expect(connectionLimit(readLimits)).toBeUndefined();
});
