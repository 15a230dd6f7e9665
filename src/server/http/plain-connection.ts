import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { type PlainHead, PlainRequests } from "../../kernel/http/plain-requests.ts";
import { nextTurn } from "../../kernel/time/system-clock.ts";
import { answerBlocks } from "../../protocol/errors.ts";
import type { WireResponse } from "../../protocol/protocol.ts";
import { ReceivedRequest } from "../call.ts";
import { crossOriginHeaders } from "./cors.ts";
import { firstHalf } from "./half-answer.ts";
import type { HttpDate } from "./reply.ts";
import { drained, isWhole, type Reply, type ReplyOptions, unlessGone } from "./reply.ts";
import type { SlowRequests } from "./slow-requests.ts";

/** What is read ahead while a client waits for an answer, or does not take it. */
const MAX_AHEAD_BYTES = 64 * 1024;
/** So many requests that came together are answered in one turn of the event loop. */
const ANSWERS_PER_TURN = 32;

/** Who answers plain requests. */
export interface PlainAnswers {
  /** Whether the request with that head is for this way of serving. */
  takes(head: Pick<PlainHead, "path" | "bodyBytes">): boolean;
  /** Answers such a request through the reply. */
  answer(request: ReceivedRequest, origin: string, reply: Reply): void;
}

/** From here on a text is worth memory of its own to be written from. */
const LONG_TEXT = 32 * 1024;

export interface PlainConnectionDeps {
  readonly aws: PlainAnswers;
  /** Takes the connection over for good, unread bytes included. */
  readonly handOver: (socket: Socket) => void;
  /** Answers that a request does not come whole, and hangs up. */
  readonly refuse: (reason: Unfinished, socket: Socket) => void;
  readonly slow: SlowRequests;
  readonly date: HttpDate;
  /** How long a connection may be idle. */
  readonly patienceMs: number;
}

/** Why a request is not whole: the client has ended the connection, or takes too long. Node's codes. */
type Unfinished = "HPE_INVALID_EOF_STATE" | "ERR_HTTP_REQUEST_TIMEOUT";

/**
 * A connection whose requests are read and answered straight on the socket, one after the other, for as long as they
 * all have the plain form. With the first that has not, the connection is node:http's. That saves what node:http
 * spends on streams for head and body, which is more than everything an operation does.
 */
export class PlainConnection implements Reply {
  readonly carrier: Socket;
  readonly #deps: PlainConnectionDeps;
  readonly #scheme: string;
  /** The host the client names, and the origin that makes. */
  #host = "";
  #origin = "";
  readonly #read = (chunk: Buffer): void => this.#take(chunk);
  readonly #giveUp = (): void => this.#tire();
  readonly #goOn = (): void => this.#serve();
  readonly #end = (): void => this.#refuseUnfinished("HPE_INVALID_EOF_STATE");
  readonly #forget = (): void => this.#deps.slow.over(this);
  readonly #requests: PlainRequests<ReceivedRequest>;
  #isBusy = false;
  /** Whether a request is watched that has come in part. */
  #isWatched = false;
  #isAnswering = false;
  #isServing = false;
  /** Whether others have their turn before the next request. */
  #isResting = false;
  /** Whether nothing more is read for now. */
  #isHeld = false;

  constructor(socket: Socket, deps: PlainConnectionDeps) {
    this.carrier = socket;
    this.#deps = deps;
    this.#scheme = (socket as Partial<TLSSocket>).encrypted === true ? "https://" : "http://";
    this.#requests = new PlainRequests({ takes: (head) => deps.aws.takes(head), requestOf });
    socket.on("data", this.#read).on("drain", this.#goOn).on("end", this.#end).on("close", this.#forget);
    socket.on("timeout", this.#giveUp).setTimeout(deps.patienceMs);
  }

  /** Whether the head is there of a request that is still to come whole. */
  get hasHead(): boolean {
    return this.#requests.hasHead;
  }

  tooSlow(): void {
    this.#refuseUnfinished("ERR_HTTP_REQUEST_TIMEOUT");
  }

  send({ status, headers, body }: WireResponse, options: ReplyOptions): Promise<void> | undefined {
    this.#isAnswering = true;
    const head = this.#head(status, headers, options);
    if (!isWhole(body)) return this.#pour(head, body, options);
    const bodyBytes = Buffer.byteLength(body);
    const whole = `${head}Content-Length: ${bodyBytes}\r\n\r\n`;
    if (typeof body !== "string") this.#writeBytes(whole, body, options.onLeft);
    else if (bodyBytes < LONG_TEXT) this.#write(whole + body, options.onLeft);
    else this.#writeLong(whole, body, bodyBytes, options.onLeft);
    this.#finish(options);
    return undefined;
  }

  async hangUp(answer: WireResponse | undefined): Promise<void> {
    if (answer === undefined) return void this.carrier.destroy();
    const { bytes, announced } = await firstHalf(answer.body);
    const head = this.#head(answer.status, answer.headers, { isCrossOrigin: false, isLast: false, onLeft: undefined });
    this.carrier.write(`${head}Content-Length: ${announced}\r\n\r\n`);
    this.carrier.write(bytes, () => this.carrier.destroy());
  }

  fail(requestId: string, onLeft?: () => void): void {
    if (this.#isAnswering) {
      this.carrier.destroy();
      return;
    }
    const answer = { status: 500, headers: { "x-amzn-RequestId": requestId }, body: "" };
    this.send(answer, { isCrossOrigin: false, isLast: false, onLeft });
  }

  #take(chunk: Buffer): void {
    this.#requests.add(chunk);
    this.#serve();
  }

  #serve(): void {
    if (this.#isServing) return;
    this.#isServing = true;
    for (let answered = 0; this.#isReady(); answered++) {
      if (answered === ANSWERS_PER_TURN) {
        this.#rest();
        break;
      }
      const request = this.#requests.next();
      if (typeof request === "string") {
        if (request === "unusual") this.#leave();
        else this.#watch();
        break;
      }
      this.#answer(request);
    }
    this.#isServing = false;
    const isTooMuch = this.#isResting || this.#requests.aheadBytes > MAX_AHEAD_BYTES;
    if (isTooMuch !== this.#isHeld) this.#hold(isTooMuch);
  }

  /** Whether the next request can be looked at; a client that is slow to take its answers has to wait. */
  #isReady(): boolean {
    const { carrier } = this;
    if (this.#isBusy || this.#isResting || !this.#requests.hasBegun || carrier.writableEnded) return false;
    return !carrier.writableNeedDrain;
  }

  #rest(): void {
    this.#isResting = true;
    void nextTurn().then(() => {
      this.#isResting = false;
      if (!this.carrier.destroyed) this.#serve();
    });
  }

  /** Stops to read, or goes on. */
  #hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (isHeld) this.carrier.pause();
    else this.carrier.resume();
  }

