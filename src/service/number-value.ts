import { present } from "../kernel/present.ts";

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

/** Of the name of a message attribute. SQS and SNS developer guides, message attributes. */
export const MAX_NAME_BYTES = 256;

/** A message attribute on its way in; parts may be missing, since batches are measured before their entries are checked. */
interface SizedAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** What message attributes count towards the limits of a message: name, type and value of each, in bytes. */
export function attributeBytes(attributes: Readonly<Record<string, SizedAttribute>> | undefined): number {
  let bytes = 0;
  for (const name in attributes) {
    const { DataType = "", StringValue, BinaryValue } = present(attributes[name], "an attribute by its name");
    bytes += Buffer.byteLength(name) + Buffer.byteLength(DataType);
    bytes += StringValue === undefined ? (BinaryValue?.length ?? 0) : Buffer.byteLength(StringValue);
  }
  return bytes;
}
