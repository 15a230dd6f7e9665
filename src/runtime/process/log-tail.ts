/** AWS: what an answer shows of a log. */
const TAIL_BYTES = 4096;

/** The last bytes that were written to it. */
export class LogTail {
  #bytes = Buffer.alloc(0);

  add(written: Buffer | string): void {
    const bytes = typeof written === "string" ? Buffer.from(written, "utf8") : written;
    const last = bytes.subarray(Math.max(0, bytes.length - TAIL_BYTES));
    const kept = this.#bytes.subarray(Math.max(0, this.#bytes.length + last.length - TAIL_BYTES));
    this.#bytes = Buffer.concat([kept, last]);
  }

  /** What is there, from the first whole character on, which it then begins anew behind. */
  take(): string {
    let start = 0;
    if (this.#bytes.length === TAIL_BYTES) while (((this.#bytes[start] ?? 0) & 0xc0) === 0x80) start++;
    const text = this.#bytes.toString("utf8", start);
    this.#bytes = Buffer.alloc(0);
    return text;
  }
}
