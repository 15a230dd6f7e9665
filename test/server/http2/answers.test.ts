import { describe, expect, test } from "vitest";
import type { WireRequest, WireResponse } from "../../../src/protocol/protocol.ts";
import { ErrorCode, Flag, FrameType, Setting } from "../../../src/server/http2/frame/frame.ts";
import { WAITING_ANSWERS_BYTES } from "../../../src/server/http2/limits.ts";
import { text } from "../../support/a-server.ts";
import { frame, Http2Wire, post, uint32 } from "../../support/http2-wire.ts";

const { DATA, HEADERS, RST_STREAM, WINDOW_UPDATE } = FrameType;
const WIDE = frame(WINDOW_UPDATE, 0, 0, uint32(2 ** 30));

const widened = (streamId: number, bytes: number) => frame(WINDOW_UPDATE, 0, streamId, uint32(bytes));

/** Answers with what the target asks for. */
function bodyFor({ headers }: WireRequest): string {
  return "abcdefghij".repeat(Number(headers["x-amz-target"]) / 10);
}

const sized = (streamId: number, bytes: number) => post(streamId, "", { "x-amz-target": String(bytes) });

describe("a body is sent as far as the client takes it", () => {
  test.for([
    ["text", (body: string): WireResponse["body"] => body],
    ["bytes", (body: string): WireResponse["body"] => Buffer.from(body)],
    ["text that is not ASCII", (body: string): WireResponse["body"] => body.replaceAll("a", "é")],
  ] as const)("of %s", async ([, made]) => {
    const answer = (request: WireRequest) => ({ response: { ...text(""), body: made(bodyFor(request)) } });
    for (const bytes of [0, 10, 1_000, 9_000, 20_000, 40_000, 200_000]) {
      const wire = await Http2Wire.greeted({ answer }, [Setting.INITIAL_WINDOW_SIZE, 100]);
      await wire.say(WIDE + sized(1, bytes));
      const expected = Buffer.from(made("abcdefghij".repeat(bytes / 10)) as string).toString("latin1");
      expect(wire.answer(1)).toEqual({ status: "200", body: expected.slice(0, 100), isWhole: expected.length <= 100 });
      await wire.say(widened(1, 7));
      expect(wire.answer(1).body).toBe(expected.slice(0, 107));
      await wire.say(widened(1, 1_000_000));
      expect(wire.answer(1)).toEqual({ status: "200", body: expected, isWhole: true });
      const longest = Math.max(0, ...wire.of(DATA).map(({ payload }) => payload.length));
      expect(longest).toBeLessThanOrEqual(16_384);
    }
  });

  const answer = (request: WireRequest) => ({ response: text(bodyFor(request)) });

  test("in longer frames to who takes them", async () => {
    const wire = await Http2Wire.greeted(
      { answer },
      [Setting.MAX_FRAME_SIZE, 16_385],
      [Setting.INITIAL_WINDOW_SIZE, 60_000],
    );
    await wire.say(sized(1, 50_000));
    expect(wire.of(DATA).map(({ payload }) => payload.length)).toEqual([16_385, 16_385, 16_385, 845]);
  });

  test("of all streams together: none is left out when there is room again", async () => {
    const wire = await Http2Wire.greeted({ answer });
    await wire.say(sized(1, 60_000) + sized(3, 60_000) + sized(5, 60_000));
    expect(wire.answer(1).isWhole).toBe(true);
    expect([wire.answer(3).body.length, wire.answer(5).body.length]).toEqual([5_535, 0]);
    await wire.say(widened(0, 100_000));
    expect([wire.answer(3).isWhole, wire.answer(5).body.length]).toEqual([true, 45_535]);
    await wire.say(widened(0, 100_000));
    expect(wire.answer(5).isWhole).toBe(true);
  });

  test("one that waits for its own window holds up no other", async () => {
    const wire = await Http2Wire.greeted({ answer }, [Setting.INITIAL_WINDOW_SIZE, 10]);
    await wire.say(sized(1, 1_000) + sized(3, 10));
    expect([wire.answer(1).body.length, wire.answer(3).isWhole]).toEqual([10, true]);
  });

  test("windows that get smaller than what was sent have to become larger again first", async () => {
    const wire = await Http2Wire.greeted({ answer }, [Setting.INITIAL_WINDOW_SIZE, 100]);
    await wire.say(sized(1, 1_000));
    await wire.say(frame(FrameType.SETTINGS, 0, 0, `\0\x04${uint32(40)}`) + widened(1, 60));
    expect(wire.answer(1).body).toHaveLength(100);
    await wire.say(widened(1, 1));
    expect(wire.answer(1).body).toHaveLength(101);
    await wire.say(frame(FrameType.SETTINGS, 0, 0, `\0\x04${uint32(20_000)}`));
    expect(wire.answer(1).isWhole).toBe(true);
  });

  test("no more of it is written than the socket takes", async () => {
    const wire = await Http2Wire.greeted({ answer }, [Setting.INITIAL_WINDOW_SIZE, 2 ** 30]);
    wire.isDeaf = true;
    await wire.say(WIDE + sized(1, 3_000_000));
    expect(wire.answer(1).body.length + wire.writableLength).toBeLessThan(300_000);
    await wire.listen();
    for (let turn = 0; turn < 60 && !wire.answer(1).isWhole; turn++) await wire.turn();
    expect(wire.answer(1)).toMatchObject({ body: "abcdefghij".repeat(300_000), isWhole: true });
  });

  test("its stream can be reset in the middle", async () => {
    const wire = await Http2Wire.greeted({ answer }, [Setting.INITIAL_WINDOW_SIZE, 100]);
    await wire.say(sized(1, 1_000));
    await wire.say(frame(RST_STREAM, 0, 1, uint32(ErrorCode.CANCEL)) + widened(1, 100) + sized(3, 10));
    expect(wire.answer(1).body).toHaveLength(100);
    expect(wire.answer(3).isWhole).toBe(true);
  });

  test("with very much that the client does not take, its next requests wait", async () => {
    let asked = 0;
    const large = "x".repeat(WAITING_ANSWERS_BYTES / 4);
    const wire = await Http2Wire.greeted({ answer: () => ({ response: text(`${++asked}${large}`) }) });
    await wire.say(Array.from({ length: 8 }, (_, at) => post(2 * at + 1, "a")).join(""));
    expect(asked).toBe(5);
    await wire.say(frame(RST_STREAM, 0, 3, uint32(8)) + frame(RST_STREAM, 0, 13, uint32(8)));
    expect(asked).toBe(6);
    await wire.say(frame(RST_STREAM, 0, 1, uint32(8)) + frame(RST_STREAM, 0, 5, uint32(8)));
    expect(asked).toBe(7);
  });
});

