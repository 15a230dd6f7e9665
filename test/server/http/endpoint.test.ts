import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { text as wholeText } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { SystemClock } from "../../../src/kernel/time/system-clock.ts";
import type { WireResponse } from "../../../src/protocol/protocol.ts";
import { LAST_WORDS_MS } from "../../../src/server/http/waiting-exchanges.ts";
import { aLogger, aServer, text } from "../../support/a-server.ts";
import { stillTime } from "../../support/queue.ts";
import { RawConnection } from "../../support/raw-connection.ts";
import { thisTurn } from "../../support/stream.ts";

const GET = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";

/** A promise, and the hands that settle it. */
function aPromise<T = void>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}

/** An exchange that waits until it is told to stop, and what it heard. */
function aWaiter() {
  const started = aPromise();
  const aborted = aPromise();
  const undelivered = aPromise();
  const answer = aPromise<WireResponse>();
  const heard: string[] = [];
  const exchange = () => {
    started.resolve();
    return {
      response: answer.promise,
      abort() {
        heard.push("abort");
        aborted.resolve();
      },
      undelivered() {
        heard.push("undelivered");
        undelivered.resolve();
      },
    };
  };
  return {
    exchange,
    answer,
    heard,
    started: started.promise,
    aborted: aborted.promise,
    undelivered: undelivered.promise,
  };
}

test("a request is handled at one instant of a clock that has such", async () => {
  const heard: string[] = [];
  const clock = new SystemClock();
  const during = <T>(task: () => T): T => {
    heard.push("begin");
    const result = clock.during(task);
    heard.push("end");
    return result;
  };
  const answer = () => {
    heard.push("handle");
    return {};
  };
  await using server = await aServer({ answer, clock: { now: () => clock.now(), at: clock.at.bind(clock), during } });
  await fetch(`http://127.0.0.1:${server.port}/`);
  expect(heard).toEqual(["begin", "handle", "end"]);
});

describe("what the handler gets", () => {
  test.for([
    ["a path and a query", "GET /a%20b?c=d%20e HTTP/1.1\r\nHost: here\r\n\r\n", "GET http://here /a%20b c=d%20e "],
    ["a query that has a question mark", "GET /?a?b HTTP/1.1\r\nHost: here\r\n\r\n", "GET http://here / a?b "],
    ["the path of a whole URL", "GET http://x:1/a?b HTTP/1.1\r\nHost: here\r\n\r\n", "GET http://here /a b "],
    ["the root of a URL without a path", "GET http://x HTTP/1.1\r\nHost: here\r\n\r\n", "GET http://here /  "],
    ["a body in one piece", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\nhi", "POST http://here /  hi"],
    [
      "a body in chunks",
      "POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n1\r\nd\r\n0\r\n\r\n",
      "POST http://here /  abcd",
    ],
  ] as const)("%s", async ([, bytes, heard]) => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say(bytes);
    await client.hears(heard);
  });

  test("the address that was reached, when HTTP/1.0 names no host", async () => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say("GET /a HTTP/1.0\r\n\r\n");
    expect(await client.hearsToTheEnd()).toContain(`GET http://127.0.0.1:${server.port} /a`);
  });

  test("the host of an HTTP/2 request among the headers", async () => {
    await using server = await aServer({ answer: ({ headers }) => ({ response: text(String(headers.host)) }) });
    const session = connectHttp2(`http://127.0.0.1:${server.port}`);
    session.on("error", () => {});
    expect(await wholeText(session.request({ ":path": "/", ":authority": "queues:4566" }))).toBe("queues:4566");
  });
});

