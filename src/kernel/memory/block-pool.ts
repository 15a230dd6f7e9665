import { lendUntilReturn, poison } from "./poison.ts";

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

/** The next power of two: memory of that length serves others of about that length, too. */
function powerOfTwoFrom(length: number): number {
  return 2 ** Math.ceil(Math.log2(length));
}

/** More than this is not kept. */
const MOST_KEPT_BYTES = 8 * 1024 * 1024;

/**
 * Memory for what lasts until the handler of a request returns, at the longest. It is the same memory each time, because
 * memory that is new costs the operating system more than most of what is done with it.
 */
export class Scratch {
  readonly #allocate: (length: number) => Buffer<ArrayBuffer>;
  #bytes = Buffer.alloc(0);

  /** Memory that is kept comes from there; from Node's unless given. */
  constructor(allocate: (length: number) => Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow) {
    this.#allocate = allocate;
  }

  /** So many bytes, at the least. What was in those given out before is lost. */
  take(length: number): Buffer<ArrayBuffer> {
    if (length > MOST_KEPT_BYTES) return lent(Buffer.allocUnsafeSlow(length), length);
    if (length > this.#bytes.length) this.#bytes = this.#allocate(powerOfTwoFrom(length));
    return lent(this.#bytes, length);
  }
}

function lent(bytes: Buffer<ArrayBuffer>, length: number): Buffer<ArrayBuffer> {
  lendUntilReturn(bytes, length);
  return bytes;
}
