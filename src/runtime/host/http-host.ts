import { Agent, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { boundInterimAnswers } from "../../kernel/http/interim-answers.ts";
import { parseJsonObject } from "../../kernel/json/json-object.ts";
import { DELIVERY_HEADER } from "../../kernel/own-traffic.ts";
import type { RuntimeDeps } from "../deps.ts";
import { MOST_PAYLOAD_BYTES, timedOut, tooLargeAnswer } from "../error-document.ts";
import type { FunctionDefinition, Invocation, Outcome } from "../runner.ts";
import type { FunctionHost } from "./host.ts";

/** Connections that are kept while nobody needs them, and how long. */
const KEPT = { keepAlive: true, maxFreeSockets: 32, timeout: 60_000 };

interface Answer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  /** Undefined if it is larger than an answer may be. */
  readonly text: string | undefined;
}

/** A function that runs somewhere under a URL: behind AWS's Runtime Interface Emulator, or any server that takes the event. */
export class HttpHost implements FunctionHost {
  readonly #definition: FunctionDefinition;
  readonly #url: string;
  readonly #deps: RuntimeDeps;
  readonly #agent = new Agent(KEPT);
  readonly #closing = new AbortController();

  constructor(definition: FunctionDefinition, url: string, deps: RuntimeDeps) {
    this.#definition = definition;
    this.#url = url;
    this.#deps = deps;
  }

  async invoke(invocation: Invocation, signal: AbortSignal): Promise<Outcome> {
    const { clock } = this.#deps;
    const { timeoutMs } = this.#definition;
    const late = new AbortController();
    const disarm = timeoutMs === undefined ? () => {} : clock.at(clock.now() + timeoutMs, () => late.abort());
    const ended = AbortSignal.any([signal, this.#closing.signal, late.signal]);
    try {
      return outcomeOf(await this.#post(invocation, ended));
    } catch (cause) {
      if (late.signal.aborted) return failed(timedOut(invocation.requestId, timeoutMs ?? 0));
      if (ended.aborted) return { type: "stopped" };
      const reason = reasonOf(cause);
      return isUnreachable(cause) ? { type: "unreachable", reason } : failed(documentOf(reason));
    } finally {
      disarm();
    }
  }

  retire(): void {}

  /** Hangs up. */
  abandon(): void {
    this.#closing.abort();
  }

  async close(): Promise<void> {
    this.abandon();
    this.#agent.destroy();
  }

  async #post(invocation: Invocation, signal: AbortSignal): Promise<Answer> {
    const sent = this.#open(invocation, signal, true);
    try {
      return await answerTo(sent, invocation.payload);
    } catch (cause) {
      if (!isStale(sent, cause) || signal.aborted) throw cause;
      return await answerTo(this.#open(invocation, signal, false), invocation.payload);
    }
  }

  #open(invocation: Invocation, signal: AbortSignal, mayReuse: boolean): ClientRequest {
    const url = new URL(this.#url);
    const options = { method: "POST", headers: headersOf(invocation), signal };
    if (url.protocol === "http:") return request(url, { ...options, agent: mayReuse && this.#agent });
    // Node's module is loaded with the first request that needs it.
    return process.getBuiltinModule("node:https").request(url, options);
  }
}

function headersOf({ payload, traceId, clientContext }: Invocation): Record<string, string> {
  return {
    "Content-Type": "application/json",
    "Content-Length": String(Buffer.byteLength(payload)),
    "X-Amz-Invocation-Type": "RequestResponse",
    [DELIVERY_HEADER]: "true",
    ...(traceId !== undefined && { "X-Amzn-Trace-Id": traceId }),
    ...(clientContext !== undefined && { "X-Amz-Client-Context": Buffer.from(clientContext).toString("base64") }),
  };
}

function answerTo(sent: ClientRequest, body: string): Promise<Answer> {
  boundInterimAnswers(sent);
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    sent.on("response", (response) => {
      isAnswered = true;
      textOf(response).then((text) => resolve(answerOf(response, text)), reject);
    });
    sent.on("error", reject);
    // A server that switches to another protocol has answered, for Node, and yet never does.
    sent.on("close", () => isAnswered || reject(new Error("The server hung up without an answer")));
    sent.end(body);
  });
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, text: string | undefined): Answer {
  return { statusCode, headers, text };
}

async function textOf(response: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_PAYLOAD_BYTES) return undefined; // closes the connection, too
  }
  return Buffer.concat(chunks).toString("utf8");
}

function outcomeOf({ statusCode, headers, text }: Answer): Outcome {
  if (statusCode < 200 || statusCode >= 300) {
    return failed(documentOf(`The function's URL answered with status ${statusCode}`));
  }
  if (text === undefined) return failed(tooLargeAnswer());
  if (headers["x-amz-function-error"] !== undefined) return failed(text);
  return isError(text) ? failed(errorIn(text)) : { type: "answered", payload: text, log: "" };
}

/**
 * The Runtime Interface Emulator answers with 200 and no header when the function fails; only its text tells.
 * github.com/aws/aws-lambda-runtime-interface-emulator, issues 20 and 21
 */
function isError(text: string): boolean {
  if (TIMED_OUT.test(text)) return true;
  const { errorType, errorMessage } = parseJsonObject(text) ?? {};
  return typeof errorType === "string" && typeof errorMessage === "string";
}

const TIMED_OUT = /^Task timed out after [\d.]+ seconds$/;

function errorIn(text: string): string {
  return TIMED_OUT.test(text) ? JSON.stringify({ errorType: "Sandbox.Timedout", errorMessage: text }) : text;
}

function failed(payload: string): Outcome {
  return { type: "failed", payload, log: "" };
}

function documentOf(errorMessage: string): string {
  return JSON.stringify({ errorType: "Runtime.Unknown", errorMessage });
}

/** Several addresses may have been tried, each in vain. */
function causesOf(cause: unknown): readonly unknown[] {
  return cause instanceof AggregateError ? cause.errors : [cause];
}

function reasonOf(cause: unknown): string {
  const [first] = causesOf(cause);
  return first instanceof Error ? first.message : String(first);
}

/** Whether nobody was there to take the event, rather than lost while it was worked on. */
function isUnreachable(cause: unknown): boolean {
  const [first] = causesOf(cause);
  const syscall = first instanceof Error && "syscall" in first ? first.syscall : undefined;
  return syscall === "connect" || syscall === "getaddrinfo";
}

/** A kept connection may be closed by the other side just as it is used again, which says nothing about the function. */
function isStale({ reusedSocket }: ClientRequest, cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return reusedSocket && (code === "ECONNRESET" || code === "EPIPE");
}
