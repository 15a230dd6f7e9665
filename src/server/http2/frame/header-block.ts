import { ConnectionError, ErrorCode } from "./frame.ts";

/** What a head of 64 KiB takes at most, coded as badly as it can be. */
const MAX_BLOCK_BYTES = 128 * 1024;
/** A block in more frames than that is no client's: each frame costs something, even one that is empty. */
const MAX_FRAMES = 64;

/** What a HEADERS frame says beside its block. */
export interface HeadersInfo {
  /** Whether nothing follows on the stream. */
  readonly isLast: boolean;
  /** Whether the stream is said to depend on itself. */
  readonly isOwnParent: boolean;
}

/** A block of headers that comes in several frames, between which no other may come. RFC 9113 §4.3, §6.10 */
export class HeaderBlock {
  readonly streamId: number;
  readonly info: HeadersInfo;
  readonly #parts: Buffer[];
  #bytes: number;

  constructor(streamId: number, info: HeadersInfo, first: Buffer) {
    this.streamId = streamId;
    this.info = info;
    this.#parts = [first];
    this.#bytes = first.length;
  }

  /** Throws a ConnectionError when it gets larger than any head that is served: the rest would have to be read all the same. */
  add(part: Buffer): void {
    this.#parts.push(part);
    this.#bytes += part.length;
    if (this.#bytes > MAX_BLOCK_BYTES || this.#parts.length > MAX_FRAMES) {
      throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "a block of headers that does not end");
    }
  }

  whole(): Buffer {
    return Buffer.concat(this.#parts);
  }
}
