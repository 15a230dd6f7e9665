import { describe, expect, test } from "vitest";
import { nextTurn } from "../../../src/kernel/time/system-clock.ts";
import type { WireResponse } from "../../../src/protocol/protocol.ts";
import { ErrorCode, Flag, FrameType, Setting } from "../../../src/server/http2/frame/frame.ts";
import { CHORES, REQUESTS_PER_TURN, STREAM_WINDOW_BYTES } from "../../../src/server/http2/limits.ts";
import { aLogger, text } from "../../support/a-server.ts";
import { frame, Http2Wire, PREFACE, post, postBlock, settings, uint32 } from "../../support/http2-wire.ts";

const { DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION } =
  FrameType;
const HEAD = Flag.END_HEADERS;
const WHOLE = Flag.END_HEADERS | Flag.END_STREAM;

describe("a connection begins", () => {
  test("with settings on both sides, which are acknowledged", async () => {
    const wire = await Http2Wire.greeted();
    expect(wire.heard[0]).toMatchObject({ type: SETTINGS, flags: 0 });
    expect(wire.of(SETTINGS)[1]).toMatchObject({ flags: Flag.ACK, payload: "" });
    expect(wire.of(WINDOW_UPDATE, 0)).toHaveLength(1);
  });

  test("with a request at once, which is answered", async () => {
    const wire = new Http2Wire();
    await wire.say(PREFACE + settings() + post(1, "hello", { "x-amz-target": "T" }));
    expect(wire.answer(1)).toEqual({ status: "200", body: "/ T hello", isWhole: true });
    expect(wire.of(HEADERS)[0]?.fields).toEqual([
      ":status: 200",
      "content-type: text/plain",
      expect.stringMatching(/^date: \w+, \d\d \w+ \d{4} \d\d:\d\d:\d\d GMT$/),
      "content-length: 9",
    ]);
  });

  test("in any pieces", async () => {
    const wire = new Http2Wire();
    for (const octet of PREFACE + settings() + post(1, "hello")) wire.push(Buffer.from(octet, "latin1"));
    await wire.turn();
    expect(wire.answer(1)).toMatchObject({ status: "200", isWhole: true });
  });
});

test("all that is answered in a turn is written at once", async () => {
  const wire = await Http2Wire.greeted();
  const before = wire.writes;
  await wire.say(
    Array.from({ length: 50 }, (_, at) => post(2 * at + 1, "hello")).join("") + frame(PING, 0, 0, "12345678"),
  );
  expect(wire.of(HEADERS)).toHaveLength(50);
  expect(wire.of(PING)).toEqual([expect.objectContaining({ flags: Flag.ACK, payload: "12345678" })]);
  expect(wire.writes).toBe(before + 1);
});

test("requests that come together are begun so many a turn, and none once the connection is gone", async () => {
  let begun = 0;
  const counted = () => {
    begun++;
    return { response: text("") };
  };
  const requests = Array.from({ length: 200 }, (_, at) => post(2 * at + 1, "")).join("");
  const wire = await Http2Wire.greeted({ answer: counted });
  wire.push(Buffer.from(requests, "latin1"));
  const perTurn = new Set<number>();
  while (begun < 200) {
    perTurn.add(begun);
    await nextTurn();
  }
  perTurn.add(begun);
  perTurn.delete(0);
  expect([...perTurn]).toEqual([REQUESTS_PER_TURN + 1, 2 * (REQUESTS_PER_TURN + 1), 3 * (REQUESTS_PER_TURN + 1), 200]);
  await wire.say(post(401, ""));
  expect([begun, wire.isPaused()]).toEqual([201, false]);
  const gone = await Http2Wire.greeted({ answer: counted });
  gone.push(Buffer.from(requests, "latin1"));
  while (begun === 201) await nextTurn();
  gone.destroy();
  await gone.turn();
  expect(begun).toBe(201 + REQUESTS_PER_TURN + 1);
});

test("answers that are made later come when they are there, in any order", async () => {
  const answers: ((answer: WireResponse) => void)[] = [];
  const wire = await Http2Wire.greeted({
    answer: () => ({ response: new Promise((resolve) => answers.push(resolve)) }),
  });
  await wire.say(post(1, "a") + post(3, "b"));
  answers[1]?.(text("second"));
  await wire.turn();
  expect(wire.answer(3)).toMatchObject({ body: "second", isWhole: true });
  expect(wire.of(HEADERS, 1)).toEqual([]);
  answers[0]?.(text("first", 400));
  await wire.turn();
  expect(wire.answer(1)).toEqual({ status: "400", body: "first", isWhole: true });
});

