import { uncountedBytes } from "../../../kernel/memory/uncounted-bytes.ts";

/** Texts in ASCII, one behind the other in memory that the garbage collector never looks at. */
export class AsciiTexts {
  readonly #bytes: Buffer;
  #end = 0;

  /** With room for so many characters. */
  constructor(room: number) {
    this.#bytes = uncountedBytes(room);
  }

  /** Where the last one ends. */
  get end(): number {
    return this.#end;
  }

  /** Adds a text, and says whether there was room. */
  push(text: string): boolean {
    const end = this.#end + text.length;
    if (end > this.#bytes.length) return false;
    this.#bytes.write(text, this.#end, "latin1");
    this.#end = end;
    return true;
  }

  at(start: number, end: number): string {
    return this.#bytes.toString("latin1", start, end);
  }

  /** Has room again for as many as at first. */
  clear(): void {
    this.#end = 0;
  }
}
