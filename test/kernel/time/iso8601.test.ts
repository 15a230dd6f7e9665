import { expect, test } from "vitest";
import { formatIso8601, parseIso8601 } from "../../../src/kernel/time/iso8601.ts";

test.for([
  [0, "1970-01-01T00:00:00.000Z"],
  [1335473104751, "2012-04-26T20:45:04.751Z"],
  [951782400000, "2000-02-29T00:00:00.000Z"],
  [253402300799999, "9999-12-31T23:59:59.999Z"],
] as const)("the instant %d is printed and read as %s", ([instant, text]) => {
  expect(formatIso8601(instant)).toBe(text);
  expect(parseIso8601(text)).toBe(instant);
});

test.for([
  ["2012-04-26T20:45:04Z", 1335473104000],
  ["2012-04-26T22:45:04.5+02:00", 1335473104500],
] as const)("%s is read as %d", ([text, instant]) => {
  expect(parseIso8601(text)).toBe(instant);
});

test.for(["", "yesterday", "2012-04-26", "2012-04-26T20:45:04", "2012-13-26T20:45:04Z", " 2012-04-26T20:45:04Z"])(
  "%o is no instant",
  (text) => {
    expect(parseIso8601(text)).toBeUndefined();
  },
);
