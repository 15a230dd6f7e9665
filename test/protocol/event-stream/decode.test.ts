import { crc32 } from "node:zlib";
import { EventStreamCodec, Int64, type MessageHeaders, type MessageHeaderValue } from "@smithy/core/event-streams";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeFrame, decodeFrames, type Frame } from "../../../src/protocol/event-stream/decode.ts";
import { encodeFrame } from "../../../src/protocol/event-stream/encode.ts";
import { FrameError } from "../../../src/protocol/event-stream/frame.ts";

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString("utf8"),
  (text) => Buffer.from(text, "utf8"),
);

const TEXT = fc.string({ unit: "grapheme" });
const NAME = fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 }).filter((name) => name !== "__proto__");
const BYTES = fc.uint8Array().map((bytes) => new Uint8Array(bytes));

/** A header as the SDK's codec has it, and what is read of it. */
type HeaderCase = readonly [given: MessageHeaderValue, read: unknown];

const HEADER: fc.Arbitrary<HeaderCase> = fc.oneof(
  fc.boolean().map((value): HeaderCase => [{ type: "boolean", value }, value]),
  fc.integer({ min: -128, max: 127 }).map((value): HeaderCase => [{ type: "byte", value }, value]),
  fc.integer({ min: -32768, max: 32767 }).map((value): HeaderCase => [{ type: "short", value }, value]),
  fc.integer().map((value): HeaderCase => [{ type: "integer", value }, value]),
  fc.maxSafeInteger().map((value): HeaderCase => [{ type: "long", value: Int64.fromNumber(value) }, BigInt(value)]),
  BYTES.map((value): HeaderCase => [{ type: "binary", value }, value]),
  TEXT.map((value): HeaderCase => [{ type: "string", value }, value]),
  fc.date({ noInvalidDate: true }).map((value): HeaderCase => [{ type: "timestamp", value }, BigInt(value.valueOf())]),
  fc.uuid().map((value): HeaderCase => [{ type: "uuid", value }, value]),
);

describe("the SDK's own codec", () => {
  test("reads what is written", () => {
    fc.assert(
      fc.property(fc.dictionary(NAME, TEXT, { noNullPrototype: true }), BYTES, (headers, payload) => {
        const message = codec.decode(encodeFrame(headers, payload));
        const texts = Object.entries(message.headers).map(([name, { value }]) => [name, value]);
        expect(Object.fromEntries(texts)).toEqual(headers);
        expect(new Uint8Array(message.body)).toEqual(payload);
      }),
    );
  });

  test("writes what is read, in every type of header", () => {
    fc.assert(
      fc.property(fc.dictionary(NAME, HEADER, { noNullPrototype: true }), BYTES, (cases, body) => {
        const given: MessageHeaders = {};
        for (const [name, [header]] of Object.entries(cases)) given[name] = header;
        const { headers, payload } = decodeFrame(Buffer.from(codec.encode({ headers: given, body })));
        expect(headers).toEqual(Object.fromEntries(Object.entries(cases).map(([name, [, read]]) => [name, read])));
        expect(new Uint8Array(payload)).toEqual(body);
      }),
    );
  });
});

async function* chunksOf(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  yield bytes.subarray(at);
}

async function framesIn(bytes: Buffer, sizes: readonly number[] = []): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of decodeFrames(chunksOf(bytes, sizes))) frames.push(frame);
  return frames;
}

describe("a stream of frames", () => {
  test("is read however it is cut", async () => {
    const texts = fc.array(fc.string({ maxLength: 50 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.nat(60)), async (payloads, sizes) => {
        const bytes = Buffer.concat(payloads.map((payload) => encodeFrame({ a: "b" }, payload)));
        const frames = await framesIn(bytes, sizes);
        expect(frames.map(({ payload }) => payload.toString())).toEqual(payloads);
      }),
    );
  });

  test("yields a frame as soon as it is complete", async () => {
    const frame = encodeFrame({}, "first");
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield frame;
      throw new Error("asked for more");
    }
    const { value } = await decodeFrames(endless()).next();
    expect(value?.payload.toString()).toBe("first");
  });

  test.for([1, 11, 12, 15])("that ends %d bytes into a frame is refused", async (length) => {
    const frame = encodeFrame({}, "");
    await expect(framesIn(Buffer.concat([frame, frame.subarray(0, length)]))).rejects.toThrow(FrameError);
  });

  test("is refused when its end is missing", async () => {
    await expect(framesIn(encodeFrame({}, "abc").subarray(0, -1))).rejects.toThrow("The stream ends within a frame.");
  });
});

