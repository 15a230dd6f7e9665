import { createServer } from "node:http";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ErrorCode, FrameType, Setting } from "../../src/server/http2/frame/frame.ts";
import { frame, type Heard, Http2Wire, PREFACE, post, postBlock, settings, uint32 } from "../support/http2-wire.ts";

/* Whatever comes on a connection of HTTP/2, it is answered or ended, and says nothing that is no HTTP/2. */

const octet = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const noise = fc.string({ unit: octet, maxLength: 60 });
const streamId = fc.constantFrom(0, 1, 1, 1, 3, 3, 5, 2, 0x7fffffff);
const block = fc.oneof(
  fc.constantFrom(
    postBlock({ "content-length": "5" }),
    postBlock({}),
    postBlock({ ":method": "GET" }),
    postBlock({ ":method": "CONNECT" }),
    postBlock({ "content-length": "5", cookie: "a", te: "trailers", expect: "100-continue" }),
    postBlock({ "transfer-encoding": "chunked" }),
    postBlock({ ":path": "/a b?c#d" }),
    "\x82\x87\x84",
    "\x40\x01a\x01b",
    "\xbe",
  ),
  noise,
);
const aFrame = fc.oneof(
  fc
    .tuple(streamId, block, fc.constantFrom(0, 1, 4, 4, 5, 5, 5, 12, 36))
    .map(([id, text, flags]) => frame(FrameType.HEADERS, flags, id, text)),
  fc
    .tuple(streamId, block, fc.constantFrom(0, 4))
    .map(([id, text, flags]) => frame(FrameType.CONTINUATION, flags, id, text)),
  fc
    .tuple(streamId, fc.constantFrom("", "hello", "he", "llo", "\x02abcd"), fc.constantFrom(0, 1, 8, 9))
    .map(([id, text, flags]) => frame(FrameType.DATA, flags, id, text)),
  fc
    .tuple(streamId, fc.constantFrom(0, 1, 100, 65_536, 2 ** 31 - 1))
    .map(([id, bytes]) => frame(FrameType.WINDOW_UPDATE, 0, id, uint32(bytes))),
  streamId.map((id) => frame(FrameType.RST_STREAM, 0, id, uint32(ErrorCode.CANCEL))),
  fc
    .tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 99), fc.constantFrom(0, 1, 10, 16_384, 100_000, 2 ** 31))
    .map((pair) => settings(pair)),
  streamId.map((id) => post(id, "hello", { "x-amz-target": "T" })),
  fc
    .tuple(fc.integer({ min: 0, max: 12 }), octet, streamId, noise)
    .map(([type, flags, id, text]) => frame(type, flags.charCodeAt(0), id, text)),
  noise,
);
const octets = fc.array(aFrame, { maxLength: 12 }).map((frames) => frames.join(""));

/** A connection behind which node:http serves what SDKs do not send. */
function aWire(): Http2Wire {
  const node = createServer((request, response) => {
    request.resume();
    response.end(request.method);
  });
  return new Http2Wire({ serveHttp1: (connection) => void node.emit("connection", connection) });
}

/** What was heard but for the time, and the frames that say how much of a body was taken, which depends on how it came. */
const told = ({ heard }: Http2Wire): readonly Heard[] =>
  heard
    .filter(({ type }) => type !== FrameType.WINDOW_UPDATE)
    .map((each) => ({
      ...each,
      payload: each.fields.length > 0 ? "" : each.payload,
      fields: each.fields.filter((field) => !field.startsWith("date: ")),
    }));

/** Whether the connection still answers, or has been ended, if need be for what never comes whole. */
async function isServedOrEnded(wire: Http2Wire): Promise<boolean> {
  await wire.say(frame(FrameType.PING, 0, 0, "12345678"));
  const isAlive = () => wire.of(FrameType.PING).some(({ payload }) => payload === "12345678");
  for (let look = 0; look < 4 && !isAlive() && !wire.isClosed; look++) {
    wire.clock.advance(60_000);
    await wire.turn();
  }
  const isFine = isAlive() || wire.isClosed;
  wire.destroy();
  return isFine;
}

test("frames that are noise are answered or end the connection", async () => {
  const property = fc.asyncProperty(octets, async (said) => {
    const wire = aWire();
    await wire.say(PREFACE + settings() + said);
    expect(await isServedOrEnded(wire)).toBe(true);
  });
  await fc.assert(property, { numRuns: 1_500, seed: 20_260_101 });
});

test("however bytes are cut, they are answered alike", async () => {
  const property = fc.asyncProperty(octets, fc.array(fc.nat(), { maxLength: 6 }), async (said, places) => {
    const all = PREFACE + settings([Setting.INITIAL_WINDOW_SIZE, 20]) + said;
    const cuts = [...new Set(places.map((place) => place % all.length))].sort((one, other) => one - other);
    const [whole, cut] = [aWire(), aWire()];
    for (const piece of [...cuts, all.length].map((end, at) => all.slice(cuts[at - 1] ?? 0, end))) {
      if (piece !== "") cut.push(Buffer.from(piece, "latin1"));
    }
    whole.push(Buffer.from(all, "latin1"));
    await Promise.all([whole.turn(), cut.turn()]);
    const order = (one: Heard, other: Heard) => one.streamId - other.streamId;
    expect(told(cut).toSorted(order)).toEqual(told(whole).toSorted(order));
    whole.destroy();
    cut.destroy();
  });
  await fc.assert(property, { numRuns: 1_500, seed: 20_260_101 });
});

test("requests whose bytes are damaged anywhere are answered or end the connection", async () => {
  const sound = post(1, "hello", { "x-amz-target": "T" }) + post(3, "again", { "x-amz-date": "x" });
  const property = fc.asyncProperty(fc.nat(sound.length - 1), octet, async (place, other) => {
    const wire = aWire();
    await wire.say(PREFACE + settings() + sound.slice(0, place) + other + sound.slice(place + 1));
    expect(await isServedOrEnded(wire)).toBe(true);
  });
  await fc.assert(property, { numRuns: 1_000, seed: 20_260_101 });
});
