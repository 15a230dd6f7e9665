import type { IncomingMessage, ServerResponse } from "node:http";
import { Deferred, settled, tellEverybody, tellSettled } from "../../kernel/event/deferred.ts";
import type { PlainHead } from "../../kernel/http/plain-requests.ts";
import type { Ids } from "../../kernel/ids.ts";
import { CONTROL_PREFIX, isOtherOwnPath } from "../../kernel/own-traffic.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { WireResponse } from "../../protocol/protocol.ts";
import type { ReceivedRequest } from "../call.ts";
import type { Exchange, Handler } from "../exchange.ts";
import type { Logger, LogLevel } from "../log.ts";
import { requestFields } from "../request-line.ts";
import { crossOriginHeaders, isPreflight, preflightHeaders } from "./cors.ts";
import { NodeReply } from "./node-reply.ts";
import { originOf, readBody, receivedRequest } from "./node-request.ts";
import { isCrossOrigin, isWhole, type Reply } from "./reply.ts";
import { WaitingExchanges } from "./waiting-exchanges.ts";

interface EndpointDeps {
  readonly handler: Handler;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  /** What may help whoever was refused something; for the log line. Never throws. */
  readonly hint?: ((refused: Exchange) => string | undefined) | undefined;
  readonly maxBodyBytes: number;
}

/** A request with everything its answer needs. */
interface Visit {
  readonly exchange: Exchange;
  readonly reply: Reply;
  readonly startedAt: number;
  readonly isCrossOrigin: boolean;
}

/** The AWS side of the port: takes Node's requests to the handler and its answers back. */
export class Endpoint {
  readonly #deps: EndpointDeps;
  readonly #handle: Handler;
  readonly #waiting: WaitingExchanges;
  /** Settles when the latest of the answers that are held has left, and with it all before. */
  #held: Promise<void> | undefined;
  /** Whether connections end with their next answer. */
  #isClosing = false;

  constructor(deps: EndpointDeps) {
    const { clock, handler } = deps;
    this.#deps = deps;
    this.#handle = (request, origin) => clock.during?.(() => handler(request, origin)) ?? handler(request, origin);
    this.#waiting = new WaitingExchanges(clock);
  }

  /** Answers a request that came through Node's server. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    const { clock, maxBodyBytes } = this.#deps;
    if (isPreflight(request)) return this.#allow(request, response);
    const startedAt = clock.now();
    readBody(request, maxBodyBytes, (body) => {
      if (body === undefined) return this.#refuse(request, response);
      const reply = new NodeReply(response);
      this.#answer(receivedRequest(request, body), originOf(request), { reply, startedAt });
    });
  }

  /** Whether a request is to be read straight from its socket; what is not AWS's, or too large, is left to Node's server. */
  takes({ path, bodyBytes }: Pick<PlainHead, "path" | "bodyBytes">): boolean {
    return !isOwn(path) && bodyBytes <= this.#deps.maxBodyBytes;
  }

  /** Answers a request that was read straight from its socket. */
  answer(request: ReceivedRequest, origin: string, reply: Reply): void {
    this.#answer(request, origin, { reply, startedAt: this.#deps.clock.now() });
  }

  /** Has everyone who waits answered at once. Resolves when those answers have left, or nobody takes them. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const left = this.#waiting.close();
    tellEverybody();
    await Promise.all([left, this.#held]);
  }

  #answer(request: ReceivedRequest, origin: string, { reply, startedAt }: Pick<Visit, "reply" | "startedAt">): void {
    try {
      const exchange = this.#handle(request, origin);
      const visit = { exchange, reply, startedAt, isCrossOrigin: isCrossOrigin(request) };
      const answer = exchange.response;
      if (exchange.isHeld && answer instanceof Promise) this.#sendHeld(visit, answer);
      else if (answer instanceof Deferred) this.#sendDeferred(visit, answer);
      else if (answer instanceof Promise || !isWhole(answer.body)) void this.#sendWatched(visit, answer);
      else this.#send(visit, answer);
    } catch (cause) {
      this.#fail(reply, cause);
    }
  }

  /** Sends an answer that is there already but for what it tells of to be kept, which nobody hurries by hanging up. */
  #sendHeld(visit: Visit, answer: Promise<WireResponse>): void {
    this.#held = answer
      .then((response) => this.#send(visit, response))
      .catch((cause: unknown) => this.#fail(visit.reply, cause));
  }

  /** Sends an answer that is still to come, before that of the request which brings it. */
  #sendDeferred(visit: Visit, answer: Deferred<WireResponse>): void {
    const onLeft = this.#waiting.watch(visit.exchange, visit.reply.carrier);
    const fail = (cause: unknown): void => this.#fail(visit.reply, cause, onLeft);
    const send = (response: WireResponse): void => {
      try {
        this.#send(visit, response, onLeft)?.catch(fail);
      } catch (cause) {
        fail(cause);
      }
    };
    answer.listen(send, fail);
  }

