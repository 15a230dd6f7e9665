import { PassThrough, Readable } from "node:stream";
import type { WireResponse } from "../../protocol/protocol.ts";
import { firstHalf } from "../../server/http/half-answer.ts";
import { drained, isWhole, type Reply, type ReplyOptions } from "../../server/http/reply.ts";

/** An answer as the HTTP handlers of the AWS SDK for JavaScript give it. */
export interface InProcessResponse {
  readonly statusCode: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: Readable;
}

/** The way back to a client in this process, which needs no socket. */
export class InProcessReply implements Reply {
  /** What a body runs through that is made on the way. A client that has enough destroys it. */
  readonly carrier = new PassThrough();
  readonly response: Promise<InProcessResponse>;
  #resolve: (response: InProcessResponse) => void = () => {};
  #reject: (cause: Error) => void = () => {};

  constructor() {
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.carrier.on("error", () => {}); // whoever reads the body hears of it there
  }

  send({ status, headers, body }: WireResponse, { onLeft }: ReplyOptions): Promise<void> | undefined {
    if (!isWhole(body)) {
      this.#answer(status, headers, this.carrier);
      return this.#pour(body, onLeft);
    }
    // What it lies in is used again, and the client reads it in a later turn.
    this.#answer(status, headers, bodyOf(Buffer.from(body)));
    onLeft?.();
    return undefined;
  }

  async hangUp(answer: WireResponse | undefined): Promise<void> {
    if (answer !== undefined) {
      this.#answer(answer.status, answer.headers, this.carrier);
      this.carrier.write((await firstHalf(answer.body)).bytes);
    }
    this.abandon(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));
  }

  fail(requestId: string, onLeft?: () => void): void {
    this.#answer(500, { "x-amzn-RequestId": requestId }, bodyOf(Buffer.alloc(0)));
    onLeft?.();
  }

  /** Ends the exchange without an answer, or in the middle of it. */
  abandon(cause: Error): void {
    this.#reject(cause);
    this.carrier.destroy(cause);
  }

  #answer(statusCode: number, headers: WireResponse["headers"], body: Readable): void {
    const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    this.#resolve({ statusCode, headers: Object.fromEntries(lowered), body });
  }

  /** Takes the next piece when the client has taken the last, and no more once it has enough. */
  async #pour(body: AsyncIterable<Uint8Array>, onLeft: (() => void) | undefined): Promise<void> {
    for await (const chunk of body) {
      if (this.carrier.destroyed) return;
      if (!this.carrier.write(Buffer.from(chunk))) await drained(this.carrier, this.carrier);
    }
    onLeft?.();
    this.carrier.end();
  }
}

function bodyOf(bytes: Buffer): Readable {
  return Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false });
}
