import type { Socket } from "node:net";

/** Hears that what was written is in the operating system's hands, or that it never will be. */
export type Left = (error?: Error | null) => void;

/** With so much that the client has not taken yet, no more of a body is written. */
const FULL_BYTES = 64 * 1024;
/** With so much, which can only be answers and acknowledgements that it asked for, no more is read either. */
const OVERFULL_BYTES = 1024 * 1024;

/** What is written to a socket: all of a turn at once. */
export class Outgoing {
  readonly #socket: Socket;
  #text = "";
  /** Who hears of the text. */
  #left: Left[] = [];
  #isCorked = false;
  /** Whether somebody is going to flush. */
  #isDue = false;
  readonly #flushLater = (): void => this.flush();

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get isFull(): boolean {
    return this.#socket.writableLength >= FULL_BYTES;
  }

  get isOverfull(): boolean {
    return this.#socket.writableLength >= OVERFULL_BYTES;
  }

  /** To be called where a turn begins at whose end `flush` is called. */
  hold(): void {
    this.#isDue = true;
  }

  /** Writes a text, an octet a character. */
  text(octets: string, left?: Left): void {
    this.#text += octets;
    if (left !== undefined) this.#left.push(left);
    this.#flushSoon();
  }

  /** Writes a text and bytes behind it, which are not to change before they have left. */
  bytes(octets: string, bytes: Uint8Array, left?: Left): void {
    this.#text += octets;
    if (!this.#isCorked) {
      this.#isCorked = true;
      this.#socket.cork();
    }
    this.#writeText();
    this.#socket.write(bytes, left);
    this.#flushSoon();
  }

  flush(): void {
    this.#isDue = false;
    this.#writeText();
    if (!this.#isCorked) return;
    this.#isCorked = false;
    this.#socket.uncork();
  }

  #flushSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    process.nextTick(this.#flushLater);
  }

  #writeText(): void {
    if (this.#text === "") return;
    const left = this.#left.length < 2 ? this.#left[0] : tellingAll(this.#left);
    if (left !== undefined) this.#left = [];
    this.#socket.write(this.#text, "latin1", left);
    this.#text = "";
  }
}

function tellingAll(all: readonly Left[]): Left {
  return (error) => {
    for (const left of all) left(error);
  };
}
