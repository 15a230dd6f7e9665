/** AWS's numbers have twenty digits; ours start where the ones seen there stand. */
const FIRST = 18_850_000_000_000_000_000n;
/** AWS leaves gaps between one number and the next; a client that counts on none would break there. */
const STEP = 256n;

/** The sequence number of the message with that key: twenty digits, greater for greater keys. */
export function sequenceNumber(key: number): string {
  return String(FIRST + BigInt(key) * STEP);
}
