import type { Duplex } from "node:stream";
import { Deque } from "../../kernel/collection/deque.ts";
import type { ReceivedRequest } from "../call.ts";
import type { PlainAnswers } from "../http/plain-connection.ts";
import type { HttpDate } from "../http/reply.ts";
import type { SlowRequests } from "../http/slow-requests.ts";
import { AwsRequest, awsHeadOf } from "./aws-request.ts";
import { BodyGrants } from "./body-grants.ts";
import { type Addresses, Http1Bridge } from "./http1-bridge.ts";
import { Http2Reply } from "./http2-reply.ts";
import { STREAM_WINDOW_BYTES, WAITING_ANSWERS_BYTES } from "./limits.ts";
import type { RequestHead } from "./request-head.ts";
import type { Sender } from "./send/sender.ts";
import type { Http2Stream } from "./stream.ts";

/** Who serves the requests of all connections. */
export interface RequestsDeps {
  readonly aws: PlainAnswers;
  /** Takes a connection of HTTP/1.1. */
  readonly serveHttp1: (connection: Duplex) => void;
  readonly slow: SlowRequests;
  readonly date: HttpDate;
}

/** A request that has come whole. */
interface Held {
  readonly request: ReceivedRequest;
  readonly origin: string;
  readonly reply: Http2Reply;
}

/** Has the requests of one connection served: those that SDKs send at once, the others by node:http. */
export class Requests {
  readonly #deps: RequestsDeps;
  readonly #addresses: Addresses;
  readonly #sender: Sender;
  readonly #grants = new BodyGrants();
  readonly #held = new Deque<Held>();
  /** The latest whose body is still to come. Most come whole in the same turn, so it is watched only after that. */
  #latest: AwsRequest | undefined;
  /** What the client calls the server, and the origin that makes. */
  #scheme = "";
  #host = "";
  #origin = "";

  constructor(deps: RequestsDeps, addresses: Addresses, sender: Sender) {
    this.#deps = deps;
    this.#addresses = addresses;
    this.#sender = sender;
  }

  /** Whether requests wait for the client to take the answers of others. */
  get isHolding(): boolean {
    return this.#held.size > 0;
  }

  /** Serves a request, whose body is still to come unless the stream is whole. */
  serve(stream: Http2Stream, head: RequestHead): void {
    const { aws, date } = this.#deps;
    const reply = new Http2Reply(stream, date);
    if (head.isTooLarge) return reply.refuse(431);
    const awsHead = awsHeadOf(head, aws);
    if (awsHead === undefined) return this.#bridge(stream, head);
    const origin = this.#originOf(head.scheme, awsHead.host);
    const request = new AwsRequest(awsHead, { origin, reply, host: this });
    if (stream.isWhole) return request.takeEnd();
    stream.give(request);
    this.#watch(request);
    if (awsHead.length > STREAM_WINDOW_BYTES) this.#grants.ask(stream, awsHead.length - STREAM_WINDOW_BYTES);
  }

  answer(request: ReceivedRequest, origin: string, reply: Http2Reply): void {
    if (this.#sender.waitingBytes <= WAITING_ANSWERS_BYTES) return this.#deps.aws.answer(request, origin, reply);
    request.retain();
    this.#held.push({ request, origin, reply });
  }

  left(request: AwsRequest, stream: Http2Stream): void {
    this.#deps.slow.over(request);
    this.#grants.giveBack(stream);
  }

  /** At the end of a turn: watches the request that has not come whole, and serves those that had to wait. */
  endTurn(): void {
    this.#watch(undefined);
    while (this.#sender.waitingBytes <= WAITING_ANSWERS_BYTES) {
      const held = this.#held.shift();
      if (held === undefined) return;
      const { request, origin, reply } = held;
      if (!reply.carrier.destroyed) this.#deps.aws.answer(request, origin, reply);
    }
  }

  #watch(request: AwsRequest | undefined): void {
    if (this.#latest?.isOver === false) this.#deps.slow.begun(this.#latest);
    this.#latest = request;
  }

  #bridge(stream: Http2Stream, head: RequestHead): void {
    const bridge = new Http1Bridge(stream, head, this.#addresses);
    stream.give(bridge);
    this.#deps.serveHttp1(bridge);
  }

  /** The same text for every request: messages keep it, and a piece of a request's head keeps all of the head. */
  #originOf(scheme: string, host: string): string {
    if (host !== this.#host || scheme !== this.#scheme) {
      this.#host = host;
      this.#scheme = scheme;
      this.#origin = `${scheme === "https" ? "https" : "http"}://${host}`;
    }
    return this.#origin;
  }
}
