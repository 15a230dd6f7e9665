import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RuntimeServer } from "../../../src/runtime/api/server.ts";
import { type RuntimeAnswer, RuntimeSession } from "../../../src/runtime/api/session.ts";
import type { Invocation } from "../../../src/runtime/runner.ts";
import { anInvocation } from "../../support/runtime.ts";

const BASE = "/2018-06-01/runtime";
let server: RuntimeServer;
let session: RuntimeSession;
let initErrors: string[];

beforeEach(async () => {
  initErrors = [];
  session = new RuntimeSession({ onReady: () => {}, onInitError: (document) => initErrors.push(document) });
  server = await RuntimeServer.listen(session);
});
afterEach(() => server.close());

/** Puts it on offer; what comes of it. */
function offered(given: Partial<Invocation> = {}): Promise<RuntimeAnswer> {
  const invocation = anInvocation({ a: "ü" }, { requestId: "id", functionArn: "arn", ...given });
  return new Promise((onAnswer) => session.offer({ invocation, onTaken: () => 99, onAnswer }));
}

const ask = (path: string, init?: RequestInit) => fetch(`http://${server.address}${path}`, init);
const post = (path: string, body: string, headers = {}) => ask(`${BASE}${path}`, { method: "POST", body, headers });

async function taken(given: Partial<Invocation> = {}): Promise<{ readonly answer: Promise<RuntimeAnswer> }> {
  const answer = offered(given);
  await (await ask(`${BASE}/invocation/next`)).text();
  return { answer };
}

/** What comes back for these bytes until the connection ends. */
async function raw(...parts: readonly string[]): Promise<string> {
  const [host, port] = server.address.split(":");
  const socket = connect({ host, port: Number(port), allowHalfOpen: true });
  let text = "";
  socket.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  for (const part of parts) socket.write(part);
  socket.end();
  await once(socket, "close");
  return text;
}

describe("next", () => {
  test("gives the event, and in fields of the header what belongs to it", async () => {
    offered({ traceId: "Root=1", clientContext: '{\n"ü":1}' });
    const response = await ask(`${BASE}/invocation/next`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": "id",
      "lambda-runtime-deadline-ms": "99",
      "lambda-runtime-invoked-function-arn": "arn",
      "lambda-runtime-trace-id": "Root=1",
      "lambda-runtime-client-context": Buffer.from('{ "ü":1}').toString("latin1"),
    });
    expect(await response.text()).toBe('{"a":"ü"}');
  });

  test("leaves out what there is not", async () => {
    offered({ traceId: "" });
    const { headers } = await ask(`${BASE}/invocation/next`);
    expect([...headers.keys()].filter((name) => /trace|context|identity/.test(name))).toEqual([]);
  });
});

describe("what is posted", () => {
  test("is the answer", async () => {
    const { answer } = await taken();
    const response = await post("/invocation/id/response", '"fine"', { "content-type": "text/whatever" });
    expect([response.status, await response.text()]).toEqual([202, '{"status":"OK"}\n']);
    expect(await answer).toEqual({ type: "answered", payload: '"fine"' });
  });

  test.for([
    ["as it is", "/invocation/id/error", '{"errorMessage":"x"}', {}, '{"errorMessage":"x"}'],
    [
      "without its cause",
      "/invocation/id/error",
      '{"errorType":"x","errorCause":{"a":1}}',
      { "content-type": "application/vnd.aws.lambda.error.cause+json" },
      '{"errorType":"x"}',
    ],
    [
      "by its type alone",
      "/invocation/id/error",
      "",
      { "lambda-runtime-function-error-type": "Function.MyError" },
      '{"errorType":"Function.MyError","errorMessage":""}',
    ],
    [
      "by a type of AWS's",
      "/invocation/id/error",
      "",
      { "lambda-runtime-function-error-type": "Function.my error" },
      '{"errorType":"Function.Unknown","errorMessage":""}',
    ],
    ["by no type", "/invocation/id/error", "", {}, '{"errorType":"Runtime.Unknown","errorMessage":""}'],
  ] as const)("is an error, %s", async ([, path, body, headers, payload]) => {
    const { answer } = await taken();
    expect((await post(path, body, headers)).status).toBe(202);
    expect(await answer).toEqual({ type: "failed", payload });
  });

  test("is why the process cannot start", async () => {
    expect((await post("/init/error", "{}")).status).toBe(202);
    expect(initErrors).toEqual(["{}"]);
    expect((await post("/init/error", "{}")).status).toBe(403);
  });

  test("may come in pieces, with trailers that are announced for nothing", async () => {
    const { answer } = await taken();
    const trailers = "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body";
    const head = `POST ${BASE}/invocation/id/response HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTrailer: ${trailers}\r\nConnection: close\r\n\r\n`;
    expect(await raw(head, '3\r\n{"a\r\n', '4\r\n":1}\r\n0\r\n\r\n')).toContain("202 Accepted");
    expect(await answer).toEqual({ type: "answered", payload: '{"a":1}' });
  });

  test("fails late, in trailers", async () => {
    const chunks: string[] = [];
    const { answer } = await taken({ onChunk: (chunk) => void chunks.push(chunk.toString()) });
    const mode = "Lambda-Runtime-Function-Response-Mode: streaming";
    const head = `POST ${BASE}/invocation/id/response HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n${mode}\r\nConnection: close\r\n\r\n`;
    const body = Buffer.from('{"errorType":"Late"}').toString("base64");
    const trailers = `Lambda-Runtime-Function-Error-Type: Late\r\nLambda-Runtime-Function-Error-Body: ${body}\r\n\r\n`;
    expect(await raw(head, "2\r\nhi\r\n0\r\n", trailers)).toContain("202 Accepted");
    expect(await answer).toEqual({ type: "failed", payload: '{"errorType":"Late"}' });
    expect(chunks).toEqual(["hi"]);
  });
});

