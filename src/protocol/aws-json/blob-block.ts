import { Scratch } from "../../kernel/block-pool.ts";
import { unconvertible } from "../document-scalars.ts";
import { blobRoom, writeBlob } from "../scalars.ts";

/**
 * Reads the blobs of one document side by side into memory that the next document uses again. Whoever keeps a blob
 * beyond its request copies it.
 */
export class BlobBlock {
  readonly #scratch = new Scratch();
  #block = Buffer.alloc(0);
  #used = 0;

  /** Begins with another document; its text is that long. What was read of the one before is gone. */
  begin(textLength: number): void {
    this.#block = this.#scratch.take(blobRoom(textLength));
    this.#used = 0;
  }

  /** Throws SerializationException for what is no base64. */
  read(value: unknown): Uint8Array {
    if (typeof value !== "string") throw unconvertible(value, "a Blob");
    const start = this.#used;
    // There is room: no text is longer than the document it stands in.
    this.#used += writeBlob(value, this.#block, start);
    return new Uint8Array(this.#block.buffer, this.#block.byteOffset + start, this.#used - start);
  }
}
