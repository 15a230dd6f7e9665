/** AWS: what an answer shows of a log. */
const TAIL_BYTES = 4096;
/** So much is kept before what is too old is thrown away. */
const MOST_BYTES = 4 * TAIL_BYTES;

/** The last bytes that were written to it. */
export class LogTail {
  /** In the order they came; of all before the last `TAIL_BYTES` nobody hears. */
  #parts: Buffer[] = [];
  #bytes = 0;

  add(written: Buffer | string): void {
    const bytes = typeof written === "string" ? Buffer.from(written, "utf8") : written;
    this.#parts.push(bytes.length > TAIL_BYTES ? Buffer.from(bytes.subarray(-TAIL_BYTES)) : bytes);
    this.#bytes += bytes.length;
    if (this.#bytes > MOST_BYTES) this.#shorten();
  }

  /** What is there, from the first whole character on, which it then begins anew behind. */
  take(): string {
    const last = this.#shorten();
    let start = 0;
    if (last.length === TAIL_BYTES) while (((last[start] ?? 0) & 0xc0) === 0x80) start++;
    this.#parts = [];
    this.#bytes = 0;
    return last.toString("utf8", start);
  }

  #shorten(): Buffer {
    const last = Buffer.concat(this.#parts).subarray(-TAIL_BYTES);
    this.#parts = [last];
    this.#bytes = last.length;
    return last;
  }
}
