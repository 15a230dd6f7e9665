import { once } from "node:events";
import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from "node:http2";
import { text as wholeText } from "node:stream/consumers";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { WireRequest, WireResponse } from "../../../src/protocol/protocol.ts";
import { aServer, type TestServer, text } from "../../support/a-server.ts";

/* What our own reader of HTTP/2 answers is what node:http2 answers with Node's request and response. */

/** Tells what came in, in the way that the path asks for. */
function answer({ method, path, query, headers, body }: WireRequest, origin: string) {
  if (path === "/fails") throw new Error("a mistake of ours");
  const target = headers["x-amz-target"];
  const told = `${method} ${origin} ${path} ${query} ${String(headers.host)} ${String(target)} ${body.toString("latin1")}`;
  if (path === "/pieces") return { response: inPieces(told) };
  if (path === "/bytes") return { response: { ...text(""), body: Buffer.from(told, "latin1") } };
  if (path === "/later") return { response: Promise.resolve(text(told, 400)) };
  return { response: text(path === "/empty" ? "" : told) };
}

function inPieces(told: string): WireResponse {
  async function* pieces() {
    for (const piece of told.split(" ")) yield Buffer.from(piece);
  }
  return { status: 200, headers: { "X-Made": "on the way" }, body: pieces() };
}

interface Asked {
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

/** Status, headers and body of an answer; when it was made is left out. */
async function answerOf(session: ClientHttp2Session, { headers, body }: Asked) {
  const stream = session.request(headers, { endStream: false });
  const response = once(stream, "response");
  stream.end(body);
  const [{ date, ...told }] = (await response) as [Record<string, unknown>];
  return { told, hasDate: date !== undefined, body: await wholeText(stream) };
}

async function connectedTo(server: TestServer) {
  const session = connect(`http://127.0.0.1:${server.port}`);
  session.on("error", () => {});
  await once(session, "connect");
  return { session, [Symbol.dispose]: () => session.destroy() };
}

/** Each is a header of its own. */
const COOKIES: string[] = ["a=1", "b=2"];

const body = fc.string({ unit: "grapheme-ascii", maxLength: 60 });
const asked = fc
  .record({
    body,
    path: fc.constantFrom(
      "/",
      "/a?b=c",
      "/a?",
      "/pieces",
      "/bytes",
      "/later",
      "/empty",
      "/fails",
      "/_waystation/x",
      "/1/q",
    ),
    method: fc.constantFrom("POST", "POST", "POST", "GET", "PUT", "OPTIONS"),
    hasLength: fc.boolean(),
    more: fc.constantFrom(
      {},
      { "x-amz-target": "AmazonSQS.SendMessage" },
      { origin: "http://page" },
      { host: "there:1" },
      { cookie: COOKIES },
      { te: "trailers" },
      { expect: "something" },
      { "access-control-request-method": "POST", origin: "http://page" },
    ),
  })
  .map(({ body, path, method, hasLength, more }) => ({
    body: method === "GET" || method === "OPTIONS" ? "" : body,
    headers: {
      ":method": method,
      ":path": path,
      ...(hasLength && method !== "GET" && method !== "OPTIONS" ? { "content-length": String(body.length) } : {}),
      ...more,
    },
  }));

test("requests are answered as node:http2 has them answered", async () => {
  const wishes = { answer, maxBodyBytes: 40 };
  await using own = await aServer({ ...wishes, httpReader: "own" });
  await using node = await aServer({ ...wishes, httpReader: "node" });
  using toOwn = await connectedTo(own);
  using toNode = await connectedTo(node);
  const property = fc.asyncProperty(asked, async (request) => {
    const sent = { ...request, headers: { ":authority": "here:80", ...request.headers } };
    const [ours, nodes] = await Promise.all([answerOf(toOwn.session, sent), answerOf(toNode.session, sent)]);
    const isWithId = "x-amzn-requestid" in nodes.told;
    if (isWithId) ours.told["x-amzn-requestid"] = nodes.told["x-amzn-requestid"];
    expect(ours).toEqual(nodes);
  });
  await fc.assert(property, { numRuns: 400, seed: 20_260_101 });
});

test("a request that breaks off in its body is not answered", async () => {
  const bodies: string[] = [];
  await using server = await aServer({
    httpReader: "own",
    answer: (request) => {
      bodies.push(request.body.toString());
      return { response: text("ok") };
    },
  });
  using client = await connectedTo(server);
  const broken = client.session.request({ ":method": "POST", ":path": "/", "content-length": "5" });
  broken.on("error", () => {});
  broken.write("abc");
  await new Promise((resolve) => client.session.ping(resolve));
  broken.close(8);
  await once(broken, "close");
  const whole = { headers: { ":method": "POST", ":path": "/", "content-length": "3" }, body: "end" };
  expect((await answerOf(client.session, whole)).body).toBe("ok");
  expect(bodies).toEqual(["end"]);
});
