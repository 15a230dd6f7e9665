/** What stands in memory that nobody may read any more: neither ASCII, nor a digit of base64, nor the start of UTF-8. */
const POISON = 0xbf;

let isOn = false;
/** Memory that may be read until the handler returns, and how much of it has been given out. */
const passing = new Map<Uint8Array, number>();

/**
 * From now on, memory that is used again is overwritten as soon as its time is over, so that whoever forgot to copy something
 * finds nonsense at once, not just when another request happens to come at the right moment. For tests.
 */
export function poisonReusedMemory(): void {
  isOn = true;
}

/** Overwrites bytes that have been given back. */
export function poison(bytes: Uint8Array): void {
  if (isOn) bytes.fill(POISON);
}

/** Keeps in mind that the first so many bytes are there until the handler returns. */
export function lendUntilReturn(bytes: Uint8Array, length: number): void {
  if (isOn) passing.set(bytes, Math.max(length, passing.get(bytes) ?? 0));
}

/** Overwrites what was lent until the handler returns. */
export function poisonPassing(): void {
  for (const [bytes, length] of passing) bytes.fill(POISON, 0, length);
  passing.clear();
}
