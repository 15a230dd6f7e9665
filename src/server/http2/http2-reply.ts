import { answerBlocks } from "../../protocol/errors.ts";
import type { WireResponse } from "../../protocol/protocol.ts";
import { crossOriginHeaders } from "../http/cors.ts";
import { firstHalf } from "../http/half-answer.ts";
import type { HttpDate } from "../http/reply.ts";
import { isWhole, type Reply, type ReplyOptions } from "../http/reply.ts";
import { ErrorCode } from "./frame/frame.ts";
import { headerField, statusField } from "./hpack/encoder.ts";
import type { Http2Stream } from "./stream.ts";

/** Bodies up to here become part of the text that is written; others are written from where they lie. */
const SHORT_BYTES = 8 * 1024;
const NOTHING = new Uint8Array(0);

/** The way back on a stream. */
export class Http2Reply implements Reply {
  readonly carrier: Http2Stream;
  readonly #date: HttpDate;

  constructor(stream: Http2Stream, date: HttpDate) {
    this.carrier = stream;
    this.#date = date;
  }

  send({ status, headers, body }: WireResponse, { isCrossOrigin, onLeft }: ReplyOptions): Promise<void> | undefined {
    let block = this.#block(status, headers);
    if (isCrossOrigin) {
      const added = crossOriginHeaders(headers);
      for (let at = 0; at < added.length; at += 2) block += headerField(added[at] ?? "", added[at + 1] ?? "");
    }
    if (!isWhole(body)) return this.#pour(block, body, onLeft);
    const bytes = Buffer.byteLength(body);
    this.carrier.sendHead(block + headerField("content-length", String(bytes)), bytes === 0, onLeft);
    if (bytes > 0) this.#sendBody(body, bytes, onLeft);
    return undefined;
  }

  async hangUp(answer: WireResponse | undefined): Promise<void> {
    const { carrier } = this;
    if (answer !== undefined) {
      const { bytes, announced } = await firstHalf(answer.body);
      const block = this.#block(answer.status, answer.headers) + headerField("content-length", String(announced));
      carrier.sendHead(block, false);
      void carrier.send(bytes);
    }
    carrier.disconnect();
  }

  fail(requestId: string, onLeft?: () => void): void {
    if (this.carrier.hasHead) this.carrier.reset(ErrorCode.INTERNAL_ERROR);
    else this.refuse(500, { "x-amzn-RequestId": requestId }, onLeft);
  }

  /** Answers with a status and headers alone. */
  refuse(status: number, headers: WireResponse["headers"] = {}, onLeft?: () => void): void {
    this.carrier.sendHead(this.#block(status, headers) + headerField("content-length", "0"), true, onLeft);
  }

  #block(status: number, headers: WireResponse["headers"]): string {
    let block = statusField(status);
    for (const name in headers) block += headerField(name, headers[name] ?? "");
    return block + headerField("date", this.#date.now());
  }

  #sendBody(body: string | Uint8Array, bytes: number, onLeft: (() => void) | undefined): void {
    if (bytes > SHORT_BYTES) return this.#sendLong(typeof body === "string" ? inBlock(body, bytes) : body, onLeft);
    if (typeof body !== "string") {
      this.carrier.sendText(Buffer.from(body.buffer, body.byteOffset, bytes).toString("latin1"), onLeft);
      answerBlocks.giveBack(body);
    } else this.carrier.sendText(body.length === bytes ? body : Buffer.from(body).toString("latin1"), onLeft);
  }

  #sendLong(body: Uint8Array, onLeft: (() => void) | undefined): void {
    this.carrier.sendLast(body, () => {
      answerBlocks.giveBack(body);
      onLeft?.();
    });
  }

  /** Takes the next piece when the client has taken the last, and no more once it has hung up. */
  async #pour(block: string, body: AsyncIterable<Uint8Array>, onLeft: (() => void) | undefined): Promise<void> {
    const { carrier } = this;
    carrier.sendHead(block, false);
    for await (const piece of body) {
      if (carrier.destroyed) return;
      await carrier.send(piece);
      if (carrier.destroyed) return;
    }
    carrier.sendLast(NOTHING, onLeft);
  }
}

/** A long text in memory that is used again. */
function inBlock(body: string, bytes: number): Uint8Array {
  const block = answerBlocks.take(bytes);
  return block.subarray(0, block.write(body, 0, body.length === bytes ? "latin1" : "utf8"));
}