/** A prelude with a proper CRC, and whatever follows. */
function withPrelude(totalBytes: number, headersBytes: number, rest: Uint8Array = new Uint8Array()): Buffer {
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(totalBytes, 0);
  prelude.writeUInt32BE(headersBytes, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  return Buffer.concat([prelude, rest]);
}

/** A whole frame with proper CRCs around headers that may be anything. */
function withHeaders(headers: Buffer): Buffer {
  const frame = withPrelude(16 + headers.length, headers.length, headers);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(frame));
  return Buffer.concat([frame, crc]);
}

describe("bytes that are no frame are refused", () => {
  const frame = encodeFrame({ ":message-type": "event" }, "payload");

  test.for(Array.from(frame.keys()))("with byte %d damaged", (at) => {
    const damaged = Buffer.from(frame);
    damaged[at] = damaged[at]! ^ 0x10;
    expect(() => decodeFrame(damaged)).toThrow(FrameError);
  });

  test.for(Array.from(frame.keys()))("cut to %d bytes", (length) => {
    expect(() => decodeFrame(frame.subarray(0, length))).toThrow(FrameError);
  });

  test("with a byte too many", () => {
    expect(() => decodeFrame(Buffer.concat([frame, Buffer.alloc(1)]))).toThrow(FrameError);
  });

  // The limits of the SDKs: 128 KiB of headers, 24 MiB of payload.
  test.for([
    ["shorter than its own frame", 15, 0],
    ["shorter than its headers", 16, 1],
    ["with too many headers", 16 + 131073, 131073],
    ["with too much payload", 16 + 25165825, 0],
    ["as long as can be", 0xffffffff, 0],
    ["with headers as long as can be", 0xffffffff, 0xffffffff],
  ] as const)("%s, before any more is awaited", async ([, totalBytes, headersBytes]) => {
    await expect(framesIn(withPrelude(totalBytes, headersBytes))).rejects.toThrow("lengths that cannot be");
  });

  test.for([
    ["with as many headers as may be", 16 + 131072, 131072],
    ["with as much payload as may be", 16 + 25165824, 0],
  ] as const)("%s, but only for its end", async ([, totalBytes, headersBytes]) => {
    await expect(framesIn(withPrelude(totalBytes, headersBytes))).rejects.toThrow("ends within a frame");
  });

  test.for([
    ["a name longer than the headers", "05 61"],
    ["no type after the name", "01 61"],
    ["a type that does not exist", "01 61 0a"],
    ["an integer cut short", "01 61 04 000000"],
    ["a text without its length", "01 61 07 00"],
    ["a text longer than the headers", "01 61 07 0002 61"],
    ["a UUID cut short", "01 61 09 00112233445566778899aabbccddee"],
  ] as const)("with %s", ([, hex]) => {
    expect(() => decodeFrame(withHeaders(Buffer.from(hex.replaceAll(" ", ""), "hex")))).toThrow(FrameError);
  });

  test("or read, whatever the headers are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (headers) => {
        try {
          decodeFrame(withHeaders(Buffer.from(headers)));
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("or read, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        await framesIn(Buffer.from(bytes)).catch((error) => expect(error).toBeInstanceOf(FrameError));
      }),
    );
  });
});

test("a header called __proto__ is a header like any other", () => {
  const headers = JSON.parse('{"__proto__":"x"}');
  expect(Object.entries(decodeFrame(encodeFrame(headers, "")).headers)).toEqual([["__proto__", "x"]]);
});