test("who resets a stream has hung up: nobody waits for it any more, and it is not answered", async () => {
  const heard: string[] = [];
  const answer = () => ({
    response: new Promise<WireResponse>(() => {}),
    abort: () => void heard.push("abort"),
    undelivered: () => void heard.push("undelivered"),
  });
  const wire = await Http2Wire.greeted({ answer });
  await wire.say(post(1, "a"));
  expect(heard).toEqual([]);
  await wire.say(frame(RST_STREAM, 0, 1, uint32(ErrorCode.CANCEL)));
  expect(heard).toEqual(["abort", "undelivered"]);
  expect(wire.isClosed).toBe(false);
});

test("who ends the connection has hung up on all streams", async () => {
  let aborted = 0;
  const answer = () => ({ response: new Promise<WireResponse>(() => {}), abort: () => void aborted++ });
  const wire = await Http2Wire.greeted({ answer });
  await wire.say(post(1, "a") + post(3, "a"));
  wire.destroy();
  await wire.turn();
  expect(aborted).toBe(2);
});

test("an exchange hears of an answer that did not leave", async () => {
  let undelivered = 0;
  const answer = () => ({ response: Promise.resolve(text("late")), undelivered: () => void undelivered++ });
  const wire = await Http2Wire.greeted({ answer });
  wire.isDeaf = true;
  await wire.say(post(1, "a"));
  expect(wire.answer(1).body).toBe("late");
  wire.destroy();
  await wire.turn();
  expect(undelivered).toBe(1);
});

test("the server goes away once the requests under way are answered, and takes no others", async () => {
  let answer: (answer: WireResponse) => void = () => {};
  const wire = await Http2Wire.greeted({
    answer: () => ({
      response: new Promise((resolve) => {
        answer = resolve;
      }),
    }),
  });
  await wire.say(post(1, "a"));
  wire.connection.close();
  await wire.say(post(3, "b"));
  expect(wire.of(GOAWAY)[0]?.payload).toBe(uint32(1, ErrorCode.NO_ERROR));
  expect(wire.resetCode(3)).toBe(ErrorCode.REFUSED_STREAM);
  answer(text("bye"));
  await wire.turn();
  expect(wire.answer(1)).toMatchObject({ body: "bye", isWhole: true });
  expect(wire.writableEnded).toBe(true);
});

test("a client that lowers the size of its table of fields is told that it gets none", async () => {
  const wire = await Http2Wire.greeted({}, [Setting.HEADER_TABLE_SIZE, 0]);
  await wire.say(post(1, "a") + post(3, "a"));
  expect(wire.of(HEADERS).map(({ payload }) => payload[0])).toEqual(["\x20", "\x88"]);
});

