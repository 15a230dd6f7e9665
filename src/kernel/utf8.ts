/** A longer text is counted and written by the runtime, which is quicker and takes some time to begin. */
const SHORT = 64;
const BEYOND_ASCII = 0x80;

/** How many bytes a text takes in UTF-8. The runtime is not asked about short texts in ASCII. */
export function utf8Length(text: string): number {
  const { length } = text;
  if (length > SHORT) return Buffer.byteLength(text);
  for (let index = 0; index < length; index++) {
    if (text.charCodeAt(index) >= BEYOND_ASCII) return Buffer.byteLength(text);
  }
  return length;
}

/** Writes a text in UTF-8 where there is room for it. The runtime is not asked to for short texts in ASCII. */
export function writeUtf8(text: string, bytes: Buffer, at: number): void {
  if (!writeShortAscii(text, bytes, at)) bytes.write(text, at);
}

/** Says whether it is written: another text is still to be. */
function writeShortAscii(text: string, bytes: Buffer, at: number): boolean {
  const { length } = text;
  if (length > SHORT) return false;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code >= BEYOND_ASCII) return false;
    bytes[at + index] = code;
  }
  return true;
}

/** A text that becomes a string only for whoever wants one: what goes out in bytes is written as bytes. */
export interface PassedText {
  /** Bytes it takes in UTF-8, at the most. */
  readonly mostBytes: number;
  /** Whether it is known to consist of digits. */
  readonly isDigits: boolean;
  /** Writes it in UTF-8 where there is room for that many, and gives the place behind it. */
  write(target: DataView, at: number): number;
  toString(): string;
}

/** A text, in either form. */
export type MaybePassedText = string | PassedText;
