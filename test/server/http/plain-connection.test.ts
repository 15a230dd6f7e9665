import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { describe, expect, test } from "vitest";
import { SystemClock } from "../../../src/kernel/time/system-clock.ts";
import type { WireResponse } from "../../../src/protocol/protocol.ts";
import { HttpDate, PlainConnection } from "../../../src/server/http/plain-connection.ts";
import { aServer, text } from "../../support/a-server.ts";
import { RawConnection } from "../../support/raw-connection.ts";

const post = (body: string, more = ""): string =>
  `POST / HTTP/1.1\r\nHost: here\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

/** Everything the server says to these bytes, the connection ended by a last request that asks for it. */
async function answersTo(...pieces: readonly string[]): Promise<string> {
  await using server = await aServer();
  using client = await RawConnection.to(server.port);
  for (const piece of pieces) await client.say(piece);
  await client.say(post("bye", "Connection: close\r\n"));
  return await client.hearsToTheEnd();
}

const bodiesIn = (heard: string): readonly string[] =>
  [...heard.matchAll(/POST http:\/\/here \/ {2}(\w*?)(?=HTTP|$)/g)].map(([, body]) => body!);

describe("plain requests", () => {
  test("are answered one after the other on one connection", async () => {
    expect(bodiesIn(await answersTo(post("one"), post("two")))).toEqual(["one", "two", "bye"]);
  });

  test("that come together are answered in order", async () => {
    expect(bodiesIn(await answersTo(post("one") + post("two") + post("three")))).toEqual([
      "one",
      "two",
      "three",
      "bye",
    ]);
  });

  test("may be followed by one that comes in pieces, which ends the plain part of the connection", async () => {
    const [head, body] = post("split").split("split");
    expect(bodiesIn(await answersTo(post("one"), head!, `split${body}`, post("two")))).toEqual([
      "one",
      "split",
      "two",
      "bye",
    ]);
  });

  test("are answered with what HTTP asks for", async () => {
    const heard = await answersTo(post("one"));
    expect(heard).toMatch(
      /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/plain\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\nConnection: keep-alive\r\nKeep-Alive: timeout=75\r\nContent-Length: 23\r\n\r\n/,
    );
  });

  test("wait for the answer before them", async () => {
    const answers: ((answer: WireResponse) => void)[] = [];
    let isAsked: () => void = () => {};
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    await using server = await aServer({
      answer: (request) => {
        if (request.body.toString() !== "slow") return { response: text("quick") };
        isAsked();
        return { response: new Promise((resolve) => answers.push(resolve)) };
      },
    });
    using client = await RawConnection.to(server.port);
    await client.say(post("slow") + post("next", "Connection: close\r\n"));
    await asked;
    answers[0]!(text("at last"));
    expect((await client.hearsToTheEnd()).match(/at last|quick/g)).toEqual(["at last", "quick"]);
  });

  test("get a body that is made on the way in chunks", async () => {
    async function* pieces() {
      yield Buffer.from("one");
      yield Buffer.from("three");
    }
    await using server = await aServer({
      answer: () => ({ response: { status: 200, headers: {}, body: pieces() } }),
    });
    using client = await RawConnection.to(server.port);
    await client.say(post(""));
    await client.say(post("", "Connection: close\r\n"));
    expect(await client.hearsToTheEnd()).toContain(
      "Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n5\r\nthree\r\n0\r\n\r\n",
    );
  });

  test("get bytes as they are", async () => {
    await using server = await aServer({
      answer: () => ({ response: { status: 200, headers: {}, body: new Uint8Array([0xff, 0x00]) } }),
    });
    using client = await RawConnection.to(server.port);
    await client.say(post(""));
    await client.say(post("", "Connection: close\r\n"));
    expect(await client.hearsToTheEnd()).toContain("Content-Length: 2\r\n\r\n");
  });
});

/** A connection whose other side takes what is written only when told, with the number of requests it has answered. */
function anUnreadConnection() {
  let answered = 0;
  let take: (() => void) | undefined;
  const socket = new Duplex({
    read() {},
    write: (_chunk, _encoding, done) => {
      take = done;
    },
  });
  const connection = Object.assign(socket, { setTimeout: () => socket }) as unknown as Socket;
  new PlainConnection(connection, {
    date: new HttpDate(new SystemClock()),
    patienceMs: 75_000,
    handOver: () => {},
    answer: (_request, _origin, reply) => {
      answered++;
      reply.send(text("x".repeat(20_000)), { isCrossOrigin: false, isLast: false, onLeft: undefined });
      return true;
    },
  });
  const turn = () => new Promise((resolve) => process.nextTick(resolve));
  return {
    socket,
    answered: () => answered,
    async say(bytes: string) {
      socket.push(bytes);
      await turn();
    },
    async takeOne() {
      const done = take;
      take = undefined;
      done?.();
      await turn();
    },
  };
}

describe("a client that sends on and on and takes no answers", () => {
  test("is not read from any more, and costs no more for each request", async () => {
    const { socket, answered, say } = anUnreadConnection();
    for (let i = 0; i < 200; i++) await say(post("x".repeat(1_000)));
    expect(answered()).toBe(1);
    expect(socket.isPaused()).toBe(true);
    expect(socket.listenerCount("drain")).toBe(1);
  });

  test("is served on when it takes them", async () => {
    const { socket, answered, say, takeOne } = anUnreadConnection();
    for (let i = 0; i < 100; i++) await say(post("x".repeat(1_000)));
    for (let i = 0; i < 300; i++) await takeOne();
    expect(answered()).toBe(100);
    expect(socket.isPaused()).toBe(false);
  });
});

describe("bytes that are no request", () => {
  test.for([
    ["a request read from the socket", post("one")],
    ["a request of another form", "GET /one HTTP/1.1\r\nHost: here\r\n\r\n"],
    ["two of them", `${post("zero")}GET /one HTTP/1.1\r\nHost: here\r\n\r\n`],
  ] as const)("are refused after the answer to what came before them: %s", async ([, before]) => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say(`${before}nothing\r\n\r\n`);
    expect(await client.hearsToTheEnd()).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*one[\s\S]*HTTP\/1\.1 400 Bad Request/);
  });

  test("are refused at once when the request before them is not whole", async () => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say("POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nnothing\r\n");
    expect(await client.hearsToTheEnd()).toMatch(/^HTTP\/1\.1 400 Bad Request/);
  });
});
