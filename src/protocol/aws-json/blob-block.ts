import { unconvertible } from "../document-scalars.ts";
import { blobRoom, writeBlob } from "../scalars.ts";

const NOTHING = Buffer.alloc(0);

/**
 * Reads the blobs of one document into one block after another: five hundred records cost one allocation. What is read
 * lies beside other requests' blobs, so whoever keeps a blob beyond its request copies it.
 */
export class BlobBlock {
  /** The most that all blobs still to come can take. */
  #room = 0;
  #block = NOTHING;
  #used = 0;

  /** Begins with another document; its text is that long. */
  begin(textLength: number): void {
    this.#room = Math.ceil((textLength * 3) / 4);
    this.#block = NOTHING;
    this.#used = 0;
  }

  /** Throws SerializationException for what is no base64. */
  read(value: unknown): Uint8Array {
    if (typeof value !== "string") throw unconvertible(value, "a Blob");
    if (this.#block.length - this.#used < blobRoom(value)) {
      this.#block = Buffer.allocUnsafe(Math.max(this.#room, blobRoom(value)));
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += writeBlob(value, this.#block, start);
    return new Uint8Array(this.#block.buffer, this.#block.byteOffset + start, this.#used - start);
  }
}
