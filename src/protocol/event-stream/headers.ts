import { FrameError, HeaderType } from "./frame.ts";

/** Longs and timestamps are bigints, the latter in epoch milliseconds; a UUID is its text. */
export type HeaderValue = boolean | number | bigint | string | Uint8Array;

/** The headers in the bytes, by name, those of every type. Throws FrameError. */
export function readHeaders(bytes: Buffer): Readonly<Record<string, HeaderValue>> {
  const reader = new HeaderReader(bytes);
  const headers: Record<string, HeaderValue> = Object.create(null);
  while (reader.hasMore) headers[reader.name()] = reader.value();
  return headers;
}

class HeaderReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get hasMore(): boolean {
    return this.#offset < this.#bytes.length;
  }

  name(): string {
    return this.#take(this.#take(1).readUInt8()).toString("utf8");
  }

  value(): HeaderValue {
    switch (this.#take(1).readUInt8()) {
      case HeaderType.true:
        return true;
      case HeaderType.false:
        return false;
      case HeaderType.byte:
        return this.#take(1).readInt8();
      case HeaderType.short:
        return this.#take(2).readInt16BE();
      case HeaderType.integer:
        return this.#take(4).readInt32BE();
      case HeaderType.long:
      case HeaderType.timestamp:
        return this.#take(8).readBigInt64BE();
      case HeaderType.bytes:
        return new Uint8Array(this.#string());
      case HeaderType.text:
        return this.#string().toString("utf8");
      case HeaderType.uuid:
        return uuidOf(this.#take(16).toString("hex"));
      default:
        throw new FrameError("A header has a type that does not exist.");
    }
  }

  #string(): Buffer {
    return this.#take(this.#take(2).readUInt16BE());
  }

  #take(length: number): Buffer {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new FrameError("A header is cut short.");
    const part = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return part;
  }
}

function uuidOf(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
