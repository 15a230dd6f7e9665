import { BodyPieces } from "../../kernel/http/body-pieces.ts";
import { PATH } from "../../kernel/http/plain-requests.ts";
import { ReceivedRequest } from "../call.ts";
import type { PlainAnswers } from "../http/plain-connection.ts";
import type { Beginner } from "../http/slow-requests.ts";
import type { Http2Reply } from "./http2-reply.ts";
import type { RequestHead } from "./request-head.ts";
import type { BodyTaker, Http2Stream } from "./stream.ts";

/** What is known of a request by its head. */
interface AwsHead {
  readonly path: string;
  readonly query: string;
  readonly host: string;
  readonly headers: Record<string, string>;
  readonly length: number;
}

/**
 * The head of a request that has the form SDKs send nearly always: a POST to a path of AWS's, with headers none of which comes twice,
 * and a body of stated length. Undefined for all others, which are node:http's.
 */
export function awsHeadOf(head: RequestHead, aws: Pick<PlainAnswers, "takes">): AwsHead | undefined {
  const { method, headers, path: target, length } = head;
  const host = headers.host ?? head.authority;
  if (method !== "POST" || host === "" || length === undefined || head.repeated !== undefined) return undefined;
  if ("expect" in headers || !PATH.test(target)) return undefined;
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  if (!aws.takes({ path, bodyBytes: length })) return undefined;
  headers.host = host;
  return { path, query: mark < 0 ? "" : target.slice(mark + 1), host, headers, length };
}

/** Who answers requests. */
interface AwsRequestHost {
  /** A request has come whole. */
  answer(request: ReceivedRequest, origin: string, reply: Http2Reply): void;
  /** Nothing more comes of it on the stream. */
  left(request: AwsRequest, stream: Http2Stream): void;
}

/** A request as SDKs send them, on its way in. */
export class AwsRequest implements BodyTaker, Beginner {
  readonly hasHead = true;
  readonly #head: AwsHead;
  readonly #origin: string;
  readonly #reply: Http2Reply;
  readonly #host: AwsRequestHost;
  readonly #pieces = new BodyPieces();
  #isOver = false;

  constructor(head: AwsHead, { origin, reply, host }: AwsRequestDeps) {
    this.#head = head;
    this.#origin = origin;
    this.#reply = reply;
    this.#host = host;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  takePiece(piece: Buffer): void {
    if (piece.length > 0) this.#pieces.add(piece);
  }

  takeEnd(): void {
    this.#leave();
    this.#host.answer(this.#received(), this.#origin, this.#reply);
  }

  abandon(): void {
    this.#leave();
    this.#pieces.clear();
  }

  /** As node:http answers who takes too long. */
  tooSlow(): void {
    this.#leave();
    this.#reply.refuse(408);
  }

  #received(): ReceivedRequest {
    const { path, query, headers, length } = this.#head;
    return new ReceivedRequest({ method: "POST", path, query, headers, body: this.#pieces.whole(length) });
  }

  #leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#host.left(this, this.#reply.carrier);
  }
}

/** What a request needs beside what it says. */
interface AwsRequestDeps {
  /** Scheme and authority that the client used. */
  readonly origin: string;
  readonly reply: Http2Reply;
  readonly host: AwsRequestHost;
}