describe("what breaks the rules of a connection ends it", () => {
  const open = frame(HEADERS, HEAD, 1, postBlock({ "content-length": "5" }));
  test.for([
    ["no preface", "GET / HTTP/1.1\r\n\r\n", ErrorCode.PROTOCOL_ERROR],
    ["a frame before settings", PREFACE + frame(PING, 0, 0, "12345678"), ErrorCode.PROTOCOL_ERROR],
    ["DATA without a stream", `${PREFACE}${settings()}${frame(DATA, 0, 0)}`, ErrorCode.PROTOCOL_ERROR],
    ["DATA on a stream that is not open", `${PREFACE}${settings()}${frame(DATA, 0, 1, "a")}`, ErrorCode.PROTOCOL_ERROR],
    [
      "DATA on one that has ended",
      `${PREFACE}${settings()}${post(1, "a")}${frame(DATA, 0, 1, "a")}`,
      ErrorCode.STREAM_CLOSED,
    ],
    [
      "more padding than frame",
      `${PREFACE}${settings()}${open}${frame(DATA, Flag.PADDED, 1, "\x05abcd")}`,
      ErrorCode.PROTOCOL_ERROR,
    ],
    ["HEADERS on an even stream", `${PREFACE}${settings()}${post(2, "")}`, ErrorCode.PROTOCOL_ERROR],
    ["HEADERS on an older stream", `${PREFACE}${settings()}${post(5, "")}${post(3, "")}`, ErrorCode.PROTOCOL_ERROR],
    ["HEADERS on one that has ended", `${PREFACE}${settings()}${post(1, "")}${post(1, "")}`, ErrorCode.STREAM_CLOSED],
    [
      "a frame within a block",
      `${PREFACE}${settings()}${frame(HEADERS, 0, 1, "\x83")}${frame(PING, 0, 0, "12345678")}`,
      ErrorCode.PROTOCOL_ERROR,
    ],
    [
      "a DATA frame within a block",
      `${PREFACE}${settings()}${frame(HEADERS, 0, 1, "\x83")}${frame(DATA, 0, 1, "a")}`,
      ErrorCode.PROTOCOL_ERROR,
    ],
    ["CONTINUATION of nothing", `${PREFACE}${settings()}${frame(CONTINUATION, HEAD, 1, "")}`, ErrorCode.PROTOCOL_ERROR],
    ["PUSH_PROMISE", `${PREFACE}${settings()}${frame(PUSH_PROMISE, HEAD, 1, uint32(2))}`, ErrorCode.PROTOCOL_ERROR],
    ["a PING of 7 bytes", `${PREFACE}${settings()}${frame(PING, 0, 0, "1234567")}`, ErrorCode.FRAME_SIZE_ERROR],
    ["a setting of 5 bytes", `${PREFACE}${frame(SETTINGS, 0, 0, "12345")}`, ErrorCode.FRAME_SIZE_ERROR],
    [
      "an acknowledgement with settings",
      `${PREFACE}${settings()}${frame(SETTINGS, Flag.ACK, 0, "123456")}`,
      ErrorCode.FRAME_SIZE_ERROR,
    ],
    [
      "a window beyond 2^31",
      `${PREFACE}${settings([Setting.INITIAL_WINDOW_SIZE, 2 ** 31])}`,
      ErrorCode.FLOW_CONTROL_ERROR,
    ],
    [
      "a frame size below the least",
      `${PREFACE}${settings([Setting.MAX_FRAME_SIZE, 16_383])}`,
      ErrorCode.PROTOCOL_ERROR,
    ],
    ["a push that is neither on nor off", `${PREFACE}${settings([Setting.ENABLE_PUSH, 2])}`, ErrorCode.PROTOCOL_ERROR],
    [
      "a window widened by nothing",
      `${PREFACE}${settings()}${frame(WINDOW_UPDATE, 0, 0, uint32(0))}`,
      ErrorCode.PROTOCOL_ERROR,
    ],
    [
      "a window widened beyond 2^31",
      `${PREFACE}${settings()}${frame(WINDOW_UPDATE, 0, 0, uint32(2 ** 31 - 1))}`,
      ErrorCode.FLOW_CONTROL_ERROR,
    ],
    [
      "RST_STREAM of a stream that is not open",
      `${PREFACE}${settings()}${frame(RST_STREAM, 0, 1, uint32(0))}`,
      ErrorCode.PROTOCOL_ERROR,
    ],
    [
      "a block that cannot be read",
      `${PREFACE}${settings()}${frame(HEADERS, WHOLE, 1, "\x80")}`,
      ErrorCode.COMPRESSION_ERROR,
    ],
    ["a frame that is too long", `${PREFACE}${settings()}\0\x40\x01${"\0".repeat(6)}`, ErrorCode.FRAME_SIZE_ERROR],
  ] as const)("%s", async ([, octets, code]) => {
    const { lines, logger } = aLogger("info");
    const wire = new Http2Wire({ log: logger });
    await wire.say(octets);
    expect(wire.goAwayCode()).toBe(code);
    expect(wire.isClosed).toBe(true);
    expect(lines.filter(({ level }) => level === "info")).toHaveLength(1);
  });
});