describe("a body made on the way", () => {
  /** Pieces that are made when they are asked for, and what became of it. */
  function made(count: number, bytes: number) {
    const state = { made: 0, isOver: false };
    async function* pieces() {
      try {
        for (; state.made < count; state.made++) yield Buffer.alloc(bytes, String(state.made));
      } finally {
        state.isOver = true;
      }
    }
    return { state, answer: () => ({ response: { status: 200, headers: {}, body: pieces() } }) };
  }

  test("has no length, and ends when it does", async () => {
    const { answer } = made(3, 2);
    const wire = await Http2Wire.greeted({ answer });
    await wire.say(post(1, "a"));
    expect(wire.answer(1)).toEqual({ status: "200", body: "001122", isWhole: true });
    expect(wire.of(HEADERS)[0]?.fields.join()).not.toContain("content-length");
    expect(wire.of(DATA).at(-1)).toMatchObject({ payload: "", flags: Flag.END_STREAM });
  });

  test("is made as the client takes it", async () => {
    const { answer, state } = made(9, 10);
    const wire = await Http2Wire.greeted({ answer }, [Setting.INITIAL_WINDOW_SIZE, 15]);
    await wire.say(post(1, "a"));
    expect([state.made, wire.answer(1).body.length]).toEqual([1, 15]);
    await wire.say(widened(1, 5));
    expect([state.made, wire.answer(1).body.length]).toEqual([2, 20]);
    await wire.say(widened(1, 1_000));
    expect(wire.answer(1)).toMatchObject({ isWhole: true });
    expect(state.isOver).toBe(true);
  });

  test("is not made any more for who resets the stream", async () => {
    const { answer, state } = made(9, 10);
    const wire = await Http2Wire.greeted({ answer }, [Setting.INITIAL_WINDOW_SIZE, 15]);
    await wire.say(post(1, "a"));
    await wire.say(frame(RST_STREAM, 0, 1, uint32(ErrorCode.CANCEL)));
    expect(state).toEqual({ made: 1, isOver: true });
  });

  test("that fails breaks off", async () => {
    // biome-ignore lint/correctness/useYield: it fails before it has anything
    async function* failing(): AsyncGenerator<Uint8Array> {
      throw new Error("a mistake of ours");
    }
    const wire = await Http2Wire.greeted({
      answer: () => ({ response: { status: 200, headers: {}, body: failing() } }),
    });
    await wire.say(post(1, "a"));
    expect(wire.resetCode(1)).toBe(ErrorCode.INTERNAL_ERROR);
    expect(wire.isClosed).toBe(false);
  });
});

test("a head longer than a frame goes on in others", async () => {
  const long = "x".repeat(20_000);
  const wire = await Http2Wire.greeted({
    answer: () => ({ response: { ...text("ok"), headers: { "X-Long": long } } }),
  });
  await wire.say(post(1, "a"));
  expect(wire.heard.filter(({ streamId }) => streamId === 1).map(({ type, flags }) => [type, flags])).toEqual([
    [HEADERS, 0],
    [FrameType.CONTINUATION, Flag.END_HEADERS],
    [DATA, Flag.END_STREAM],
  ]);
});

test.for([
  ["unanswered", ""],
  ["midway", "half "],
] as const)("a connection that is to end %s ends as a whole", async ([hangUp, body]) => {
  const wire = await Http2Wire.greeted({ answer: () => ({ hangUp, response: text("half of it") }) });
  await wire.say(post(1, "a") + post(3, "b"));
  expect(wire.answer(1)).toMatchObject({ body, isWhole: false });
  expect(wire.of(HEADERS, 3)).toEqual([]);
  expect(wire.isClosed).toBe(true);
});