describe("answers", () => {
  test("carry date, length and the handler's headers", async () => {
    const response = { status: 404, headers: { "Content-Type": "text/xml", "x-amzn-RequestId": "1-2" }, body: "früh" };
    await using server = await aServer({ answer: () => ({ response }) });
    using client = await RawConnection.to(server.port);
    await client.say(GET);
    const heard = await client.hears("\r\n\r\n");
    expect(heard).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    expect(heard).toContain("\r\nContent-Type: text/xml\r\nx-amzn-RequestId: 1-2\r\nContent-Length: 5\r\n");
    expect(heard).toMatch(/\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/);
  });

  test("to HEAD have no body", async () => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say("HEAD / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
    expect(await client.hearsToTheEnd()).toMatch(/\r\nContent-Length: \d\d[\s\S]*\r\n\r\n$/);
  });

  test("that take time keep their place among those that do not", async () => {
    const waiter = aWaiter();
    const answer = ({ path }: { path: string }) =>
      path === "/wait" ? waiter.exchange() : { response: text("at once") };
    await using server = await aServer({ answer });
    using client = await RawConnection.to(server.port);
    await client.say("GET /wait HTTP/1.1\r\nHost: here\r\n\r\nGET / HTTP/1.1\r\nHost: here\r\n\r\n");
    await waiter.started;
    waiter.answer.resolve(text("at last"));
    expect(await client.hears("at once")).toMatch(/at last[\s\S]*at once/);
  });

  test("a handler that throws is answered for, logged, and not the end of the server", async () => {
    const { lines, logger } = aLogger("error");
    const answer = ({ path }: { path: string }) => {
      if (path === "/bad") throw new Error("broken");
      return {};
    };
    await using server = await aServer({ answer, log: logger });
    using client = await RawConnection.to(server.port);
    await client.say("GET /bad HTTP/1.1\r\nHost: here\r\n\r\n");
    expect(await client.hears("HTTP/1.1 500 ")).toMatch(/\r\nx-amzn-RequestId: [0-9a-f-]{36}\r\n/);
    expect(lines).toMatchObject([{ level: "error", fields: { err: new Error("broken") } }]);
    await client.say(GET);
    await client.hears("HTTP/1.1 200 ");
  });

  test("a promise that fails is answered for too, and keeps nobody from closing", async () => {
    const server = await aServer({ answer: () => ({ response: Promise.reject(new Error("broken")) }) });
    using client = await RawConnection.to(server.port);
    await client.say(GET);
    await client.hears("HTTP/1.1 500 ");
    await server.close();
  });
});

