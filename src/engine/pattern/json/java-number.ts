import type { JsonNumber } from "./json-tree.ts";

/** A number as Java prints it after reading it: integers keep their digits, all others become doubles. */
export function javaNumber(number: JsonNumber): string {
  if (number.isInteger) return number.text === "-0" ? "0" : number.text;
  const value = Number(number.text);
  return Number.isFinite(value) ? javaDouble(value) : number.text;
}

/** `Double.toString`: at least one digit after the point, and scientific outside of 10^-3 to 10^7. */
function javaDouble(value: number): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const magnitude = Math.abs(value);
  if (magnitude === 0 || (magnitude >= 1e-3 && magnitude < 1e7)) return sign + withFraction(String(magnitude));
  const [mantissa, exponent] = magnitude.toExponential().split("e");
  return `${sign}${withFraction(String(mantissa))}E${Number(exponent)}`;
}

function withFraction(digits: string): string {
  return digits.includes(".") ? digits : `${digits}.0`;
}
