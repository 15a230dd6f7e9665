import { parseIso8601 } from "./iso8601.ts";
import { TimeError } from "./time-error.ts";

/** An instant that somebody wrote down, in epoch milliseconds. Throws TimeError. */
export function instantOf(time: unknown): number {
  const instant = typeof time === "string" ? parseIso8601(time) : time;
  if (Number.isSafeInteger(instant) && (instant as number) >= 0) return Math.floor(instant as number);
  const given = typeof time === "string" ? JSON.stringify(time.slice(0, 100)) : String(time);
  throw new TimeError(
    `An instant is a text such as 2026-01-31T12:00:00Z or a whole number of milliseconds, not ${given}.`,
  );
}
