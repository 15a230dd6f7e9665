/** AWS: what an answer shows of a log. */
const TAIL_BYTES = 4096;
/** So much is kept before what is too old is thrown away. */
const MOST_BYTES = 4 * TAIL_BYTES;

/** The last bytes that were written to it. */
export class LogTail {
  /** In the order they came; of all before the last `TAIL_BYTES` nobody hears. */
  #parts: (Buffer | string)[] = [];
  #bytes = 0;

  add(written: Buffer | string): void {
    const isLong = typeof written !== "string" && written.length > TAIL_BYTES;
    this.#parts.push(isLong ? Buffer.from(written.subarray(-TAIL_BYTES)) : written);
    this.#bytes += Buffer.byteLength(written);
    if (this.#bytes > MOST_BYTES) this.#shorten();
  }

  /** What is there, from the first whole character on, which it then begins anew behind. */
  take(): string {
    const text = this.#isWhole() ? this.#parts.join("") : this.#lastText();
    this.#parts = [];
    this.#bytes = 0;
    return text;
  }

  /** Whether there are but a few texts, as where a function writes nothing: they need not become bytes. */
  #isWhole(): boolean {
    return this.#bytes <= TAIL_BYTES && this.#parts.every((part) => typeof part === "string");
  }

  #lastText(): string {
    const last = this.#shorten();
    let start = 0;
    if (last.length === TAIL_BYTES) while (((last[start] ?? 0) & 0xc0) === 0x80) start++;
    return last.toString("utf8", start);
  }

  #shorten(): Buffer {
    const parts = this.#parts.map((part) => (typeof part === "string" ? Buffer.from(part, "utf8") : part));
    const last = Buffer.concat(parts).subarray(-TAIL_BYTES);
    this.#parts = [last];
    this.#bytes = last.length;
    return last;
  }
}
