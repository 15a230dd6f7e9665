import { poison } from "./poison.ts";
import { powerOfTwoFrom } from "./power-of-two.ts";

/** Smaller blocks are not worth keeping, larger ones too dear to keep. */
const LEAST_BYTES = 64 * 1024;
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_KEPT = 4;

/**
 * Blocks of memory that are used again. Whoever is through with one gives it back; one that is not given back, or that
 * there is no use for, is left to the garbage collector. Memory that is new, or has not been touched for long, costs more
 * than what is written there.
 */
export class BlockPool {
  readonly #kept: Buffer<ArrayBuffer>[] = [];
  readonly #lent = new WeakSet<ArrayBufferLike>();

  /** A block of so many bytes, at the least, with anything in it. */
  take(length: number): Buffer {
    if (length < LEAST_BYTES || length > MOST_BYTES) return Buffer.allocUnsafe(length);
    const place = this.#kept.findLastIndex((block) => block.length >= length);
    const [kept] = place < 0 ? [] : this.#kept.splice(place, 1);
    const block = kept ?? Buffer.allocUnsafeSlow(powerOfTwoFrom(length));
    this.#lent.add(block.buffer);
    return block;
  }

  /** Takes back the block that those bytes are a part of, if it is one of the pool's. */
  giveBack({ buffer }: Uint8Array): void {
    if (!this.#lent.delete(buffer)) return;
    const block = Buffer.from(buffer as ArrayBuffer);
    poison(block);
    if (this.#kept.length < MOST_KEPT) this.#kept.push(block);
  }
}
