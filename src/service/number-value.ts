const NUMBER = /^[+-]?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const MAX_DIGITS = 38;
const MIN_EXPONENT = -128;
const MAX_EXPONENT = 126;

/** Whether a text is a number a message attribute can hold: 38 digits, 10^-128 to 10^126. Developer guide, metadata. */
export function isNumberValue(text: string): boolean {
  const [, whole, fraction = "", power = "0"] = NUMBER.exec(text) ?? [];
  if (whole === undefined || whole + fraction === "") return false;
  const leading = (whole + fraction).replace(/^0+/, "");
  const digits = withoutTrailingZeros(leading);
  if (digits === "") return true;
  // The power of ten of the first digit that counts.
  const exponent = leading.length - fraction.length - 1 + Number(power);
  const isTooLarge = exponent > MAX_EXPONENT || (exponent === MAX_EXPONENT && digits !== "1");
  return digits.length <= MAX_DIGITS && exponent >= MIN_EXPONENT && !isTooLarge;
}

/** A loop, because a pattern would look at a long row of zeros once for each of them. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end--;
  return digits.slice(0, end);
}
