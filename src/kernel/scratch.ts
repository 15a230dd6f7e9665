import { lendUntilReturn } from "./poison.ts";
import { powerOfTwoFrom } from "./power-of-two.ts";

/** More than this is not kept. */
const MOST_KEPT_BYTES = 8 * 1024 * 1024;

/**
 * Memory for what lasts until the handler of a request returns, at the longest. It is the same memory each time, because memory that is new costs the
 * operating system more than most of what is done with it.
 */
export class Scratch {
  #bytes = Buffer.alloc(0);

  /** So many bytes, at the least. What was in those given out before is lost. */
  take(length: number): Buffer<ArrayBuffer> {
    if (length > MOST_KEPT_BYTES) return lent(Buffer.allocUnsafeSlow(length), length);
    if (length > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(powerOfTwoFrom(length));
    return lent(this.#bytes, length);
  }
}

function lent(bytes: Buffer<ArrayBuffer>, length: number): Buffer<ArrayBuffer> {
  lendUntilReturn(bytes, length);
  return bytes;
}
