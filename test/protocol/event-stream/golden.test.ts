import { expect, test } from "vitest";
import { decodeFrame } from "../../../src/protocol/event-stream/decode.ts";
import { encodeFrame } from "../../../src/protocol/event-stream/encode.ts";
import { casesIn } from "../fixture.ts";

interface FrameCase {
  readonly title: string;
  readonly source: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string | Buffer;
  readonly frame: Buffer;
}

const cases = casesIn<FrameCase>("event-stream");

test.for(cases)("headers and payload to a frame: $title", ({ headers, payload, frame }) => {
  expect(encodeFrame(headers, payload)).toEqual(frame);
});

test.for(cases)("a frame to headers and payload: $title", ({ headers, payload, frame }) => {
  expect(decodeFrame(frame)).toEqual({ headers, payload: Buffer.from(payload) });
});