describe("what breaks the rules of a stream ends that alone", () => {
  const open = (headers: Readonly<Record<string, string>>) => frame(HEADERS, HEAD, 1, postBlock(headers));
  test.for([
    ["a body longer than said", open({ "content-length": "2" }) + frame(DATA, 0, 1, "abc"), ErrorCode.PROTOCOL_ERROR],
    ["a body shorter than said", open({ "content-length": "4" }) + frame(DATA, 1, 1, "abc"), ErrorCode.PROTOCOL_ERROR],
    [
      "a body that is said and is not there",
      frame(HEADERS, WHOLE, 1, postBlock({ "content-length": "4" })),
      ErrorCode.PROTOCOL_ERROR,
    ],
    ["a length that is no number", open({ "content-length": "x" }), ErrorCode.PROTOCOL_ERROR],
    ["a header about the connection", open({ connection: "close" }), ErrorCode.PROTOCOL_ERROR],
    ["trailers it does not end with", open({}) + frame(HEADERS, HEAD, 1, ""), ErrorCode.PROTOCOL_ERROR],
    [
      "a window widened by nothing",
      open({ "content-length": "1" }) + frame(WINDOW_UPDATE, 0, 1, uint32(0)),
      ErrorCode.PROTOCOL_ERROR,
    ],
    [
      "a window widened beyond 2^31",
      open({ "content-length": "1" }) + frame(WINDOW_UPDATE, 0, 1, uint32(2 ** 31 - 1)),
      ErrorCode.FLOW_CONTROL_ERROR,
    ],
    [
      "a stream that depends on itself",
      open({ "content-length": "1" }) + frame(PRIORITY, 0, 1, `${uint32(1)}\0`),
      ErrorCode.PROTOCOL_ERROR,
    ],
    [
      "a priority of 4 bytes",
      open({ "content-length": "1" }) + frame(PRIORITY, 0, 1, uint32(3)),
      ErrorCode.FRAME_SIZE_ERROR,
    ],
    ["a method with a blank", frame(HEADERS, WHOLE, 1, postBlock({ ":method": "GET /" })), ErrorCode.PROTOCOL_ERROR],
  ] as const)("%s", async ([, octets, code]) => {
    const wire = await Http2Wire.greeted();
    await wire.say(octets + post(3, "next"));
    expect(wire.resetCode(1)).toBe(code);
    expect(wire.answer(3)).toMatchObject({ status: "200", isWhole: true });
    expect(wire.of(GOAWAY)).toEqual([]);
  });

  test("what follows on one that the server has ended is dropped", async () => {
    const wire = await Http2Wire.greeted();
    await wire.say(open({ "content-length": "1" }) + frame(DATA, 0, 1, "abc"));
    await wire.say(
      frame(DATA, 0, 1, "abc") + frame(HEADERS, WHOLE, 1, "") + frame(RST_STREAM, 0, 1, uint32(8)) + post(3, "a"),
    );
    expect(wire.answer(3).isWhole).toBe(true);
    expect(wire.of(GOAWAY)).toEqual([]);
  });

  test("more streams than there may be are refused, to be tried again", async () => {
    const wire = await Http2Wire.greeted({ answer: () => ({ response: new Promise<WireResponse>(() => {}) }) });
    await wire.say(Array.from({ length: 1001 }, (_, at) => post(2 * at + 1, "")).join(""));
    expect(wire.of(RST_STREAM)).toEqual([
      expect.objectContaining({ streamId: 2001, payload: uint32(ErrorCode.REFUSED_STREAM) }),
    ]);
  });
});

test("padding and priorities are passed over, trailers too", async () => {
  const wire = await Http2Wire.greeted();
  const block = postBlock({ "content-length": "5", "x-amz-target": "T" });
  const flags = HEAD | Flag.PADDED | Flag.PRIORITY;
  await wire.say(frame(HEADERS, flags, 1, `\x03${uint32(0)}\x10${block}\0\0\0`));
  await wire.say(
    frame(DATA, Flag.PADDED, 1, "\x02hel\0\0") + frame(DATA, 0, 1, "lo") + frame(HEADERS, WHOLE, 1, "\0\x01a\x01b"),
  );
  expect(wire.answer(1)).toEqual({ status: "200", body: "/ T hello", isWhole: true });
});

describe("floods are cut off:", () => {
  const many = (count: number, one: string) => one.repeat(count);
  test.for([
    ["cancelled requests", (at: number) => post(2 * at + 1, "") + frame(RST_STREAM, 0, 2 * at + 1, uint32(8)), 1000],
    ["requests that are none", (at: number) => frame(HEADERS, WHOLE, 2 * at + 1, "\x82"), 1000],
    ["pings", () => frame(PING, 0, 0, "12345678"), CHORES.most],
    ["settings", () => settings(), CHORES.most],
    ["empty pieces of a body", () => frame(DATA, 0, 1), CHORES.most],
    ["priorities", () => frame(PRIORITY, 0, 1, `${uint32(3)}\0`), CHORES.most],
  ] as const)("%s", async ([what, one, most]) => {
    const wire = await Http2Wire.greeted();
    if (what.startsWith("empty")) await wire.say(frame(HEADERS, HEAD, 1, postBlock({ "content-length": "1" })));
    const all = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => one(from + at)).join("");
    await wire.say(all(0, most - 1));
    expect(wire.of(GOAWAY)).toEqual([]);
    await wire.say(all(most - 1, most + 2));
    expect(wire.goAwayCode()).toBe(ErrorCode.ENHANCE_YOUR_CALM);
  });

  test("a block of headers in very many frames, or one that is very long", async () => {
    for (const part of ["", "\0\x01a\x01b".repeat(3000)]) {
      const wire = await Http2Wire.greeted();
      await wire.say(frame(HEADERS, 0, 1, postBlock({})) + many(70, frame(CONTINUATION, 0, 1, part)));
      expect(wire.goAwayCode()).toBe(ErrorCode.ENHANCE_YOUR_CALM);
    }
  });

  test("a head beyond 64 KiB is answered with 431, be it ever so short on the wire", async () => {
    const wire = await Http2Wire.greeted();
    const block = `${postBlock({ "content-length": "0" })}\x40\x01a\x7f\xd1\x0e${"x".repeat(2000)}${"\xbe".repeat(40)}`;
    await wire.say(frame(HEADERS, WHOLE, 1, block) + post(3, "next"));
    expect(wire.answer(1)).toMatchObject({ status: "431", isWhole: true });
    expect(wire.answer(3).status).toBe("200");
  });
});