describe("is refused", () => {
  const document = async (response: Response) => [response.status, await response.json()];

  test("the id of no invocation, whatever it looks like", async () => {
    const error = [400, { errorMessage: "Invalid request ID", errorType: "InvalidRequestID" }];
    for (const id of ["other", "%ff", "%", ""]) {
      expect(await document(await post(`/invocation/${id}/response`, "1"))).toEqual(error);
    }
  });

  test("a mode of answering that there is not, after which there may be another", async () => {
    const { answer } = await taken();
    const mode = { "lambda-runtime-function-response-mode": "sideways" };
    const error = [400, { errorMessage: "Invalid function response mode", errorType: "InvalidFunctionResponseMode" }];
    expect(await document(await post("/invocation/id/response", "1", mode))).toEqual(error);
    expect((await post("/invocation/id/response", "1")).status).toBe(202);
    expect((await answer).payload).toBe("1");
  });

  test("an answer that is too large, which is the function's for good", async () => {
    const { answer } = await taken();
    const errorMessage = "Exceeded maximum allowed payload size (6291556 bytes).";
    const response = await post("/invocation/id/response", "x".repeat(6_291_557));
    expect(await document(response)).toEqual([413, { errorMessage, errorType: "RequestEntityTooLarge" }]);
    expect((await answer).payload).toContain("Function.ResponseSizeTooLarge");
    offered({ requestId: "next" });
    expect((await ask(`${BASE}/invocation/next`)).status).toBe(200);
  });

  test("an answer that is shorter than it says, after which there may be another", async () => {
    const { answer } = await taken();
    const head = `POST ${BASE}/invocation/id/response HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n`;
    const text = await raw(head, "short");
    expect(text).toContain("400 Bad Request");
    expect(text).toContain('{"errorMessage":"HTTP request detected as truncated","errorType":"TruncatedHTTPRequest"}');
    expect((await post("/invocation/id/response", "1")).status).toBe(202);
    expect((await answer).payload).toBe("1");
  });

  test.for([
    ["GET", "/"],
    ["GET", `${BASE}/nowhere`],
    ["POST", `${BASE}/invocation/next`],
    ["POST", `${BASE}/restore/error`],
    ["GET", `${BASE}/restore/next`],
    ["POST", "/2020-01-01/extension/register"],
    ["DELETE", "/2018-06-01/ping"],
  ])("%s %s", async ([method, path]) => {
    expect((await ask(path!, { method: method! })).status).toBe(404);
  });

  test.for([
    ["no HTTP", "hello\r\n\r\n"],
    ["a broken length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"],
    ["broken pieces", `POST ${BASE}/init/error HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ["a header without end", `GET / HTTP/1.1\r\nHost: x\r\na: ${"x".repeat(100_000)}`],
    ["nothing", ""],
  ] as const)("%s, and whoever comes next is served", async ([, bytes]) => {
    const text = await raw(bytes);
    if (bytes !== "") expect(text).toMatch(/^HTTP\/1\.1 400 /);
    const pong = await ask("/2018-06-01/ping");
    expect([pong.status, await pong.text()]).toEqual([200, "pong"]);
  });

  test("a tunnel or another protocol, without harm", async () => {
    await raw("CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n");
    await raw("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n");
    expect((await ask("/2018-06-01/ping")).status).toBe(200);
  });
});
