const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Any decimal of so many digits survives the way through a double. */
const SAFE_DIGITS = 15;
const SHORT = /^-?\d{1,15}$/;
/** Of decimals with so few digits, any with an exponent of two digits has a double, too. */
const SAFE_EXPONENT = /^[+-]?\d{1,2}$/;
/** Jackson reads no longer numbers. */
const MAX_LENGTH = 1000;

/**
 * The double that stands for exactly this decimal, or undefined when there is none: the text is no number, or it has
 * more digits than a double keeps. AWS compares only numbers that have one. Takes what Java takes: `+1`, `.5`, `1.`.
 */
export function exactDouble(text: string): number | undefined {
  if (SHORT.test(text)) return Number(text);
  const written = text.length > MAX_LENGTH ? null : DECIMAL.exec(text);
  if (written === null) return undefined;
  const [, , whole = "", fraction = "", exponent] = written;
  if (whole === "" && fraction === "") return undefined;
  const value = Number(text);
  const isShort = whole.length + fraction.length <= SAFE_DIGITS;
  if (isShort && (exponent === undefined || SAFE_EXPONENT.test(exponent))) return value;
  return Number.isFinite(value) && canonical(text) === canonical(String(value)) ? value : undefined;
}

/** Equal for equal decimals: sign, digits without zeros around them, and the power of ten of the last digit. */
function canonical(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = DECIMAL.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = withoutTrailingZeros(digits);
  if (significant === "") return "0";
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign === "-" ? "-" : ""}${significant}e${power}`;
}

/** A loop, because a pattern would look at a long row of zeros once for each of them. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end--;
  return digits.slice(0, end);
}

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
