import fc from "fast-check";
import { expect, test } from "vitest";
import { exactDouble } from "../../../src/engine/pattern/exact-double.ts";

test.for([
  ["5", 5],
  ["-5", -5],
  ["+5", 5],
  [".5", 0.5],
  ["5.", 5],
  ["3.015e2", 301.5],
  ["1E+3", 1000],
  ["0.1", 0.1],
  ["0.10000000000000000", 0.1],
  ["100000000000000000000", 1e20],
  ["9007199254740992", 9007199254740992],
  ["999999999999999", 999999999999999],
  ["1e-320", 1e-320],
  ["0e999999999999", 0],
] as const)("%s is %d", ([text, value]) => {
  expect(exactDouble(text)).toBe(value);
});

test.for([
  "9007199254740993",
  "0.10000000000000001",
  "1e400",
  "1e-400",
  "",
  ".",
  "-",
  "e5",
  "1e",
  "0x10",
  " 5",
  "5 ",
  "1,5",
  "NaN",
  "Infinity",
  "5".repeat(1001),
])("no double stands for exactly %j", (text) => {
  expect(exactDouble(text)).toBeUndefined();
});

test("the shortest decimal of any double stands for that double", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(exactDouble(String(value))).toBe(value === 0 ? 0 : value);
    }),
  );
});
