import fc from "fast-check";
import { expect, test } from "vitest";
import { Flag, FrameType } from "../../../src/server/http2/frame/frame.ts";
import { FrameReader } from "../../../src/server/http2/frame/frame-reader.ts";
import { frameHead, headersFrames } from "../../../src/server/http2/frame/frame-text.ts";

/** The frames in pieces of bytes, pieces of one DATA frame put together. */
function framesIn(pieces: readonly Buffer[]): readonly string[] {
  const frames: string[] = [];
  let body = "";
  const reader: FrameReader = new FrameReader({
    take: (type, flags, streamId, payload) =>
      void frames.push(`${type} ${flags} ${streamId} ${payload.toString("latin1")}`),
    takeData: (streamId, piece, flags) => {
      body += piece.toString("latin1");
      if (reader.isInFrame) return;
      frames.push(`0 ${flags} ${streamId} ${body}`);
      body = "";
    },
  });
  for (const piece of pieces) reader.read(piece);
  return frames;
}

const aFrame = fc.record({
  type: fc.integer({ min: 0, max: 12 }),
  flags: fc.constantFrom(0, Flag.END_STREAM, Flag.PADDED, Flag.END_HEADERS),
  streamId: fc.constantFrom(0, 1, 0x7fffffff),
  payload: fc.string({ unit: "binary-ascii", maxLength: 40 }),
});

test("however bytes are cut, their frames are the same", () => {
  const property = fc.property(fc.array(aFrame, { minLength: 1 }), fc.array(fc.nat()), (frames, places) => {
    const bytes = Buffer.from(
      frames
        .map(({ type, flags, streamId, payload }) => frameHead(payload.length, type, flags, streamId) + payload)
        .join(""),
      "latin1",
    );
    const cuts = [...new Set(places.map((place) => place % bytes.length))].sort((one, other) => one - other);
    const pieces = [...cuts, bytes.length].map((end, index) => bytes.subarray(cuts[index - 1] ?? 0, end));
    const told = frames.map(({ type, flags, streamId, payload }) => `${type} ${flags} ${streamId} ${payload}`);
    expect(framesIn(pieces)).toEqual(told);
  });
  fc.assert(property, { numRuns: 500, seed: 20_260_101 });
});

test.for([
  [16_384, false],
  [16_385, true],
] as const)("a frame of %i bytes is too long: %s", ([length, isTooLong]) => {
  const read = () => framesIn([Buffer.from(frameHead(length, FrameType.HEADERS, 0, 1), "latin1")]);
  if (isTooLong) expect(read).toThrow("a frame of 16385 bytes");
  else expect(read()).toEqual([]);
});

test("a block of headers longer than a frame goes on in others", () => {
  const frames = framesIn([Buffer.from(headersFrames(1, "abcdefgh", true, 3), "latin1")]);
  expect(frames).toEqual([
    `${FrameType.HEADERS} ${Flag.END_STREAM} 1 abc`,
    `${FrameType.CONTINUATION} 0 1 def`,
    `${FrameType.CONTINUATION} ${Flag.END_HEADERS} 1 gh`,
  ]);
});