describe("bodies", () => {
  const post = (length: number) =>
    `POST / HTTP/1.1\r\nHost: here\r\nContent-Length: ${length}\r\n\r\n${"x".repeat(length)}`;

  test.for([
    [1024, 200],
    [1025, 413],
  ] as const)("of %i bytes are answered with %i when 1024 are allowed", async ([length, status]) => {
    await using server = await aServer({ maxBodyBytes: 1024 });
    using client = await RawConnection.to(server.port);
    await client.say(post(length));
    await client.hears(`HTTP/1.1 ${status} `);
  });

  test.for([
    [2000, 200],
    [2001, 413],
  ] as const)("of %i bytes in two chunks are answered with %i when 2000 are allowed", async ([length, status]) => {
    await using server = await aServer({ maxBodyBytes: 2000 });
    using client = await RawConnection.to(server.port);
    const second = length - 1000;
    await client.say("POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n");
    await client.say(`3e8\r\n${"x".repeat(1000)}\r\n${second.toString(16)}\r\n${"x".repeat(second)}\r\n0\r\n\r\n`);
    await client.hears(`HTTP/1.1 ${status} `);
  });

  test("that are too large have their connection closed after the answer, and the server stays up", async () => {
    await using server = await aServer({ maxBodyBytes: 1024 });
    using client = await RawConnection.to(server.port);
    await client.say(post(1500));
    const heard = await client.hearsToTheEnd();
    expect(heard).toMatch(/^HTTP\/1\.1 413 [\s\S]*\r\nConnection: close\r\n/);
    expect(heard).toMatch(/\r\nTransfer-Encoding: chunked\r\n/);
    expect(heard.split("\r\n\r\n").slice(1)).toEqual(["0", ""]);
    expect(heard).not.toMatch(/x-amzn-RequestId/i);
    using next = await RawConnection.to(server.port);
    await next.say(GET);
    await next.hears("HTTP/1.1 200 ");
  });

  test("that are too large are answered in full before they have ended", async () => {
    await using server = await aServer({ maxBodyBytes: 1024 });
    using client = await RawConnection.to(server.port);
    await client.say(`POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 9999\r\n\r\n${"x".repeat(1025)}`);
    await client.hears("HTTP/1.1 413 ");
    await client.hears("\r\n\r\n0\r\n\r\n");
  });

  test("that are too large have no chunks in an answer to HTTP/1.0", async () => {
    await using server = await aServer({ maxBodyBytes: 1024 });
    using client = await RawConnection.to(server.port);
    await client.say(post(1500).replace("HTTP/1.1", "HTTP/1.0"));
    expect(await client.hearsToTheEnd()).toMatch(/^HTTP\/1\.1 413 (?:(?!Transfer)[\s\S])*\r\n\r\n$/);
  });

  test("that go on and on are cut off", async () => {
    await using server = await aServer({ maxBodyBytes: 1024 });
    using client = await RawConnection.to(server.port);
    await client.say(`POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 999999\r\n\r\n${"x".repeat(1025)}`);
    await client.hears("HTTP/1.1 413 ");
    await client.say("x".repeat(1024));
    await client.hearsToTheEnd();
  });

  test("that are too large are refused over HTTP/2, where other requests of the connection go on", async () => {
    await using server = await aServer({ maxBodyBytes: 1024 });
    const session = connectHttp2(`http://127.0.0.1:${server.port}`);
    session.on("error", () => {});
    const stream = session.request({ ":method": "POST", ":path": "/" });
    stream.end("x".repeat(1025));
    const [headers] = await once(stream, "response");
    expect(headers[":status"]).toBe(413);
    expect(await wholeText(session.request({ ":path": "/next" }))).toContain("/next");
  });

  test.for(["http/1.1", "h2"] as const)("that break off are no request: %s", async (protocol) => {
    const seen: string[] = [];
    await using server = await aServer({
      answer: ({ path }) => {
        seen.push(path);
        return {};
      },
    });
    const socket = connect(server.port, "127.0.0.1");
    if (protocol === "h2") {
      const session = connectHttp2(`http://127.0.0.1:${server.port}`, { createConnection: () => socket });
      session.on("error", () => {});
      const stream = session.request({ ":method": "POST", ":path": "/broken" });
      stream.on("error", () => {});
      stream.write("half");
      await once(session, "remoteSettings");
      await new Promise<void>((resolve) => {
        session.ping(() => resolve());
      });
    } else {
      await new Promise<void>((resolve) => {
        const head = "POST /broken HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\nhalf";
        socket.write(`GET /first HTTP/1.1\r\nHost: here\r\n\r\n${head}`, () => resolve());
      });
      await once(socket, "data");
    }
    socket.destroy();
    // The server hears of the end of that connection before it hears of this one.
    expect(await (await fetch(`http://127.0.0.1:${server.port}/next`)).text()).toBe("ok");
    expect(seen).not.toContain("/broken");
    expect(seen).toContain("/next");
  });
});