  #answer(request: ReceivedRequest): void {
    if (this.#isWatched) this.#unwatch();
    this.#isBusy = true;
    this.#isAnswering = false;
    this.#deps.aws.answer(request, this.#originOf(request), this);
  }

  /** Whoever has begun a request has so long to finish it. */
  #watch(): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    this.#deps.slow.begun(this);
  }

  #unwatch(): void {
    this.#isWatched = false;
    this.#deps.slow.over(this);
  }

  #refuseUnfinished(reason: Unfinished): void {
    if (this.#isWatched) this.#deps.refuse(reason, this.carrier);
  }

  /** The same text for every request of a host: messages keep it, and a piece of a request's head keeps all of the head. */
  #originOf({ headers }: ReceivedRequest): string {
    const host = String(headers.host);
    if (host !== this.#host) {
      this.#host = host;
      this.#origin = this.#scheme + host;
    }
    return this.#origin;
  }

  #head(status: number, headers: WireResponse["headers"], { isCrossOrigin, isLast }: ReplyOptions): string {
    let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
    for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
    if (isCrossOrigin) {
      const added = crossOriginHeaders(headers);
      for (let at = 0; at < added.length; at += 2) head += `${added[at]}: ${added[at + 1]}\r\n`;
    }
    const seconds = Math.floor(this.#deps.patienceMs / 1000);
    const connection = isLast ? "close\r\n" : `keep-alive\r\nKeep-Alive: timeout=${seconds}\r\n`;
    return `${head}Date: ${this.#deps.date.now()}\r\nConnection: ${connection}`;
  }

  #writeBytes(head: string, body: Uint8Array, onLeft: (() => void) | undefined): void {
    const { carrier } = this;
    carrier.cork();
    carrier.write(head);
    this.#write(body, () => {
      answerBlocks.giveBack(body);
      onLeft?.();
    });
    carrier.uncork();
  }

  /** Writes a long text in memory that is used again: Node would take three bytes for each of its characters, new ones each time. */
  #writeLong(head: string, body: string, bodyBytes: number, onLeft: (() => void) | undefined): void {
    const block = answerBlocks.take(Buffer.byteLength(head) + bodyBytes);
    const headBytes = block.write(head);
    const isAscii = bodyBytes === body.length;
    const end = headBytes + block.write(body, headBytes, isAscii ? "latin1" : "utf8");
    this.#write(block.subarray(0, end), () => {
      answerBlocks.giveBack(block);
      onLeft?.();
    });
  }

  #write(data: string | Uint8Array, onLeft: (() => void) | undefined): void {
    if (onLeft === undefined) this.carrier.write(data);
    else this.carrier.write(data, unlessGone(this.carrier, onLeft));
  }

  /** Sends a body made on the way in chunks, the next when the client has taken the last. */
  async #pour(head: string, body: AsyncIterable<Uint8Array>, options: ReplyOptions): Promise<void> {
    const { carrier } = this;
    carrier.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
    for await (const chunk of body) {
      if (carrier.destroyed) return;
      if (chunk.length === 0) continue;
      carrier.cork();
      carrier.write(`${chunk.length.toString(16)}\r\n`);
      carrier.write(chunk);
      carrier.write("\r\n");
      carrier.uncork();
      if (carrier.writableNeedDrain) await drained(carrier, carrier);
    }
    this.#write("0\r\n\r\n", options.onLeft);
    this.#finish(options);
  }

  #finish({ isLast }: ReplyOptions): void {
    this.#isBusy = false;
    if (isLast) this.carrier.end();
    else this.#serve();
  }

  /** A client that waits for its answer may be silent for as long as that takes; one in the middle of a request is watched. */
  #tire(): void {
    if (!this.#isBusy && !this.#isWatched) this.carrier.destroy();
  }

  #leave(): void {
    const { carrier } = this;
    this.#unwatch();
    carrier.off("data", this.#read).off("drain", this.#goOn).off("end", this.#end).off("close", this.#forget);
    carrier.off("timeout", this.#giveUp).setTimeout(0);
    carrier.pause();
    carrier.unshift(this.#requests.takeRest());
    this.#deps.handOver(carrier);
    carrier.resume();
  }
}

function requestOf({ method, path, query, headers }: PlainHead, body: Buffer): ReceivedRequest {
  return new ReceivedRequest({ method, path, query, headers, body });
}
