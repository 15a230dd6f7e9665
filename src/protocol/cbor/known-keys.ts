const SLOTS = 64;

interface KnownKey {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/**
 * The keys a document has shown so far. Records repeat theirs hundreds of times, and to make a string of one, and then
 * the name of a property of the string, takes ten times as long as to see that the bytes have been there before.
 */
export class KnownKeys {
  readonly #bytes: Uint8Array;
  readonly #slots: (KnownKey | undefined)[] = new Array(SLOTS);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The text of the bytes, if they are a key added before. A key that shares its slot with a later one is forgotten. */
  find(start: number, length: number): string | undefined {
    const known = this.#slots[this.#slotOf(start, length)];
    return known !== undefined && this.#isSame(known, start, length) ? known.text : undefined;
  }

  add(start: number, length: number, text: string): void {
    this.#slots[this.#slotOf(start, length)] = { start, length, text };
  }

  #slotOf(start: number, length: number): number {
    return (length * 5 + (this.#bytes[start] ?? 0)) % SLOTS;
  }

  #isSame(known: KnownKey, start: number, length: number): boolean {
    if (known.length !== length) return false;
    for (let index = 0; index < length; index++) {
      if (this.#bytes[known.start + index] !== this.#bytes[start + index]) return false;
    }
    return true;
  }
}