describe("a caller who hangs up", () => {
  test("while waiting has the exchange aborted, and its answer given up", async () => {
    const waiter = aWaiter();
    await using server = await aServer({ answer: waiter.exchange });
    using client = await RawConnection.to(server.port);
    await client.say(GET);
    await waiter.started;
    client.hangUp();
    await waiter.aborted;
    await waiter.undelivered;
    waiter.answer.resolve(text("for nobody"));
  });

  test("while a request waits behind another one has it never begin", async () => {
    const waiter = aWaiter();
    const begun: string[] = [];
    const answer = ({ path }: { path: string }) => {
      begun.push(path);
      return waiter.exchange();
    };
    await using server = await aServer({ answer });
    using client = await RawConnection.to(server.port);
    await client.say("GET /1 HTTP/1.1\r\nHost: here\r\n\r\nGET /2 HTTP/1.1\r\nHost: here\r\n\r\n");
    await waiter.started;
    client.hangUp();
    await Promise.all([waiter.aborted, waiter.undelivered]);
    await server.close();
    expect(begun).toEqual(["/1"]);
  });

  test("while waiting over HTTP/2 has only that exchange aborted", async () => {
    const [first, second] = [aWaiter(), aWaiter()];
    const answer = ({ path }: { path: string }) => (path === "/1" ? first.exchange() : second.exchange());
    await using server = await aServer({ answer });
    const session = connectHttp2(`http://127.0.0.1:${server.port}`);
    session.on("error", () => {});
    const streams = [session.request({ ":path": "/1" }), session.request({ ":path": "/2" })] as const;
    await Promise.all([first.started, second.started]);
    streams[0].destroy();
    await first.undelivered;
    expect(second.heard).toEqual([]);
    second.answer.resolve(text("for you"));
    expect(await wholeText(streams[1])).toBe("for you");
  });

  test("while waiting, but would go on reading, gets no answer either", async () => {
    const waiter = aWaiter();
    await using server = await aServer({ answer: waiter.exchange });
    using client = await RawConnection.to(server.port);
    await client.say(GET);
    await waiter.started;
    client.socket.end();
    await waiter.undelivered;
    expect(waiter.heard).toEqual(["abort", "undelivered"]);
  });

  test.for(["h1", "h2"] as const)(
    "in the middle of a large answer, there at once, has it undone: %s",
    async (protocol) => {
      const waiter = aWaiter();
      const response = text("x".repeat(32 * 1024 * 1024));
      const answer = () => ({ ...waiter.exchange(), mindsDelivery: true, response });
      await using server = await aServer({ answer });
      const leave = await unread(protocol, server.port);
      expect(waiter.heard).toEqual([]);
      leave();
      await waiter.undelivered;
    },
  );

  test.for(["h1", "h2"] as const)(
    "and does not take a large answer, has it undone when the server closes: %s",
    async (protocol) => {
      const waiter = aWaiter();
      const response = text("x".repeat(32 * 1024 * 1024));
      const clock = new ControlledClock(stillTime);
      const answer = () => ({ ...waiter.exchange(), mindsDelivery: true, response });
      const server = await aServer({ answer, clock });
      const leave = await unread(protocol, server.port);
      const closed = server.close();
      clock.advance(LAST_WORDS_MS);
      await closed;
      expect(waiter.heard.at(-1)).toBe("undelivered");
      leave();
    },
  );

  test.for(["h1", "h2"] as const)(
    "once an answer has left that was there at once changes nothing: %s",
    async (protocol) => {
      const waiter = aWaiter();
      const server = await aServer({
        answer: () => ({ ...waiter.exchange(), mindsDelivery: true, response: text("here") }),
      });
      const url = `http://127.0.0.1:${server.port}`;
      expect(await (protocol === "h1" ? fetch(url).then((response) => response.text()) : fetchHttp2(url))).toBe("here");
      await server.close();
      expect(waiter.heard).toEqual([]);
    },
  );

  test.for(["h1", "h2"] as const)("once the answer has left changes nothing: %s", async (protocol) => {
    const waiter = aWaiter();
    const server = await aServer({ answer: waiter.exchange });
    const url = `http://127.0.0.1:${server.port}`;
    const answered = protocol === "h1" ? fetch(url).then((response) => response.text()) : fetchHttp2(url);
    await waiter.started;
    waiter.answer.resolve(text("here"));
    expect(await answered).toBe("here");
    await server.close();
    expect(waiter.heard).toEqual([]);
  });
});

describe("closing", () => {
  test.for(["h1", "h2"] as const)("has those who wait answered before it hangs up: %s", async (protocol) => {
    const waiter = aWaiter();
    const server = await aServer({ answer: waiter.exchange });
    const url = `http://127.0.0.1:${server.port}`;
    const answered = protocol === "h1" ? fetch(url).then((response) => response.text()) : fetchHttp2(url);
    await waiter.started;
    const closed = server.close();
    await waiter.aborted;
    waiter.answer.resolve(text("nothing"));
    expect(await answered).toBe("nothing");
    await closed;
    expect(waiter.heard).toEqual(["abort"]);
  });

  test("tells HTTP/1.1 clients not to use the connection again", async () => {
    const waiter = aWaiter();
    const server = await aServer({ answer: waiter.exchange });
    using client = await RawConnection.to(server.port);
    await client.say(GET);
    await waiter.started;
    const closed = server.close();
    waiter.answer.resolve(text("nothing"));
    expect(await client.hearsToTheEnd()).toContain("\r\nConnection: close\r\n");
    await closed;
  });

  test("has requests answered that come while it waits for others", async () => {
    const [first, second] = [aWaiter(), aWaiter()];
    const answer = ({ path }: { path: string }) => (path === "/1" ? first.exchange() : second.exchange());
    const server = await aServer({ answer });
    using client = await RawConnection.to(server.port);
    using other = await RawConnection.to(server.port);
    await other.say("GET /2 HTTP/1.1\r\n");
    await client.say("GET /1 HTTP/1.1\r\nHost: here\r\n\r\n");
    await first.started;
    const closed = server.close();
    await other.say("Host: here\r\n\r\n");
    await second.aborted;
    second.answer.resolve(text("nothing"));
    await other.hears("nothing");
    first.answer.resolve(text("nothing"));
    await client.hears("nothing");
    await closed;
  });

  test("does not wait for a caller who has hung up", async () => {
    const waiter = aWaiter();
    const server = await aServer({ answer: waiter.exchange });
    const client = await RawConnection.to(server.port);
    await client.say(GET);
    await waiter.started;
    client.hangUp();
    await server.close();
  });
});

