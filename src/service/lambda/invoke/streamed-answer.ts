import type { FunctionCall, InvokeFunction } from "../../../engine/invocation.ts";
import { type Answered, invokeFor } from "./answer-given.ts";

/** A piece of an answer that nobody has taken yet, and what tells that it was. */
interface Piece {
  readonly chunk: Buffer;
  readonly taken: () => void;
}

/** The answer of a function as it comes: the function waits until each piece of it was taken. */
export class StreamedAnswer {
  /** Settles with the first piece, or with the answer of a function that does not stream: the version that runs. Rejects as `invokeFor`. */
  readonly begun: Promise<string>;
  /** What came at once, in the end. */
  readonly whole: Promise<Answered>;
  readonly #pieces: Piece[] = [];
  #isOver = false;
  #isLeft = false;
  #wake: () => void = () => {};

  constructor(invoke: InvokeFunction, call: FunctionCall, signal: AbortSignal) {
    let begin = (_version: string): void => {};
    const firstPiece = new Promise<string>((resolve) => {
      begin = resolve;
    });
    const onChunk = (chunk: Buffer, version: string): Promise<void> | undefined => {
      begin(version);
      return this.#add(chunk);
    };
    this.whole = invokeFor(invoke, { ...call, onChunk }, signal).finally(() => {
      this.#isOver = true;
      this.#wake();
    });
    this.begun = Promise.race([firstPiece, this.whole.then(({ executedVersion }) => executedVersion)]);
  }

  /** The pieces, one after the other. A caller who leaves lets the function run on. */
  async *chunks(): AsyncGenerator<Uint8Array, void, void> {
    try {
      for (;;) {
        const piece = this.#pieces.shift();
        if (piece !== undefined) {
          yield piece.chunk;
          piece.taken();
        } else if (this.#isOver) return;
        else await this.#more();
      }
    } finally {
      this.#isLeft = true;
      for (const { taken } of this.#pieces.splice(0)) taken();
    }
  }

  #add(chunk: Buffer): Promise<void> | undefined {
    if (this.#isLeft) return undefined;
    return new Promise((taken) => {
      this.#pieces.push({ chunk, taken });
      this.#wake();
    });
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
