import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextTurn } from "../../../src/kernel/time/system-clock.ts";
import { handleCall } from "../../../src/runtime/api/node-call.ts";
import { RuntimeServer } from "../../../src/runtime/api/server.ts";
import { type RuntimeAnswer, RuntimeSession } from "../../../src/runtime/api/session.ts";
import { anInvocation } from "../../support/runtime.ts";

/* What is read straight from the socket, and node:http, are told the same and say the same. */

const BASE = "/2018-06-01/runtime";

/** One call, and whether an event is there before it; if not, there is one as soon as it waits. */
interface Step {
  readonly isOffered: boolean;
  readonly event: unknown;
  readonly trace: string | undefined;
  readonly request: string;
  /** Where it is cut, as shares of its length. */
  readonly cuts: readonly number[];
}

/** What came back of a call. */
interface Said {
  readonly status: string;
  readonly fields: readonly string[];
  readonly body: string;
}

const head = (first: string, ...fields: readonly string[]) =>
  `${[`${first} HTTP/1.1`, "Host: x", ...fields].join("\r\n")}\r\n\r\n`;
const withBody = (path: string, body: string, ...fields: readonly string[]) =>
  head(`POST ${BASE}${path}`, `Content-Length: ${Buffer.byteLength(body)}`, ...fields) + body;

