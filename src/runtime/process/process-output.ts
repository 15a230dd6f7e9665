import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { Clock } from "../../kernel/time/clock.ts";
import { nextTurn } from "../../kernel/time/system-clock.ts";
import { LogTail } from "./log-tail.ts";

/** Longer lines are told in pieces. */
const LONGEST_LINE = 8 * 1024;
/** So many lines of an invocation are told; the tail goes on. */
const MOST_LINES = 5_000;
/** So much is read at once, and no more before a pause: a process that floods its log waits, and nobody else does. */
const BYTES_BEFORE_PAUSE = 256 * 1024;
const PAUSE_MS = 10;

/** What the output of a process is handed to. */
interface OutputDeps {
  readonly tell: (line: string) => void;
  readonly clock: Clock;
}

/** Follows what a process writes: the tail of it, and its lines as they come, of which there is an end. */
export class ProcessOutput {
  readonly tail = new LogTail();
  readonly #deps: OutputDeps;
  readonly #streams: Readable[] = [];
  #lines = 0;
  #bytes = 0;
  #windowEnds = 0;
  #endPause: (() => void) | undefined;
  #hasEnded = false;

  constructor(deps: OutputDeps) {
    this.#deps = deps;
  }

  follow(stream: Readable): void {
    const decoder = new StringDecoder("utf8");
    let rest = "";
    this.#streams.push(stream);
    stream.on("data", (chunk: Buffer) => {
      this.tail.add(chunk);
      this.#slowDown(chunk.length);
      if (this.#lines > MOST_LINES) rest = "";
      else rest = this.#tellLines(rest + decoder.write(chunk));
    });
    stream.on("close", () => rest !== "" && this.#line(rest));
    stream.on("error", () => {}); // the process has ended, which is told elsewhere
  }

  /** Lines are counted anew: another invocation begins. */
  beginCount(): void {
    this.#lines = 0;
  }

  /** Comes back once what was written until now has been read. */
  async catchUp(): Promise<void> {
    if (this.#endPause !== undefined) {
      this.#resume();
      await nextTurn(); // in this one nobody looks for what there is to read any more
    }
    await nextTurn();
  }

  /** Reads what there still is without a pause: the process has ended. */
  drain(): void {
    this.#hasEnded = true;
    this.#resume();
  }

  #tellLines(text: string): string {
    const lines = text.split("\n");
    const rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
    if (rest.length <= LONGEST_LINE) return rest;
    this.#line(rest);
    return "";
  }

  #line(line: string): void {
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    for (let at = 0; at === 0 || at < text.length; at += LONGEST_LINE) {
      if (this.#lines > MOST_LINES) return;
      const isLast = this.#lines++ === MOST_LINES;
      this.#deps.tell(
        isLast ? "(what the function writes from here on is left out)" : text.slice(at, at + LONGEST_LINE),
      );
    }
  }

  #slowDown(bytes: number): void {
    const { clock } = this.#deps;
    const now = clock.now();
    if (now >= this.#windowEnds) {
      this.#windowEnds = now + PAUSE_MS;
      this.#bytes = 0;
    }
    this.#bytes += bytes;
    if (this.#hasEnded || this.#bytes < BYTES_BEFORE_PAUSE || this.#endPause !== undefined) return;
    for (const stream of this.#streams) stream.pause();
    this.#endPause = clock.at(now + PAUSE_MS, () => this.#resume());
  }

  #resume(): void {
    this.#endPause?.();
    this.#endPause = undefined;
    for (const stream of this.#streams) stream.resume();
  }
}
