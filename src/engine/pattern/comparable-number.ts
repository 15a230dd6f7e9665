import { exactDouble } from "./exact-double.ts";

/** AWS: numbers are compared to six decimals. Observed, see docs/decisions.md; the guide promises five. */
const UNITS = 1_000_000;
/** Beyond, six decimals are more than a double has; the guide's numbers end at a billion. */
const MAX_ROUNDED = 5_000_000_000;

/** The number that conditions compare, or undefined when the text is none that can be compared. */
export function comparableNumber(text: string): number | undefined {
  const value = exactDouble(text);
  if (value === undefined || Number.isInteger(value) || Math.abs(value) > MAX_ROUNDED) return value;
  return Math.round(value * UNITS) / UNITS;
}
