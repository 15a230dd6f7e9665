/** Digits of the latest instant there is, in epoch milliseconds. */
const INSTANT_DIGITS = 15;

/** The key by which resources are listed oldest first, and those of one instant by ARN. */
export function ageKeyOf({ createdAt, arn }: { readonly createdAt: number; readonly arn: string }): string {
  return `${String(createdAt).padStart(INSTANT_DIGITS, "0")} ${arn}`;
}
