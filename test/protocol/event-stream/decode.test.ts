import { EventStreamCodec, Int64, type MessageHeaders } from "@smithy/core/event-streams";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeFrame, decodeFrames } from "../../../src/protocol/event-stream/decode.ts";
import { encodeFrame } from "../../../src/protocol/event-stream/encode.ts";
import { FrameError } from "../../../src/protocol/event-stream/frame.ts";

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString("utf8"),
  (text) => Buffer.from(text, "utf8"),
);

const headerName = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((name) => name !== "__proto__");
const textHeaders = fc.dictionary(headerName, fc.string({ unit: "grapheme" }), { maxKeys: 5, noNullPrototype: true });

describe("the SDK's own codec", () => {
  test("reads what is written", () => {
    fc.assert(
      fc.property(textHeaders, fc.uint8Array(), (headers, payload) => {
        const message = codec.decode(encodeFrame(headers, payload));
        const texts = Object.entries(message.headers).map(([name, { value }]) => [name, value]);
        expect(Object.fromEntries(texts)).toEqual(headers);
        expect([...message.body]).toEqual([...payload]);
      }),
    );
  });

  test("writes what is read", () => {
    const written: MessageHeaders = {
      yes: { type: "boolean", value: true },
      no: { type: "boolean", value: false },
      byte: { type: "byte", value: -128 },
      short: { type: "short", value: -32768 },
      integer: { type: "integer", value: -2147483648 },
      long: { type: "long", value: Int64.fromNumber(-4294967297) },
      binary: { type: "binary", value: new Uint8Array([0, 255]) },
      string: { type: "string", value: "水" },
      timestamp: { type: "timestamp", value: new Int64Instant(1700000000123) },
      uuid: { type: "uuid", value: "b47d26e1-3932-48f5-b56c-38d7813fce4a" },
    };
    const { headers, payload } = decodeFrame(Buffer.from(codec.encode({ headers: written, body: Buffer.from("{}") })));
    expect(headers).toEqual({
      yes: true,
      no: false,
      byte: -128,
      short: -32768,
      integer: -2147483648,
      long: -4294967297n,
      binary: new Uint8Array([0, 255]),
      string: "水",
      timestamp: 1700000000123n,
      uuid: "b47d26e1-3932-48f5-b56c-38d7813fce4a",
    });
    expect(payload.toString()).toBe("{}");
  });
});
