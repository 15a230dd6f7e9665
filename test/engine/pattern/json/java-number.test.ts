import { expect, test } from "vitest";
import { javaNumber } from "../../../../src/engine/pattern/json/json-scalars.ts";
import { JsonNumber } from "../../../../src/engine/pattern/json/json-tree.ts";

test.for([
  ["5", "5"],
  ["-0", "0"],
  ["12345678901234567890", "12345678901234567890"],
  ["5.0", "5.0"],
  ["5.50", "5.5"],
  ["-0.0", "-0.0"],
  ["-1.5", "-1.5"],
  ["1e2", "100.0"],
  ["0.001", "0.001"],
  ["0.00099", "9.9E-4"],
  ["9999999.0", "9999999.0"],
  ["10000000.0", "1.0E7"],
  ["-12345678.9", "-1.23456789E7"],
  ["1e400", "1e400"],
] as const)("%s is printed as %s", ([given, printed]) => {
  expect(javaNumber(new JsonNumber(given))).toBe(printed);
});
