import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { describe, expect, test } from "vitest";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { nextTurn } from "../../../src/kernel/time/system-clock.ts";
import type { WireResponse } from "../../../src/protocol/protocol.ts";
import { PlainConnection } from "../../../src/server/http/plain-connection.ts";
import { HttpDate } from "../../../src/server/http/reply.ts";
import { SlowRequests } from "../../../src/server/http/slow-requests.ts";
import { aServer, text } from "../../support/a-server.ts";
import { stillTime } from "../../support/queue.ts";
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

  test("may come in pieces", async () => {
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

  test.for([
    ["in ASCII", "long".repeat(20_000)],
    ["beyond ASCII", "läng €\u{1f600}\ud800".repeat(10_000)],
  ] as const)("get a long text as UTF-8: %s", async ([, long]) => {
    await using server = await aServer({ answer: () => ({ response: text(long) }) });
    using client = await RawConnection.to(server.port);
    await client.say(post(""));
    await client.say(post("", "Connection: close\r\n"));
    const heard = await client.hearsToTheEnd();
    const bytes = Buffer.from(long).toString("latin1");
    expect(heard.split(`\r\nContent-Length: ${bytes.length}\r\n\r\n${bytes}`)).toHaveLength(2);
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

/**
 * A connection whose other side takes what is written only when told, unless it `takesAll`. What it was asked, why it was hung up on
 * and what went to node:http is there to see.
 */
function anUnreadConnection({ answer = "x".repeat(20_000), takesAll = false } = {}) {
  const bodies: string[] = [];
  const refused: string[] = [];
  const handedOver: string[] = [];
  let take: (() => void) | undefined;
  const clock = new ControlledClock(stillTime);
  const socket = new Duplex({
    read() {},
    write: (_chunk, _encoding, done) => {
      if (takesAll) done();
      else take = done;
    },
  });
  const connection = Object.assign(socket, { setTimeout: () => socket }) as unknown as Socket;
  new PlainConnection(connection, {
    date: new HttpDate(clock),
    patienceMs: 75_000,
    slow: new SlowRequests(clock),
    refuse: (reason) => refused.push(reason),
    handOver: () => handedOver.push(String(socket.read())),
    aws: {
      takes: ({ bodyBytes }) => bodyBytes <= 10_000,
      answer(request, _origin, reply) {
        bodies.push(request.body.toString());
        reply.send(text(answer), { isCrossOrigin: false, isLast: false, onLeft: undefined });
      },
    },
  });
  return {
    socket,
    clock,
    bodies,
    refused,
    handedOver,
    answered: () => bodies.length,
    async say(bytes: string | null) {
      socket.push(bytes);
      await nextTurn();
    },
    async takeOne() {
      const done = take;
      take = undefined;
      done?.();
      await nextTurn();
    },
  };
}

describe("a request that comes in pieces", () => {
  const REQUEST = post("in two pieces", "X-Amz-Target: AmazonSQS.SendMessage\r\n");

  test("is read from the socket, wherever it is cut", async () => {
    const { bodies, handedOver, say } = anUnreadConnection({ takesAll: true });
    for (let at = 1; at < REQUEST.length; at++) {
      await say(REQUEST.slice(0, at));
      await say(REQUEST.slice(at));
    }
    expect(bodies).toEqual(Array.from({ length: REQUEST.length - 1 }, () => "in two pieces"));
    expect(handedOver).toEqual([]);
  });

  test("is read whole before what comes with its last piece", async () => {
    const { bodies, say } = anUnreadConnection({ takesAll: true });
    await say(REQUEST.slice(0, -5));
    await say(REQUEST.slice(-5, -2));
    await say(REQUEST.slice(-2) + post("next") + REQUEST.slice(0, 10));
    await say(REQUEST.slice(10));
    expect(bodies).toEqual(["in two pieces", "next", "in two pieces"]);
  });

  test("goes to node:http at once when its body is too long", async () => {
    const { handedOver, say } = anUnreadConnection();
    const head = "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10001\r\n\r\n";
    await say(`${head}abc`);
    expect(handedOver).toEqual([`${head}abc`]);
  });

  test("goes to node:http when its head comes byte by byte", async () => {
    const { handedOver, say } = anUnreadConnection();
    for (const byte of REQUEST) if (handedOver.length === 0) await say(byte);
    expect(handedOver).toEqual([REQUEST.slice(0, 17)]);
  });

  test.for([
    ["the first line", 9],
    ["the head", 40],
    ["the body", REQUEST.length - 1],
  ] as const)("is refused when the client ends the connection in %s", async ([, length]) => {
    const { refused, say } = anUnreadConnection();
    await say(REQUEST.slice(0, length));
    await say(null);
    expect(refused).toEqual(["HPE_INVALID_EOF_STATE"]);
  });

  test("is not missed when the client ends the connection between two", async () => {
    const { refused, say } = anUnreadConnection({ takesAll: true });
    await say(REQUEST.slice(0, 9));
    await say(REQUEST.slice(9));
    await say(null);
    expect(refused).toEqual([]);
  });

  test.for([
    ["a head for a minute", 40, 60],
    ["a whole request for five", REQUEST.length - 1, 300],
  ] as const)("is waited for: %s", async ([, length, seconds]) => {
    const { clock, refused, say } = anUnreadConnection();
    clock.freeze();
    await say(REQUEST.slice(0, length));
    await clock.advanceInTurns((seconds - 1) * 1000);
    expect(refused).toEqual([]);
    await clock.advanceInTurns(1000);
    expect(refused).toEqual(["ERR_HTTP_REQUEST_TIMEOUT"]);
  });

  test("is not waited for any more once it is there, or cannot come", async () => {
    const { clock, refused, say } = anUnreadConnection({ takesAll: true });
    const gone = anUnreadConnection();
    clock.freeze();
    gone.clock.freeze();
    await say(REQUEST.slice(0, 40));
    await say(REQUEST.slice(40));
    await gone.say(REQUEST.slice(0, 40));
    gone.socket.destroy();
    await nextTurn();
    await clock.advanceInTurns(600_000);
    await gone.clock.advanceInTurns(600_000);
    expect([...refused, ...gone.refused]).toEqual([]);
    expect(clock.pending + gone.clock.pending).toBe(0);
  });

  test("outlasts the time that a connection may be idle, which one between two requests does not", async () => {
    const { socket, say } = anUnreadConnection({ takesAll: true });
    await say(REQUEST.slice(0, 40));
    socket.emit("timeout");
    expect(socket.destroyed).toBe(false);
    await say(REQUEST.slice(40));
    socket.emit("timeout");
    expect(socket.destroyed).toBe(true);
  });
});

describe("a client that sends very many requests at once", () => {
  test("gets thirty-two answers a turn, and is read on once it has them all", async () => {
    const { socket, bodies, answered, say } = anUnreadConnection({ answer: "", takesAll: true });
    const all = Array.from({ length: 100 }, (_, number) => `${number}`);
    const said = say(all.map((body) => post(body)).join(""));
    const perTurn: number[] = [];
    while (answered() < 100) {
      await nextTurn();
      perTurn.push(answered());
      expect(socket.isPaused()).toBe(answered() < 100);
    }
    await said;
    expect(perTurn.filter((count) => count > 0)).toEqual([32, 64, 96, 100]);
    expect(bodies).toEqual(all);
    await say(post("next"));
    expect(answered()).toBe(101);
  });

  test("gets no more of them once it is gone", async () => {
    const { socket, answered, say } = anUnreadConnection({ answer: "", takesAll: true });
    void say(post("").repeat(100));
    while (answered() === 0) await nextTurn();
    socket.destroy();
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    expect(answered()).toBe(32);
  });
});

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
