import { TimeError } from "./time-error.ts";

/** About thirty years: the most that time can be moved by at once. */
export const LONGEST_ADVANCE_MS = 1_000_000_000_000;

const MS_PER_UNIT: ReadonlyMap<string | undefined, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 604_800_000],
]);

/** A text longer than this is no duration, so no more of it is looked at. */
const LONGEST_TEXT = 64;
/** `1h30m`, `1.5h`: units from the longest to the shortest, each once. */
const SHORT =
  /^(?:(\d+(?:\.\d+)?)w)?(?:(\d+(?:\.\d+)?)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/;
const SHORT_UNITS = ["w", "d", "h", "m", "s", "ms"];
/** `PT1H30M`, `P2DT12H`, `P1W`. ISO 8601, without years and months, which are not equally long. */
const ISO =
  /^P(?=.)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=.)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * How long a duration is, in milliseconds: a number of them, or a text such as `30s`, `5m`, `2d`, `1h30m` or `PT1H`. Throws
 * TimeError unless it is a whole number from 0 to `LONGEST_ADVANCE_MS`: programs without types hand in anything, and what
 * arithmetic makes NaN of would stop a clock for good.
 */
export function durationMs(given: unknown): number {
  const ms = typeof given === "string" ? msOfText(given) : given;
  if (typeof ms === "number" && Number.isSafeInteger(ms) && ms >= 0 && ms <= LONGEST_ADVANCE_MS) return ms;
  throw new TimeError(
    typeof given === "string"
      ? `A duration is a text such as 30s, 5m, 2d, 1h30m or PT1H, to the millisecond and of 1000000000 seconds at most, not ${shown(given)}.`
      : `Time is advanced by a whole number of milliseconds from 0 to ${LONGEST_ADVANCE_MS}, not by ${String(given)}.`,
  );
}

function msOfText(text: string): number | undefined {
  if (text === "" || text.length > LONGEST_TEXT) return undefined;
  const parts = SHORT.exec(text) ?? ISO.exec(text);
  if (parts === null) return undefined;
  let ms = 0;
  for (const [place, digits] of parts.slice(1).entries()) {
    ms += Number(digits ?? 0) * (MS_PER_UNIT.get(SHORT_UNITS[place]) ?? Number.NaN);
  }
  // Tenths have no exact number: 0.001 seconds must be a millisecond all the same.
  return Math.abs(ms - Math.round(ms)) < 1e-3 ? Math.round(ms) : undefined;
}

function shown(text: string): string {
  return JSON.stringify(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);
}
