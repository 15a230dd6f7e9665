import { expect, test } from "vitest";
import { CallRates } from "../../../../src/engine/stream/capacity/call-rates.ts";
import { scopeOf } from "../../../../src/kernel/scope.ts";
import { aDirectory, DAY, SECOND } from "../../../support/stream.ts";

const SCOPE = scopeOf("000000000000", "us-east-1");

function admitted(rates: CallRates, key: string, calls: number, perSecond = 5): number {
  return Array.from({ length: calls }, () => rates.admit(SCOPE, key, perSecond)).filter(Boolean).length;
}

test("so many calls pass within a second, then as many as its parts allow", () => {
  const { clock } = aDirectory();
  const rates = new CallRates(() => clock);
  expect(admitted(rates, "CreateStream", 7)).toBe(5);
  clock.advance(199);
  expect(admitted(rates, "CreateStream", 1)).toBe(0);
  clock.advance(1);
  expect(admitted(rates, "CreateStream", 2)).toBe(1);
  clock.advance(DAY);
  expect(admitted(rates, "CreateStream", 7)).toBe(5);
});

test("each key has calls of its own", () => {
  const { clock } = aDirectory();
  const rates = new CallRates(() => clock);
  expect(admitted(rates, "a", 7)).toBe(5);
  expect(admitted(rates, "b", 7, 1)).toBe(1);
});

test("a key that still owes is remembered however many others there are", () => {
  const { clock } = aDirectory();
  const rates = new CallRates(() => clock);
  admitted(rates, "busy", 5);
  for (let number = 0; number < 5000; number++) rates.admit(SCOPE, `other-${number}`, 5);
  expect(admitted(rates, "busy", 1)).toBe(0);
  clock.advance(SECOND);
  for (let number = 5000; number < 10_000; number++) rates.admit(SCOPE, `other-${number}`, 5);
  expect(admitted(rates, "busy", 7)).toBe(5);
});
