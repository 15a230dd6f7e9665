import type { ServerResponse } from "node:http";
import type { Http2Stream } from "node:http2";
import type { Duplex } from "node:stream";
import { present } from "../../kernel/present.ts";
import type { WireResponse } from "../../protocol/protocol.ts";
import { crossOriginHeaders } from "./cors.ts";
import { firstHalf } from "./half-answer.ts";
import { carrierOf } from "./node-request.ts";
import { drained, isWhole, type Reply, type ReplyOptions, unlessGone } from "./reply.ts";

/** The way back through Node's response, of HTTP/1.1 and HTTP/2 alike; Node adds `Date`. */
export class NodeReply implements Reply {
  readonly carrier: Duplex;
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
    this.carrier = carrierOf(response.req);
  }

  send(
    { status, headers, body }: WireResponse,
    { isCrossOrigin, isLast, onLeft }: ReplyOptions,
  ): Promise<void> | undefined {
    const response = this.#response;
    const raw: string[] = isCrossOrigin ? [...crossOriginHeaders(headers)] : [];
    for (const name in headers) raw.push(name, present(headers[name], "the value of a header"));
    if (isLast) response.shouldKeepAlive = false;
    if (!isWhole(body)) {
      response.writeHead(status, raw);
      return this.#pour(body, onLeft);
    }
    raw.push("Content-Length", String(Buffer.byteLength(body)));
    response.writeHead(status, raw);
    response.end(body, this.#heard(onLeft));
    return undefined;
  }

  async hangUp(answer: WireResponse | undefined): Promise<void> {
    if (answer === undefined) return this.#disconnect();
    const { bytes, announced } = await firstHalf(answer.body);
    this.#response.writeHead(answer.status, { ...answer.headers, "Content-Length": String(announced) });
    this.#response.write(bytes, () => this.#disconnect());
  }

  fail(requestId: string, onLeft?: () => void): void {
    if (this.#response.headersSent) this.carrier.destroy();
    else {
      const headers = ["x-amzn-RequestId", requestId, "Content-Length", "0"];
      this.#response.writeHead(500, headers).end(this.#heard(onLeft));
    }
  }

  #heard(onLeft: (() => void) | undefined): (() => void) | undefined {
    return onLeft && unlessGone(this.carrier, onLeft);
  }

  /** The whole connection ends: of HTTP/2, too, with all that is under way on it. */
  #disconnect(): void {
    const { session } = this.carrier as Partial<Http2Stream>;
    (session ?? this.carrier).destroy();
  }

  /** Takes the next piece when the client has taken the last, and no more once it has hung up. */
  async #pour(body: AsyncIterable<Uint8Array>, onLeft: (() => void) | undefined): Promise<void> {
    const response = this.#response;
    for await (const chunk of body) {
      if (!response.write(chunk)) await drained(response as unknown as Duplex, this.carrier);
      if (this.carrier.destroyed) return;
    }
    response.end(this.#heard(onLeft));
  }
}