describe("closing with a caller who does not read", () => {
  /** More than any socket takes while nobody reads. */
  const LARGE = Buffer.alloc(64 * 1024 * 1024);

  /** A server that is closing while a caller leaves its answer unread. */
  async function closingOverUnread(protocol: "h1" | "h2") {
    const clock = new ControlledClock(new SystemClock());
    clock.freeze();
    let pieces = 0;
    async function* endless() {
      for (;;) {
        pieces++;
        yield LARGE;
      }
    }
    const waiter = aWaiter();
    const answer = () => ({ ...waiter.exchange(), response: { status: 200, headers: {}, body: endless() } });
    const server = await aServer({ answer, clock });
    const hangUp = await unread(protocol, server.port);
    const state = { isClosed: false };
    const closed = server.close().then(() => {
      state.isClosed = true;
    });
    await waiter.aborted;
    return { clock, state, closed, hangUp, pieces: () => pieces };
  }

  test.for(["h1", "h2"] as const)(
    "takes a second, in which nothing more is made for the caller: %s",
    async (protocol) => {
      const { clock, state, closed, hangUp, pieces } = await closingOverUnread(protocol);
      clock.advance(LAST_WORDS_MS - 1);
      await thisTurn();
      expect(state.isClosed).toBe(false);
      clock.advance(1);
      await closed;
      expect(pieces()).toBe(1);
      expect(clock.pending).toBe(0);
      hangUp();
    },
  );

  test.for(["h1", "h2"] as const)("is over when the caller hangs up, and leaves no alarm: %s", async (protocol) => {
    const { clock, closed, hangUp } = await closingOverUnread(protocol);
    hangUp();
    await closed;
    expect(clock.pending).toBe(0);
  });
});

describe("answers made on the way", () => {
  test.for(["h1", "h2"] as const)("arrive piece by piece: %s", async (protocol) => {
    const gate = aPromise();
    async function* pieces() {
      yield Buffer.from("first");
      await gate.promise;
      yield Buffer.from("second");
    }
    await using server = await aServer({ answer: () => ({ response: { status: 200, headers: {}, body: pieces() } }) });
    const heard: string[] = [];
    for await (const piece of bodyOf(protocol, server.port)) {
      heard.push(Buffer.from(piece).toString());
      gate.resolve();
    }
    expect(heard).toEqual(["first", "second"]);
  });

  test.for(["h1", "h2"] as const)(
    "are made no faster than they are taken, and end with the caller: %s",
    async (protocol) => {
      const ended = aPromise();
      const waiter = aWaiter();
      async function* endless() {
        try {
          for (;;) yield Buffer.alloc(64 * 1024);
        } finally {
          ended.resolve();
        }
      }
      const response = { status: 200, headers: {}, body: endless() };
      await using server = await aServer({ answer: () => ({ ...waiter.exchange(), response }) });
      for await (const _piece of bodyOf(protocol, server.port)) break;
      await ended.promise;
      await waiter.aborted;
    },
  );

  test("that break are cut off, and logged", async () => {
    const { lines, logger } = aLogger("error");
    const gate = aPromise();
    async function* broken() {
      yield Buffer.from("first");
      await gate.promise;
      throw new Error("broken");
    }
    const response = { status: 200, headers: {}, body: broken() };
    await using server = await aServer({ answer: () => ({ response }), log: logger });
    using client = await RawConnection.to(server.port);
    await client.say(GET);
    await client.hears("first");
    gate.resolve();
    const heard = await client.hearsToTheEnd();
    expect(heard).not.toContain("\r\n0\r\n\r\n");
    expect(lines).toMatchObject([{ level: "error", fields: { err: new Error("broken") } }]);
  });
});

