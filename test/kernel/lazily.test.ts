import { expect, test } from "vitest";
import { lazily } from "../../src/kernel/load/late-package.ts";

test("a value is made once, with the first call", () => {
  let made = 0;
  const value = lazily(() => ++made);
  expect(made).toBe(0);
  expect([value(), value()]).toEqual([1, 1]);
});

test("what throws is tried again with the next call", () => {
  let tries = 0;
  const value = lazily(() => {
    if (++tries === 1) throw new Error("not now");
    return tries;
  });
  expect(value).toThrow("not now");
  expect([value(), value()]).toEqual([2, 2]);
});

test("a promise that rejects is made again, one that resolves is not", async () => {
  let tries = 0;
  const value = lazily(async () => {
    if (++tries === 1) throw new Error("not now");
    return tries;
  });
  await expect(Promise.all([value(), value()])).rejects.toThrow("not now");
  expect(tries).toBe(1);
  expect(await Promise.all([value(), value()])).toEqual([2, 2]);
});
