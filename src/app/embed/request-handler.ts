import { Readable } from "node:stream";
import { onAbort } from "../../kernel/event/on-abort.ts";
import { ReceivedRequest } from "../../server/call.ts";
import type { Reply } from "../../server/http/reply.ts";
import { InProcessReply, type InProcessResponse } from "./in-process-reply.ts";

/** A request as clients of the AWS SDK for JavaScript make it. */
interface InProcessRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the SDK says beside the request. */
interface HandlerOptions {
  readonly abortSignal?: unknown;
}

/**
 * What clients of the AWS SDK for JavaScript, version 3, take as their `requestHandler`: it hands requests to the emulator in the same
 * process, without a socket, whatever endpoint they are for.
 *
 * @example
 * import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
 * import { startWaystation } from "waystation";
 *
 * const aws = await startWaystation();
 * const credentials = { accessKeyId: "test", secretAccessKey: "test" };
 * const sqs = new SQSClient({ region: "us-east-1", credentials, requestHandler: aws.requestHandler() });
 * await sqs.send(new ListQueuesCommand({}));
 * await aws.close();
 */
export interface RequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: InProcessRequest, options?: HandlerOptions): Promise<{ response: InProcessResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/** The AWS side of the emulator. */
export interface AnswersInProcess {
  /** Whether a request is AWS's, and not too large. */
  takes(request: { readonly path: string; readonly bodyBytes: number }): boolean;
  answer(request: ReceivedRequest, origin: string, reply: Reply): void;
}

/** Makes a handler; it has nothing to close and nothing to choose. `refuse` throws where nobody answers any more. */
export function createRequestHandler(aws: AnswersInProcess, refuse: () => void): RequestHandler {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    async handle(request, { abortSignal } = {}) {
      refuse();
      const signal = abortSignal as AbortSignal | undefined; // the SDK has a type of its own, of the same form
      if (signal?.aborted) throw abortError();
      const reply = new InProcessReply();
      if (signal)
        reply.carrier.once(
          "close",
          onAbort(signal, () => reply.abandon(abortError())),
        );
      const { host, received } = await receive(request);
      const isTaken = aws.takes({ path: received.path, bodyBytes: received.body.length });
      if (isTaken) aws.answer(received, `${request.protocol}//${host}`, reply);
      const response = isTaken ? await reply.response : tooLarge();
      if (response.body !== reply.carrier) reply.carrier.destroy();
      return { response };
    },
  };
}

async function receive(request: InProcessRequest): Promise<{ host: string; received: ReceivedRequest }> {
  const { method, hostname, port, path, query = {} } = request;
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  const lowered = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
  const headers = { host, ...Object.fromEntries(lowered) };
  const body = await wholeBody(request.body);
  return { host, received: new ReceivedRequest({ method, path, query: queryText(query), headers, body }) };
}

function queryText(query: NonNullable<InProcessRequest["query"]>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const values = typeof value === "object" && value !== null ? value : [value];
    return values.map((one) => (one === null ? escaped(name) : `${escaped(name)}=${escaped(one)}`));
  });
  return pairs.join("&");
}

function escaped(text: string): string {
  return encodeURIComponent(text);
}

/** A body that is there, or that comes in pieces. */
async function wholeBody(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === "string") return Buffer.from(body);
  // Copied by its bytes alone: the SDK's own kind of array warns whoever asks it for more.
  if (body instanceof Uint8Array) return Buffer.from(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  const pieces: Uint8Array[] = [];
  for await (const piece of body as AsyncIterable<Uint8Array | string>) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

function tooLarge(): InProcessResponse {
  return { statusCode: 413, headers: {}, body: Readable.from([]) };
}

/** What the SDK knows an abort by. */
function abortError(): Error {
  return Object.assign(new Error("Request aborted"), { name: "AbortError" });
}