describe("slow clients", () => {
  test("that do not finish a frame in a minute are hung up on", async () => {
    const wire = await Http2Wire.greeted();
    await wire.say("\0\0\x08\x06");
    wire.clock.advance(60_000);
    await wire.turn();
    wire.clock.advance(60_000);
    await wire.turn();
    expect(wire.goAwayCode()).toBe(ErrorCode.ENHANCE_YOUR_CALM);
  });

  test("that do not finish a request in five minutes are answered with 408", async () => {
    const wire = await Http2Wire.greeted();
    await wire.say(frame(HEADERS, HEAD, 1, postBlock({ "content-length": "5" })) + frame(DATA, 0, 1, "abc"));
    for (let minute = 0; minute < 6; minute++) wire.clock.advance(60_000);
    await wire.turn();
    expect(wire.answer(1)).toMatchObject({ status: "408", isWhole: true });
    expect(wire.resetCode(1)).toBe(ErrorCode.NO_ERROR);
    await wire.say(post(3, "next"));
    expect(wire.answer(3).status).toBe("200");
  });

  test("are not those that wait for their answer", async () => {
    const wire = await Http2Wire.greeted({ answer: () => ({ response: new Promise<WireResponse>(() => {}) }) });
    await wire.say(post(1, "a"));
    wire.emit("timeout");
    await wire.turn();
    expect(wire.isClosed).toBe(false);
  });

  test("that are idle are told so, and hung up on", async () => {
    const wire = await Http2Wire.greeted();
    wire.emit("timeout");
    await wire.turn();
    expect(wire.goAwayCode()).toBe(ErrorCode.NO_ERROR);
    expect(wire.isClosed).toBe(true);
  });

  test("that do not take their answer are idle", async () => {
    const wire = await Http2Wire.greeted({}, [Setting.INITIAL_WINDOW_SIZE, 1]);
    await wire.say(post(1, "a"));
    expect(wire.answer(1).body).toBe("/");
    wire.emit("timeout");
    await wire.turn();
    expect(wire.isClosed).toBe(true);
  });
});

test("a body that is longer than every stream's window is let come", async () => {
  const wire = await Http2Wire.greeted();
  const length = STREAM_WINDOW_BYTES + 5;
  await wire.say(frame(HEADERS, HEAD, 1, postBlock({ "content-length": String(length) })));
  expect(wire.of(WINDOW_UPDATE, 1)).toEqual([expect.objectContaining({ payload: uint32(5) })]);
  for (let sent = 0; sent < length; sent += 16_000) {
    const isLast = sent + 16_000 >= length;
    await wire.say(frame(DATA, isLast ? Flag.END_STREAM : 0, 1, "x".repeat(isLast ? length - sent : 16_000)));
  }
  await wire.say(frame(WINDOW_UPDATE, 0, 0, uint32(10 * length)) + frame(WINDOW_UPDATE, 0, 1, uint32(10 * length)));
  expect(wire.answer(1).body.length).toBeGreaterThan(length);
});

test("more of a body than the window of its stream is refused", async () => {
  const wire = await Http2Wire.greeted();
  await wire.say(frame(HEADERS, HEAD, 1, postBlock({ ":method": "PUT" })));
  for (let sent = 0; sent <= STREAM_WINDOW_BYTES; sent += 16_384) await wire.say(frame(DATA, 0, 1, "x".repeat(16_384)));
  expect(wire.resetCode(1)).toBe(ErrorCode.FLOW_CONTROL_ERROR);
});