  /** Sends an answer of which there is a promise, or that is made on the way. */
  async #sendWatched(visit: Visit, answer: WireResponse | Promise<WireResponse>): Promise<void> {
    const onLeft = this.#waiting.watch(visit.exchange, visit.reply.carrier);
    try {
      await this.#send(visit, await answer, onLeft);
    } catch (cause) {
      this.#fail(visit.reply, cause, onLeft);
    }
  }

  #send(visit: Visit, answer: WireResponse, watched?: () => void): Promise<void> | undefined {
    const { exchange, reply, isCrossOrigin } = visit;
    if (exchange.hangUp !== undefined) return this.#hangUp(visit, answer, watched);
    this.#log(visit, answer.status);
    if (settled.length > 0) tellSettled(); // whoever waited for what this one did is answered first
    if (reply.carrier.destroyed) {
      if (watched === undefined) exchange.undelivered(); // one that is watched has heard already
      return undefined;
    }
    const onLeft = watched ?? (exchange.mindsDelivery ? this.#waiting.watch(exchange, reply.carrier) : undefined);
    return reply.send(answer, { isCrossOrigin, isLast: this.#isClosing, onLeft });
  }

  /** The caller is told nothing, or not all; for the operation the answer has left. */
  async #hangUp({ exchange, reply, startedAt }: Visit, answer: WireResponse, onLeft?: () => void): Promise<void> {
    const { clock, log } = this.#deps;
    const fields = requestFields(exchange, { status: answer.status, durationMs: clock.now() - startedAt });
    log.log("debug", fields, `connection ended ${exchange.hangUp}`);
    onLeft?.();
    try {
      await reply.hangUp(exchange.hangUp === "midway" ? answer : undefined);
    } catch (cause) {
      this.#fail(reply, cause);
    }
  }

  /** One line for each request; bodies never. */
  #log({ exchange, startedAt }: Visit, status: number): void {
    const { clock, log, hint } = this.#deps;
    const level = levelOf(status);
    if (!log.isEnabled(level)) return;
    const fields = requestFields(exchange, { status, durationMs: clock.now() - startedAt });
    log.log(level, exchange.errorCode === undefined ? fields : { ...fields, hint: hint?.(exchange) }, "request");
  }

  #allow(request: IncomingMessage, response: ServerResponse): void {
    const requestId = this.#deps.ids.uuid();
    response.writeHead(200, [...preflightHeaders(request), "x-amzn-RequestId", requestId, "Content-Length", "0"]).end();
  }

  /** AWS answers a body beyond every limit with nothing but the status, not even an id, in no chunk but the last, then hangs up. */
  #refuse(request: IncomingMessage, response: ServerResponse): void {
    const isChunked = request.httpVersion === "1.1";
    const headers = isChunked ? ["Transfer-Encoding", "chunked"] : ["Content-Length", "0"];
    if (isCrossOrigin(request)) headers.push(...crossOriginHeaders({}));
    if (request.httpVersionMajor === 1) headers.push("Connection", "close");
    response.writeHead(413, headers);
    response.flushHeaders();
    // A client that stops sending waits for the last chunk, and Node would not wait for a body behind it.
    const { socket } = response;
    if (isChunked) socket?.write(LAST_CHUNK);
    request.on("end", () => (isChunked ? socket?.end() : response.end()));
    this.#deps.log.log("info", { status: 413 }, "request body too large");
  }

  #fail(reply: Reply, cause: unknown, onLeft?: () => void): void {
    const { ids, log } = this.#deps;
    log.log("error", { err: cause }, "request not answered");
    reply.fail(ids.uuid(), onLeft);
  }
}

/** Whether a path is no AWS service's. Nearly every request is for "/", or for a path that begins with a digit. */
function isOwn(path: string): boolean {
  const second = path[1];
  return (second === "_" || second === "m") && (path.startsWith(CONTROL_PREFIX) || isOtherOwnPath(path));
}

const LAST_CHUNK = "0\r\n\r\n";

/** What is not there is no mistake of ours. */
const NOT_IMPLEMENTED = 501;

/** How loud the line of an answered request is: mistakes of ours are worth more attention than those of the caller. */
function levelOf(status: number): Exclude<LogLevel, "silent"> {
  if (status < 400) return "debug";
  return status < 500 || status === NOT_IMPLEMENTED ? "info" : "error";
}
