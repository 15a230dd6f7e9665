import type { ServerHttp2Stream } from "node:http2";
import type { WireResponse } from "../../protocol/protocol.ts";
import { crossOriginHeaders } from "./cors.ts";
import { firstHalf } from "./half-answer.ts";
import { drained, isWhole, type Reply, type ReplyOptions } from "./reply.ts";

/** The way back on an HTTP/2 stream; Node adds `date`. */
export class Http2Reply implements Reply {
  readonly carrier: ServerHttp2Stream;

  constructor(stream: ServerHttp2Stream) {
    this.carrier = stream;
  }

  send({ status, headers, body }: WireResponse, { isCrossOrigin, onLeft }: ReplyOptions): Promise<void> | undefined {
    const head: Record<string, string | number> = { ":status": status, ...headers };
    if (isCrossOrigin) {
      const [originName = "", origin = "", exposeName = "", exposed = ""] = crossOriginHeaders(headers);
      head[originName] = origin;
      head[exposeName] = exposed;
    }
    if (!isWhole(body)) return this.#pour(head, body, onLeft);
    head["content-length"] = Buffer.byteLength(body);
    this.carrier.respond(head);
    this.carrier.end(body, onLeft);
    return undefined;
  }

  async hangUp(answer: WireResponse | undefined): Promise<void> {
    if (answer === undefined) return this.#disconnect();
    const { bytes, announced } = await firstHalf(answer.body);
    this.carrier.respond({ ":status": answer.status, ...answer.headers, "content-length": announced });
    this.carrier.write(bytes, () => this.#disconnect());
  }

  fail(requestId: string, onLeft?: () => void): void {
    if (this.carrier.headersSent) this.carrier.destroy();
    else {
      this.carrier.respond({ ":status": 500, "x-amzn-RequestId": requestId, "content-length": 0 });
      this.carrier.end(onLeft);
    }
  }

  /** The whole connection ends, with all that is under way on it. */
  #disconnect(): void {
    (this.carrier.session ?? this.carrier).destroy();
  }

  /** Takes the next piece when the client has taken the last, and no more once it has hung up. */
  async #pour(
    head: Readonly<Record<string, string | number>>,
    body: AsyncIterable<Uint8Array>,
    onLeft: (() => void) | undefined,
  ): Promise<void> {
    const { carrier } = this;
    carrier.respond(head);
    for await (const piece of body) {
      if (!carrier.write(piece)) await drained(carrier, carrier);
      if (carrier.destroyed) return;
    }
    carrier.end(onLeft);
  }
}
