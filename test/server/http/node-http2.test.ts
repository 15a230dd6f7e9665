import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect, type ServerHttp2Session } from "node:http2";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { createHttp2Server } from "../../../src/server/http/node-http2.ts";

test("a connection that is idle for too long ends, but not while a request is under way", async () => {
  const sessions: ServerHttp2Session[] = [];
  const responses: ServerResponse[] = [];
  const server = createHttp2Server({
    serve: (_request, response) => void responses.push(response),
    patienceMs: 75_000,
    onSession: (session) => void sessions.push(session),
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const client = connect(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
  const stream = client.request({ ":path": "/" });
  await once(server, "stream");
  sessions[0]?.emit("timeout");
  responses[0]?.end("at last");
  expect(await text(stream)).toBe("at last");
  const ended = once(client, "close");
  sessions[0]?.emit("timeout");
  await ended;
  server.close();
  await once(server, "close");
});
