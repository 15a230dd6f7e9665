import type { Readable } from "node:stream";

/** Longer lines are told in pieces. */
const LONGEST_LINE = 8 * 1024;
/** What a script says beyond is passed over, so that one that never stops talking holds nothing up. */
const MOST_LINES = 5_000;

/** Tells what comes from streams line by line, the lines of all of them counted together. */
export class OutputLines {
  readonly #tell: (line: string) => void;
  #count = 0;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  follow(stream: Readable): void {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#line(line);
      if (rest.length > LONGEST_LINE) {
        this.#line(rest);
        rest = "";
      }
    });
    stream.on("close", () => rest !== "" && this.#line(rest));
    stream.on("error", () => {}); // the script has ended, which is told elsewhere
  }

  #line(line: string): void {
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    for (let at = 0; at < text.length && this.#count <= MOST_LINES; at += LONGEST_LINE) {
      const isLast = this.#count++ === MOST_LINES;
      this.#tell(isLast ? "(what it says from here on is left out)" : text.slice(at, at + LONGEST_LINE));
    }
  }
}
