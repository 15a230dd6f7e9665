import { Agent, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import { boundInterimAnswers } from "../../kernel/http/interim-answers.ts";
import { DELIVERY_HEADER } from "../../kernel/own-traffic.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { Mishap } from "./disturbance.ts";

/** Connections to one host and port that are kept while nobody needs them, and how long. How many are in use is not ours. */
const KEPT = { keepAlive: true, maxFreeSockets: 32, timeout: 60_000 };
/** What is read of an answer at most. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** One POST request. */
export interface Posting {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long the whole answer may take, by that clock. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What is to come of it instead of being sent. */
  readonly mishap?: Mishap | undefined;
}

export interface Answer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  /** The beginning of the body, read as UTF-8. */
  readonly text: string;
}

/** Posts to other servers, over connections that are kept and used again. */
export class Poster {
  readonly #agent = new Agent(KEPT);
  /** Node's module is loaded with the first request that needs it. */
  #httpsAgent: HttpsAgent | undefined;
  readonly #rejectUnauthorized: boolean;

  constructor({ rejectUnauthorized }: { readonly rejectUnauthorized: boolean }) {
    this.#rejectUnauthorized = rejectUnauthorized;
  }

  /** Rejects when no whole answer comes. */
  async post(posting: Posting): Promise<Answer> {
    const { clock, timeoutMs } = posting;
    const late = new AbortController();
    const disarm = clock.at(clock.now() + timeoutMs, () => late.abort());
    const signal = AbortSignal.any([posting.signal, late.signal]);
    try {
      return await this.#exchange({ ...posting, signal });
    } catch (cause) {
      throw late.signal.aborted ? new Error(`No answer within ${timeoutMs / 1000} seconds`) : cause;
    } finally {
      disarm();
    }
  }

  /** Hangs up on everyone. */
  close(): void {
    this.#agent.destroy();
    this.#httpsAgent?.destroy();
  }

  async #exchange(posting: Posting): Promise<Answer> {
    if (posting.mishap !== undefined) return answerBy(posting.mishap, posting);
    const response = await this.#responseTo(posting);
    return { statusCode: response.statusCode ?? 0, headers: response.headers, text: await beginningOf(response) };
  }

  async #responseTo(posting: Posting): Promise<IncomingMessage> {
    const sent = this.#open(posting, { mayReuse: true });
    try {
      return await responseTo(sent, posting.body);
    } catch (cause) {
      if (!isStale(sent, cause) || posting.signal.aborted) throw cause;
      return await responseTo(this.#open(posting, { mayReuse: false }), posting.body);
    }
  }

  #open({ url, headers, signal }: Posting, { mayReuse }: { readonly mayReuse: boolean }): ClientRequest {
    const { hostname, port, pathname, search } = url;
    const host = hostname.replace(/^\[|\]$/g, "");
    const marked = { ...headers, [DELIVERY_HEADER]: "true" };
    const options = { method: "POST", headers: marked, signal, host, port, path: `${pathname}${search}` };
    if (url.protocol === "http:") return request({ ...options, agent: mayReuse && this.#agent });
    const rejectUnauthorized = this.#rejectUnauthorized;
    const { Agent, request: requestHttps } = process.getBuiltinModule("node:https");
    this.#httpsAgent ??= new Agent(KEPT);
    return requestHttps({ ...options, agent: mayReuse && this.#httpsAgent, rejectUnauthorized });
  }
}

/** The answer that was never given. */
function answerBy(mishap: Mishap, { url, signal }: Posting): Promise<Answer> {
  if (typeof mishap === "object") return Promise.resolve({ statusCode: mishap.statusCode, headers: {}, text: "" });
  return new Promise((_resolve, reject) => {
    if (mishap === "timeout") signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    else
      reject(
        Object.assign(new Error(`connect ECONNREFUSED ${url.host}`), { code: "ECONNREFUSED", syscall: "connect" }),
      );
  });
}

function responseTo(sent: ClientRequest, body: string): Promise<IncomingMessage> {
  boundInterimAnswers(sent);
  return new Promise((resolve, reject) => {
    sent.on("response", resolve);
    sent.on("error", reject); // one that comes after the answer has begun ends that, too
    // An endpoint that switches to another protocol has answered, for Node, and yet never does.
    sent.on("close", () => reject(new Error("The endpoint hung up without an answer")));
    sent.end(body);
  });
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_ANSWER_BYTES) break; // closes the connection, too
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** A kept connection may be closed by the other side just as it is used again, which says nothing about the endpoint. */
function isStale({ reusedSocket }: ClientRequest, cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return reusedSocket && (code === "ECONNRESET" || code === "EPIPE");
}
