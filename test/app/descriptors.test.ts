import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { text } from "node:stream/consumers";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BuiltCli, Heard } from "../support/built-cli.ts";
import { RawConnection } from "../support/raw-connection.ts";

let cli: BuiltCli;
beforeAll(() => {
  cli = new BuiltCli();
});
afterAll(() => cli[Symbol.dispose]());

const get = (path: string, more = ""): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;

test("what is needed for the first time when there are no file descriptors left is there all the same", async () => {
  using server = cli.runInto(["start", "--port", "0", "--tls", "self-signed"], { stdout: "ignore", stderr: "pipe" });
  const log = new Heard(server.child.stderr!);
  const port = await server.port();
  using http1 = await RawConnection.to(port);
  using http2 = await RawConnection.to(port);
  using tls = await RawConnection.to(port);
  await http1.say(get("/_waystation/health"));
  await http1.hears('"status":"ok"'); // the connections before it are accepted, too
  await server.useUpDescriptors();

  await http1.say(get("/nothing"));
  await log.until('"msg":"request"');
  await http1.say(get("/_waystation/health", "X: y\r\n"));
  await http1.say(get("/_waystation/outbox"));
  expect(await http1.hears('{"messages":[]}')).not.toContain(" 500 ");

  await http1.say(get("/?Action=ListTopics&Version=2010-03-31"));
  await http1.hears("<ListTopicsResult>");

  const session = connectHttp2("http://localhost", { createConnection: () => http2.socket });
  expect(await text(session.request({ ":path": "/_waystation/health" }))).toContain('"status":"ok"');
  session.destroy();

  const secured: TLSSocket = connectTls({ socket: tls.socket, rejectUnauthorized: false });
  await once(secured, "secureConnect");
  secured.end(get("/_waystation/health", "Connection: close\r\n"));
  expect(await text(secured)).toContain('"status":"ok"');
  expect(await server.end()).toEqual({ exitCode: 0, signal: null });
});
