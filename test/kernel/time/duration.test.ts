import { expect, test } from "vitest";
import { durationMs } from "../../../src/kernel/time/duration.ts";
import { TimeError } from "../../../src/kernel/time/time-error.ts";

test.for([
  [0, 0],
  [1_000_000_000_000, 1_000_000_000_000],
  ["30s", 30_000],
  ["5m", 300_000],
  ["2d", 172_800_000],
  ["1w", 604_800_000],
  ["1h30m", 5_400_000],
  ["1d12h30m15s250ms", 131_415_250],
  ["0.001s", 1],
  ["1.5h", 5_400_000],
  ["0s", 0],
  ["1000000000s", 1_000_000_000_000],
  ["PT1H", 3_600_000],
  ["PT1H30M", 5_400_000],
  ["P2DT12H", 216_000_000],
  ["P1W", 604_800_000],
  ["PT0.25S", 250],
] as const)("%s is %s ms long", ([given, ms]) => {
  expect(durationMs(given)).toBe(ms);
});

test.for([
  "",
  "30",
  "s",
  "-30s",
  "30 s",
  "30S",
  "1m1h",
  "1h1h",
  "0.0001s",
  "1.5ms",
  "1e3s",
  "NaN",
  "P",
  "PT",
  "P1Y",
  "P1DT",
  "pt1h",
  "1000000001s",
  "999999999999999999999999w",
  "Infinityd",
  `${"1".repeat(100_000)}s`,
])("%s is no duration", (text) => {
  const shown = text.length > 64 ? `${text.slice(0, 64)}…` : text;
  expect(() => durationMs(text)).toThrow(
    new TimeError(
      `A duration is a text such as 30s, 5m, 2d, 1h30m or PT1H, to the millisecond and of 1000000000 seconds at most, not "${shown}".`,
    ),
  );
});

test.for([-1, 0.5, 1_000_000_000_001, Number.NaN, Number.POSITIVE_INFINITY, undefined, null, 10n, true])(
  "%s is no number of milliseconds",
  (given) => {
    const refusal = `Time is advanced by a whole number of milliseconds from 0 to 1000000000000, not by ${given}.`;
    expect(() => durationMs(given)).toThrow(new TimeError(refusal));
  },
);
