import { type BaseSize, LEAST_GROWTH_BYTES, roomBytes } from "./growth.ts";

/** So much may be appended however far a compaction has come. */
const LEAST_BYTES = 256 * 1024;

/**
 * Has what is appended during a compaction not get ahead of it, however fast that comes: for each part that the compaction writes, so
 * much may be appended that in the end files take no more than twice the text of what there is.
 */
export class Pace {
  readonly #roomBytes: number;
  readonly #textBytes: number;
  #writtenText = 0;
  #isOn = false;
  #advanced: (() => void) | undefined;
  #advance: Promise<void> | undefined;

  /** It is likely to write so much, and files take so many bytes when it begins. */
  constructor(expected: BaseSize, startBytes: number) {
    this.#roomBytes = Math.max(roomBytes(expected) + expected.bytes - startBytes, LEAST_BYTES);
    this.#textBytes = Math.max(expected.textBytes, LEAST_GROWTH_BYTES);
  }

  /** Whether so many bytes that were appended since it began are more than it has come to. */
  isAhead(appendedBytes: number): boolean {
    const share = this.#writtenText / this.#textBytes;
    return this.#isOn && appendedBytes > LEAST_BYTES + share * this.#roomBytes;
  }

  /** Resolves when the compaction has come further. */
  get advance(): Promise<void> {
    this.#advance ??= new Promise((resolve) => {
      this.#advanced = resolve;
    });
    return this.#advance;
  }

  /** From now on nobody gets ahead. */
  hold(): void {
    this.#isOn = true;
  }

  /** Says that so much more was written. */
  wrote(textBytes: number): void {
    this.#writtenText += textBytes;
    this.#wake();
  }

  /** Nobody is held, until it is said otherwise: the compaction itself waits for what is appended, or is over. */
  release(): void {
    this.#isOn = false;
    this.#wake();
  }

  #wake(): void {
    this.#advanced?.();
    this.#advanced = undefined;
    this.#advance = undefined;
  }
}
