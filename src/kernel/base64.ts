const PADDING = 0x3d;

/**
 * Bytes in the base64 that stands for them: ASCII, padded, and as any encoder writes them. What comes in JSON and goes out in JSON need
 * not be taken apart and put together again.
 */
export class Base64 {
  /** There for as long as the memory it lies in; not to be written to. */
  readonly text: Uint8Array;

  constructor(text: Uint8Array) {
    this.text = text;
  }

  /** How many bytes it stands for. */
  get length(): number {
    return decodedLength(this.text, 0, this.text.length);
  }

  /** A copy in memory of its own. */
  copy(): Base64 {
    return new Base64(new Uint8Array(this.text));
  }

  /** The text. */
  toString(): string {
    return asBuffer(this.text).toString("latin1");
  }
}

/** Bytes, in either form. Both tell by `length` how many they are. */
export type MaybeBase64 = Uint8Array | Base64;

/** The bytes themselves, in memory of their own if they were in base64. */
export function bytesOf(data: MaybeBase64): Buffer {
  return data instanceof Base64 ? Buffer.from(data.toString(), "base64") : asBuffer(data);
}

/** The text that stands for the bytes. */
export function base64Of(data: MaybeBase64): string {
  return data instanceof Base64 ? data.toString() : asBuffer(data).toString("base64");
}

/** How many bytes the base64 from `start` to `end` stands for. */
export function decodedLength(text: Uint8Array, start: number, end: number): number {
  if (end - start < 4 || text[end - 1] !== PADDING) return ((end - start) / 4) * 3;
  return ((end - start) / 4) * 3 - (text[end - 2] === PADDING ? 2 : 1);
}

/** The same memory. */
function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