describe("the log", () => {
  test.for([
    [200, "debug"],
    [399, "debug"],
    [400, "info"],
    [499, "info"],
    [500, "error"],
    [501, "info"],
  ] as const)("has one line for an answer of %i, at level %s", async ([status, level]) => {
    const { lines, logger } = aLogger("debug", "info", "error");
    const [errorCode, errorMessage] = status < 400 ? [] : ["SomeError", "It is wrong."];
    const answer = () => ({ response: text("", status), errorCode, errorMessage });
    await using server = await aServer({ answer, log: logger });
    using client = await RawConnection.to(server.port);
    await client.say(GET);
    await client.hears("HTTP/1.1 ");
    const fields = {
      service: "sqs",
      operation: "SendMessage",
      resource: "jobs",
      account: "000000000000",
      region: "us-east-1",
      status,
      errorCode,
      errorMessage,
      requestId: "request-1",
    };
    expect(lines).toEqual([{ level, fields: { ...fields, durationMs: expect.any(Number) }, text: "request" }]);
  });

  test("is not filled by names and texts that a caller made long", async () => {
    const { lines, logger } = aLogger("info");
    const long = "x".repeat(100_000);
    const answer = () => ({ response: text("", 400), resource: long, operation: long, errorMessage: long });
    await using server = await aServer({ answer, log: logger });
    using client = await RawConnection.to(server.port);
    await client.say(GET);
    await client.hears("HTTP/1.1 400 ");
    expect(JSON.stringify(lines).length).toBeLessThan(2500);
    expect(lines).toMatchObject([{ fields: { resource: `${"x".repeat(300)}…` } }]);
  });

  test("has no line of a level that is off", async () => {
    const { lines, logger } = aLogger("info", "error");
    await using server = await aServer({ log: logger });
    using client = await RawConnection.to(server.port);
    await client.say(GET);
    await client.hears("HTTP/1.1 200 ");
    expect(lines).toEqual([]);
  });
});

async function fetchHttp2(url: string): Promise<string> {
  const session = connectHttp2(url);
  session.on("error", () => {});
  return wholeText(session.request({ ":path": "/" }));
}

/** Asks for an answer and leaves it unread once it has begun; the function returned hangs up. */
async function unread(protocol: "h1" | "h2", port: number): Promise<() => void> {
  if (protocol === "h2") {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    session.on("error", () => {});
    const request = session.request({ ":path": "/" });
    request.on("error", () => {});
    await once(request, "response");
    return () => session.destroy();
  }
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => {});
  socket.write(GET);
  await once(socket, "readable");
  return () => socket.destroy();
}

async function* bodyOf(protocol: "h1" | "h2", port: number): AsyncGenerator<Uint8Array> {
  const url = `http://127.0.0.1:${port}`;
  if (protocol === "h1") {
    const { body } = await fetch(url);
    if (body !== null) yield* body;
    return;
  }
  const session = connectHttp2(url);
  session.on("error", () => {});
  yield* session.request({ ":path": "/" });
  session.close();
}

describe("an answer that is held until it is kept", () => {
  function aHeld() {
    const waiter = aWaiter();
    return { ...waiter, exchange: () => ({ ...waiter.exchange(), isHeld: true }) };
  }

  test("leaves before the server closes", async () => {
    const held = aHeld();
    const server = await aServer({ answer: held.exchange });
    using client = await RawConnection.to(server.port);
    await client.say(GET);
    await held.started;
    const closed = server.close();
    held.answer.resolve(text("kept"));
    await client.hears("kept");
    await closed;
    expect(held.heard).toEqual([]);
  });

  test("that nobody takes any more is undone once it is kept, and not before", async () => {
    const held = aHeld();
    await using server = await aServer({ answer: held.exchange });
    const socket = connect(server.port, "127.0.0.1", () => socket.write(GET));
    await held.started;
    socket.resetAndDestroy();
    await using other = await aServer({ answer: () => ({ response: text("meanwhile") }) });
    await fetch(`http://127.0.0.1:${other.port}`);
    expect(held.heard).toEqual([]);
    held.answer.resolve(text("kept"));
    await held.undelivered;
    expect(held.heard).toEqual(["undelivered"]);
  });
});
