import { systemIds } from "../../src/kernel/ids.ts";
import type { Clock } from "../../src/kernel/time/clock.ts";
import { SystemClock } from "../../src/kernel/time/system-clock.ts";
import type { WireRequest, WireResponse } from "../../src/protocol/protocol.ts";
import type { Exchange } from "../../src/server/exchange.ts";
import { Endpoint } from "../../src/server/http/endpoint.ts";
import { Listener } from "../../src/server/http/listener.ts";
import { HttpDate } from "../../src/server/http/reply.ts";
import type { Credentials } from "../../src/server/http/tls.ts";
import { type Logger, silentLogger } from "../../src/server/log.ts";
import { httpReader } from "./http-reader.ts";

/** What a test wants its server to be like. */
export interface ServerWishes {
  /** Answers each request; with a text saying what came in, unless given. */
  readonly answer?: (request: WireRequest, origin: string) => Partial<Exchange>;
  readonly credentials?: Credentials;
  readonly log?: Logger;
  readonly maxBodyBytes?: number;
  readonly maxConnections?: number;
  readonly clock?: Clock;
  /** What reads HTTP; as for all tests of the run, unless given. */
  readonly httpReader?: "own" | "node";
}

export interface TestServer extends AsyncDisposable {
  readonly port: number;
  close(): Promise<void>;
}

/** A listener with an endpoint behind it, on a free port, that does as the test says. */
export async function aServer(wishes: ServerWishes = {}): Promise<TestServer> {
  const { answer = echo, credentials, log = silentLogger, maxBodyBytes = 1024, clock = new SystemClock() } = wishes;
  const handler = (request: WireRequest, origin: string) => anExchange(answer(request, origin));
  const aws = new Endpoint({ handler, clock, ids: systemIds, log, maxBodyBytes });
  const listener = new Listener({
    serve: (request, response) => aws.serve(request, response),
    plain: (wishes.httpReader ?? httpReader()) === "own" ? { date: new HttpDate(clock), aws } : undefined,
    credentials: credentials && (() => credentials),
    maxConnections: wishes.maxConnections,
    clock,
    log,
  });
  const port = await listener.open("127.0.0.1", 0);
  const close = () => listener.close(aws.close());
  return { port, close, [Symbol.asyncDispose]: close };
}

export function anExchange(parts: Partial<Exchange>): Exchange {
  return {
    requestId: "request-1",
    service: "sqs",
    operation: "SendMessage",
    resource: "jobs",
    input: undefined,
    scope: { partition: "aws", region: "us-east-1", account: "000000000000" },
    errorCode: undefined,
    errorMessage: undefined,
    hangUp: undefined,
    isHeld: false,
    mindsDelivery: false,
    response: text("ok"),
    abort() {},
    undelivered() {},
    ...parts,
  };
}

export function text(body: string, status = 200): WireResponse {
  return { status, headers: { "Content-Type": "text/plain" }, body };
}

function echo({ method, path, query, body }: WireRequest, origin: string): Partial<Exchange> {
  return { response: text(`${method} ${origin} ${path} ${query} ${body.toString("latin1")}`) };
}

/** A logger that keeps the lines, up to a level. */
export function aLogger(...enabled: readonly Parameters<Logger["isEnabled"]>[0][]) {
  const lines: { level: string; fields: Readonly<Record<string, unknown>>; text: string }[] = [];
  const logger: Logger = {
    isEnabled: (level) => enabled.includes(level),
    log: (level, fields, line) => {
      lines.push({ level, fields, text: line });
    },
  };
  return { lines, logger };
}
