/** The next power of two: memory of that length serves others of about that length, too. */
export function powerOfTwoFrom(length: number): number {
  return 2 ** Math.ceil(Math.log2(length));
}
