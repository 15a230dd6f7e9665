import type { ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { nextTurn, SystemClock } from "../../../src/kernel/time/system-clock.ts";
import { Listener } from "../../../src/server/http/listener.ts";
import { oneAtATime } from "../../../src/server/http/one-at-a-time.ts";
import { silentLogger } from "../../../src/server/log.ts";
import { RawConnection } from "../../support/raw-connection.ts";

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: here\r\n\r\n`;

/** A server of which the test answers each request itself, and a client. */
async function aHeldServer() {
  const begun: string[] = [];
  const held: ServerResponse[] = [];
  let hear = (): void => {};
  const listener = new Listener({
    serve: oneAtATime((request, response) => {
      begun.push(request.url ?? "");
      held.push(response);
      hear();
    }),
    credentials: undefined,
    clock: new SystemClock(),
    log: silentLogger,
  });
  const client = await RawConnection.to(await listener.open("127.0.0.1", 0));
  return {
    begun,
    client,
    /** The response to the next request that begins. */
    async next(): Promise<ServerResponse> {
      while (held.length === 0) {
        await new Promise<void>((resolve) => {
          hear = resolve;
        });
      }
      const response = held.shift();
      if (response === undefined) throw new Error("nothing begins");
      return response;
    },
    async [Symbol.asyncDispose]() {
      client.hangUp();
      await listener.close(Promise.resolve());
    },
  };
}

test("a request begins when those before it on its connection are answered", async () => {
  await using server = await aHeldServer();
  await server.client.say(`${get("/1")}${get("/2")}${get("/3")}`);
  for (const number of [1, 2, 3]) {
    const response = await server.next();
    await nextTurn();
    expect(server.begun).toHaveLength(number);
    response.end(`answer ${number}`);
    await server.client.hears(`answer ${number}`);
  }
  expect(server.begun).toEqual(["/1", "/2", "/3"]);
});

test("a request that waited for answers begins in a turn of its own, however quick they were", async () => {
  const begun: number[] = [];
  let turn = 0;
  let isOver = false;
  const listener = new Listener({
    serve: oneAtATime((_request, response) => {
      begun.push(turn);
      response.end();
    }),
    credentials: undefined,
    clock: new SystemClock(),
    log: silentLogger,
  });
  const counting = (async () => {
    for (; !isOver; turn++) await nextTurn();
  })();
  using client = await RawConnection.to(await listener.open("127.0.0.1", 0));
  await client.say(`${get("/").repeat(20)}GET /last HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n`);
  await client.hearsToTheEnd();
  isOver = true;
  await counting;
  await listener.close(Promise.resolve());
  expect([begun.length, new Set(begun).size]).toEqual([21, 21]);
});

test("a request whose client is gone before its turn never begins", async () => {
  await using server = await aHeldServer();
  await server.client.say(get("/1").concat(get("/2").repeat(1000)));
  const first = await server.next();
  const gone = new Promise((resolve) => first.once("close", resolve));
  server.client.hangUp();
  await gone;
  first.end();
  await nextTurn();
  expect(server.begun).toEqual(["/1"]);
});

test("what comes of a body while its request waits is there when it begins, and so is what comes later", async () => {
  await using server = await aHeldServer();
  await server.client.say(`${get("/1")}POST /2 HTTP/1.1\r\nHost: here\r\nContent-Length: 6\r\n\r\nabc`);
  const first = await server.next();
  await server.client.say("def");
  first.end("answer 1");
  const second = await server.next();
  expect(await text(second.req)).toBe("abcdef");
  second.end("answer 2");
  await server.client.hears("answer 2");
  await server.client.say(get("/3"));
  (await server.next()).end("answer 3");
  await server.client.hears("answer 3");
});
