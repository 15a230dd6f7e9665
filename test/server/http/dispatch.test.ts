import { connect as connectHttp2 } from "node:http2";
import { text as wholeText } from "node:stream/consumers";
import { expect, test } from "vitest";
import { SystemClock } from "../../../src/kernel/time/system-clock.ts";
import { withSigningCertificates } from "../../../src/server/http/dispatch.ts";
import { Listener } from "../../../src/server/http/listener.ts";
import { silentLogger } from "../../../src/server/log.ts";

const PATH = "/SimpleNotificationService-00112233445566778899aabbccddeeff.pem";
const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";

/** A server with one certificate and nothing but "aws" everywhere else. */
async function aServer() {
  const asked: string[] = [];
  const certificateAt = (path: string) => {
    asked.push(path);
    return path === PATH ? CERTIFICATE : undefined;
  };
  const serve = withSigningCertificates((_request, response) => response.end("aws"), certificateAt);
  const listener = new Listener({ serve, credentials: undefined, clock: new SystemClock(), log: silentLogger });
  const port = await listener.open("127.0.0.1", 0);
  return {
    asked,
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => listener.close(Promise.resolve()),
  };
}

test.for([PATH, `${PATH}?cached=no`])("the certificate is served at %s", async (path) => {
  await using server = await aServer();
  const response = await fetch(`${server.origin}${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("application/x-pem-file");
  expect(await response.text()).toBe(CERTIFICATE);
});

test("HEAD tells of the certificate without sending it", async () => {
  await using server = await aServer();
  const response = await fetch(`${server.origin}${PATH}`, { method: "HEAD" });
  expect(response.headers.get("Content-Length")).toBe(String(CERTIFICATE.length));
  expect(await response.text()).toBe("");
});

test("the certificate is served over HTTP/2, too", async () => {
  await using server = await aServer();
  const client = connectHttp2(server.origin);
  expect(await wholeText(client.request({ ":path": PATH }))).toBe(CERTIFICATE);
  client.close();
});

test.for([
  ["GET", "/"],
  ["GET", "/SimpleNotificationService-ffeeddccbbaa99887766554433221100.pem"],
  ["GET", `/queue${PATH}`],
  ["POST", PATH],
] as const)("%s %s is left to AWS's side", async ([method, path]) => {
  await using server = await aServer();
  expect(await (await fetch(`${server.origin}${path}`, { method })).text()).toBe("aws");
});

test("other paths are not looked up", async () => {
  await using server = await aServer();
  await fetch(`${server.origin}/123456789012/jobs`, { method: "POST" });
  expect(server.asked).toEqual([]);
});
