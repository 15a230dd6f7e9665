import { answerBlocks } from "../errors.ts";
import { textFromBlob } from "../scalars.ts";

/** Smaller blobs go with the text around them; a larger one is worth a write of its own. */
const LARGE_BLOB = 256;
/** As much text as is put together before it is written. */
const LONG_TEXT = 8 * 1024;

/** What JSON can hold as it stands, and one byte per character. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * Takes JSON piece by piece. A short document stays a text; a long one, or one with blobs, becomes bytes as it grows, so
 * that the text of a megabyte of blobs is never put together, searched for what needs escaping, and copied again.
 */
export class JsonSink {
  #text = "";
  #isAscii = true;
  #bytes: Buffer | undefined;
  #offset = 0;
  readonly #room: number;

  /** `room` is how many bytes to set aside once there are bytes; more are found if need be. */
  constructor(room: number) {
    this.#room = room;
  }

  /** Adds JSON in ASCII. */
  json(text: string): void {
    this.#text += text;
  }

  string(value: string): void {
    if (PLAIN.test(value)) this.#text += `"${value}"`;
    else {
      this.#text += JSON.stringify(value);
      this.#isAscii = false;
    }
    if (this.#text.length > LONG_TEXT) this.#flush();
  }

  blob(value: Uint8Array): void {
    if (value.length < LARGE_BLOB) {
      this.#text += `"${textFromBlob(value)}"`;
      return;
    }
    this.#text += '"';
    this.#flush();
    this.#write(textFromBlob(value), "latin1");
    this.#text = '"';
  }

  /** All that was added. */
  result(): string | Uint8Array {
    if (this.#bytes === undefined) return this.#text;
    this.#flush();
    return this.#bytes.subarray(0, this.#offset);
  }

  #flush(): void {
    this.#write(this.#text, this.#isAscii ? "latin1" : "utf8");
    this.#text = "";
    this.#isAscii = true;
  }

  #write(text: string, encoding: "latin1" | "utf8"): void {
    const most = encoding === "latin1" ? text.length : text.length * 3;
    const bytes = this.#reserve(this.#offset + most);
    this.#offset += bytes.write(text, this.#offset, most, encoding);
  }

  #reserve(needed: number): Buffer {
    const present = this.#bytes;
    if (present !== undefined && needed <= present.length) return present;
    const larger = answerBlocks.take(Math.max(needed, this.#room, 2 * (present?.length ?? 0)));
    present?.copy(larger, 0, 0, this.#offset);
    this.#bytes = larger;
    return larger;
  }
}