const body = fc.oneof(fc.json({ maxDepth: 1 }), fc.string({ unit: "grapheme", maxLength: 30 }));
const id = fc.constantFrom("0", "0", "0", "other", "%ff", "");
const field = fc.constantFrom(
  "User-Agent: aws-lambda-go/1.47",
  "Lambda-Runtime-Function-Error-Type: Function.Mine",
  "Content-Type: application/vnd.aws.lambda.error.cause+json",
  "Lambda-Runtime-Function-Response-Mode: sideways",
  "Lambda-Runtime-Function-XRay-Error-Cause: {}",
);
const request = fc.oneof(
  { weight: 4, arbitrary: fc.constant(head(`GET ${BASE}/invocation/next`)) },
  fc.constant(head(`GET ${BASE}/invocation/next`, "Connection: keep-alive", "Accept: */*")),
  fc.constant(head("GET /2018-06-01/ping")),
  fc.constant(head(`GET ${BASE}/invocation/next?a`)),
  fc.constant(head(`DELETE ${BASE}/invocation/next`)),
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        id,
        fc.constantFrom("response", "response", "error", "nothing"),
        body,
        fc.uniqueArray(field, { maxLength: 2 }),
      )
      .map(([of, what, text, fields]) => withBody(`/invocation/${of}/${what}`, text, ...fields)),
  },
  body.map((text) => withBody("/init/error", text)),
  body.map((text) => {
    const chunk = `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
    const chunks = text === "" ? "0\r\n\r\n" : `${chunk}0\r\n\r\n`;
    return head(`POST ${BASE}/invocation/0/response`, "Transfer-Encoding: chunked") + chunks;
  }),
);
const step: fc.Arbitrary<Step> = fc.record({
  isOffered: fc.boolean(),
  event: fc.json({ maxDepth: 1 }),
  trace: fc.option(fc.string({ unit: "grapheme", maxLength: 10 }), { nil: undefined }),
  request,
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }),
});

/** A session that tells when a call waits for an event. */
class WatchedSession extends RuntimeSession {
  onWaiting = (): void => {};

  override next(waiter: Parameters<RuntimeSession["next"]>[0]): () => void {
    const stop = super.next(waiter);
    if (this.isWaiting) queueMicrotask(() => this.onWaiting());
    return stop;
  }
}

/** What one way of serving makes of the steps, and what its session hears. */
async function told(steps: readonly Step[], listen: (session: RuntimeSession) => Promise<Listening>) {
  const heard: unknown[] = [];
  const session = new WatchedSession({
    onReady: () => heard.push("ready"),
    onInitError: (document) => heard.push(document),
  });
  await using server = await listen(session);
  const said: Said[] = [];
  let socket: Socket | undefined;
  for (const { isOffered, event, trace, request: text, cuts } of steps) {
    const given = { requestId: "0", functionArn: "arn:ü", traceId: trace, clientContext: trace };
    const task = {
      invocation: anInvocation(event, given),
      onTaken: () => 1,
      onAnswer: (answer: RuntimeAnswer) => heard.push(answer),
    };
    session.onWaiting = () => session.offer(task);
    if (isOffered) session.offer(task);
    if (socket?.readyState !== "open") socket = await opened(server.port);
    const answer = answerOn(socket);
    await write(socket, text, cuts);
    said.push(await answer);
  }
  socket?.destroy();
  return { said, heard };
}

interface Listening extends AsyncDisposable {
  readonly port: number;
}

async function straight(session: RuntimeSession): Promise<Listening> {
  const server = await RuntimeServer.listen(session);
  return { port: Number(server.address.split(":")[1]), [Symbol.asyncDispose]: async () => server.close() };
}

async function byNode(session: RuntimeSession): Promise<Listening> {
  const server = createServer((asked, response) => void handleCall(session, asked, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function opened(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

async function write(socket: Socket, text: string, cuts: readonly number[]): Promise<void> {
  const bytes = Buffer.from(text);
  const places = cuts.map((share) => Math.floor(share * bytes.length)).toSorted((one, other) => one - other);
  for (const [at, from] of [0, ...places].entries()) {
    socket.write(bytes.subarray(from, places[at]));
    await nextTurn();
  }
}

/** The next answer on the connection, without what is the server's own. Hangs up where the server does. */
function answerOn(socket: Socket): Promise<Said> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const gone = (): void => reject(new Error(`no whole answer: ${bytes}`));
    const take = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      const headEnd = bytes.indexOf("\r\n\r\n");
      const [status = "", ...fields] = bytes.toString("utf8", 0, Math.max(0, headEnd)).split("\r\n");
      const end = headEnd + 4 + Number(fields.find((one) => one.startsWith("Content-Length: "))?.slice(16));
      if (headEnd < 0 || bytes.length < end) return;
      socket.off("data", take).off("close", gone);
      if (fields.some((one) => /^connection: close$/i.test(one))) socket.destroy();
      const known = fields.filter((one) => /^(?:Content-|Lambda-)/.test(one)).toSorted();
      resolve({ status, fields: known, body: bytes.toString("utf8", headEnd + 4, end) });
    };
    socket.on("data", take).on("close", gone);
  });
}

test("calls in any order, cut anywhere, are told alike and answered alike", async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
    expect(await told(steps, straight)).toEqual(await told(steps, byNode));
  });
  await fc.assert(property, { numRuns: 150 });
});

const NEXT = head(`GET ${BASE}/invocation/next`);
const aTask = (onAnswer: (answer: RuntimeAnswer) => void = () => {}) => ({
  invocation: anInvocation({}, { requestId: "0" }),
  onTaken: () => 1,
  onAnswer,
});

const statusesIn = (text: string) => Array.from(text.matchAll(/^HTTP\/1.1 (\d+)/gm), ([, status]) => status);

describe("an answer and the call for the next event that come in one piece", () => {
  test.for([
    ["straight", straight, withBody("/invocation/0/response", "1")],
    ["by node:http", byNode, withBody("/invocation/0/response", "1")],
    [
      "by node:http, to which a connection is handed over in the middle",
      straight,
      `${head(`POST ${BASE}/invocation/0/response`, "Transfer-Encoding: chunked")}1\r\n1\r\n0\r\n\r\n`,
    ],
  ] as const)("are served one after the other %s", async ([, listen, answer]) => {
    const session = new RuntimeSession({ onReady: () => {}, onInitError: () => {} });
    await using server = await listen(session);
    const answers: RuntimeAnswer[] = [];
    session.offer(
      aTask((told) => {
        answers.push(told);
        session.offer(aTask());
      }),
    );
    const socket = await opened(server.port);
    socket.write(NEXT);
    await once(socket, "data");
    socket.write(answer + NEXT);
    let text = "";
    while (statusesIn(text).length < 2) text += String((await once(socket, "data"))[0]);
    expect(statusesIn(text)).toEqual(["202", "200"]);
    expect(answers).toEqual([{ type: "answered", payload: "1" }]);
    socket.destroy();
  });

  test("are answered in one piece when the next event is there in a moment", async () => {
    const session = new RuntimeSession({ onReady: () => {}, onInitError: () => {} });
    await using server = await straight(session);
    const socket = await opened(server.port);
    session.offer(aTask(() => void nextTurn().then(() => session.offer(aTask()))));
    socket.write(NEXT);
    await once(socket, "data");
    socket.write(withBody("/invocation/0/response", "1") + NEXT);
    const [both] = (await once(socket, "data")) as [Buffer];
    expect(statusesIn(String(both))).toEqual(["202", "200"]);
    socket.destroy();
  });
});

test.for([
  ["ASCII", "a"],
  ["other characters", "ü\u{1f600}"],
] as const)("long events of %s come whole, one after the other", async ([, text]) => {
  const lengths = [40_000, 300_000, 100_000];
  const calls = lengths.flatMap((length) => {
    const given = { isOffered: false, event: text.repeat(length), trace: undefined, cuts: [] };
    return [head(`GET ${BASE}/invocation/next`), withBody("/invocation/0/response", "1")].map((request) => ({
      ...given,
      request,
    }));
  });
  const { said } = await told(calls, straight);
  const events = said.map(({ body }) => body).filter((_, at) => at % 2 === 0);
  expect(events).toEqual(lengths.map((length) => JSON.stringify(text.repeat(length))));
});

test("who hangs up does not wait for an event any more", async () => {
  const session = new WatchedSession({ onReady: () => {}, onInitError: () => {} });
  await using server = await straight(session);
  const waiting = new Promise<void>((resolve) => {
    session.onWaiting = resolve;
  });
  const socket = await opened(server.port);
  socket.write(head(`GET ${BASE}/invocation/next`));
  await waiting;
  socket.end();
  await once(socket, "close");
  expect(session.isWaiting).toBe(false);
});
