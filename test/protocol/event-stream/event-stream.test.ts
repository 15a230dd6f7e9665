import { describe, expect, test } from "vitest";
import { AwsError, awsError } from "../../../src/kernel/aws-error.ts";
import { list, long, string, structure } from "../../../src/model/shape.ts";
import { cborOf } from "../../../src/protocol/cbor/encode.ts";
import { parseDocument } from "../../../src/protocol/cbor/parse.ts";
import { decodeFrame } from "../../../src/protocol/event-stream/decode.ts";
import { framesOf, type PayloadFormat } from "../../../src/protocol/event-stream/event-stream.ts";
import { jsonOf } from "../../../src/protocol/json-body.ts";

const json: PayloadFormat = {
  hasOpening: true,
  encode: (shape, value) => ({ contentType: "application/x-amz-json-1.1", content: jsonOf(shape, value) }),
};
const cbor: PayloadFormat = {
  hasOpening: true,
  encode: (shape, value) => ({ contentType: "application/x-amz-cbor-1.1", content: cborOf(shape, value) }),
};

const union = structure({
  SubscribeToShardEvent: structure({
    ContinuationSequenceNumber: string(),
    MillisBehindLatest: long(),
    Records: list(string()),
  }),
});

const event = (ContinuationSequenceNumber: string) => ({
  SubscribeToShardEvent: { ContinuationSequenceNumber, MillisBehindLatest: 0, Records: [] },
});

const ResourceInUse = awsError("ResourceInUseException", { message: (text: string) => text });
const Throttled = awsError("Throttled", { isModelled: false, message: () => "Slow down." });

/** Events as they come, and then the error, if any. */
async function* events(given: readonly object[], error?: Error): AsyncGenerator<object> {
  yield* given;
  if (error !== undefined) throw error;
}

/** Takes all frames; what is thrown in the end is the last. */
async function taken(frames: AsyncIterable<Uint8Array>): Promise<unknown[]> {
  const all: unknown[] = [];
  try {
    for await (const frame of frames) {
      const { headers, payload } = decodeFrame(Buffer.from(frame));
      all.push([{ ...headers }, payload.toString()]);
    }
  } catch (error) {
    all.push(error);
  }
  return all;
}

const headersOf = (type: string, contentType = "application/x-amz-json-1.1") => ({
  ":event-type": type,
  ":content-type": contentType,
  ":message-type": "event",
});

const OPENING = [headersOf("initial-response"), "{}"];
const FIRST = [
  headersOf("SubscribeToShardEvent"),
  '{"ContinuationSequenceNumber":"1","MillisBehindLatest":0,"Records":[]}',
];

test("every event is a frame, after one that opens the stream", async () => {
  expect(await taken(framesOf(union, events([event("1"), event("2")]), json))).toEqual([
    OPENING,
    FIRST,
    [headersOf("SubscribeToShardEvent"), FIRST[1]?.toString().replace("1", "2")],
  ]);
});

test("a stream without events is opened and ends", async () => {
  expect(await taken(framesOf(union, events([]), json))).toEqual([OPENING]);
});

// Kinesis reference 7.2: the JavaScript SDK waits for it.
test("the stream is opened before there is any event", async () => {
  const silent: AsyncIterable<object> = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) };
  const { value } = await framesOf(union, silent, json).next();
  expect(decodeFrame(Buffer.from(value!)).headers).toEqual(headersOf("initial-response"));
});

test("payloads are written in the format asked for", async () => {
  const frames: Buffer[] = [];
  for await (const frame of framesOf(union, events([event("1")]), cbor)) frames.push(Buffer.from(frame));
  const read = frames.map((frame) => decodeFrame(frame));
  expect(read.map(({ headers }) => headers)).toEqual([
    headersOf("initial-response", "application/x-amz-cbor-1.1"),
    headersOf("SubscribeToShardEvent", "application/x-amz-cbor-1.1"),
  ]);
  expect(read.map(({ payload }) => parseDocument(payload))).toEqual([{}, event("1").SubscribeToShardEvent]);
});

describe("when the events fail", () => {
  test("an error of the model is an exception, and the last frame", async () => {
    const failing = events([event("1")], new ResourceInUse("Taken over."));
    const headers = {
      ":exception-type": "ResourceInUseException",
      ":content-type": "application/x-amz-json-1.1",
      ":message-type": "exception",
    };
    expect(await taken(framesOf(union, failing, json))).toEqual([
      OPENING,
      FIRST,
      [headers, '{"message":"Taken over."}'],
    ]);
  });

  test("an error of no model is told of in headers alone", async () => {
    const headers = { ":error-code": "Throttled", ":error-message": "Slow down.", ":message-type": "error" };
    expect(await taken(framesOf(union, events([], new Throttled()), json))).toEqual([OPENING, [headers, ""]]);
  });

  test("anything else is an internal failure to the client, and thrown on to the server", async () => {
    const [opening, frame, thrown] = await taken(framesOf(union, events([], new Error("secret")), json));
    expect(opening).toEqual(OPENING);
    expect(frame).toMatchObject([{ ":error-code": "InternalFailure", ":message-type": "error" }, ""]);
    expect(JSON.stringify(frame)).not.toContain("secret");
    expect(thrown).toMatchObject({ message: "secret" });
    expect(thrown).not.toBeInstanceOf(AwsError);
  });

  test("an event that the stream does not have is such a failure, too", async () => {
    const [, frame, thrown] = await taken(framesOf(union, events([{ Unheard: {} }]), json));
    expect(frame).toMatchObject([{ ":error-code": "InternalFailure" }, ""]);
    expect(thrown).toBeInstanceOf(Error);
  });
});

describe("whoever stops taking frames stops the events", () => {
  function watched() {
    const state = { isStopped: false };
    const source: AsyncIterable<object> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false, value: event("1") }),
        return: async () => {
          state.isStopped = true;
          return { done: true, value: undefined };
        },
      }),
    };
    return { state, source };
  }

  test.for([1, 2, 3])("after %d of them", async (count) => {
    const { state, source } = watched();
    let left = count;
    for await (const _frame of framesOf(union, source, json)) {
      left--;
      expect(state.isStopped).toBe(false);
      if (left === 0) break;
    }
    expect(state.isStopped).toBe(true);
  });
});
