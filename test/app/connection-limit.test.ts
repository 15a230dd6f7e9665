import { expect, test } from "vitest";
import { connectionLimit } from "../../src/app/connection-limit.ts";

test("clients may take three quarters of the files a process may have open", () => {
  const limits =
    "Max processes   100   200   processes\nMax open files            1024                 4096                 files\n";
  expect(connectionLimit(() => limits)).toBe(768);
});

test("any number of clients may come where there is no limit", () => {
  expect(connectionLimit(() => "Max open files            unlimited            unlimited            files\n")).toBe(
    undefined,
  );
});

test("any number of clients may come where the system does not say", () => {
  const readLimits = (): string => {
    throw new Error("ENOENT");
  };
  expect(connectionLimit(readLimits)).toBe(undefined);
});
