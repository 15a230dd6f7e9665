import { expect, test } from "vitest";
import { formatIso8601 } from "../../../../src/kernel/time/iso8601.ts";
import { DAY, MINUTE, put, putOne, SECOND, START, thisTurn } from "../../../support/stream.ts";
import { type ACall, aMapping, FUNCTION_ARN, failed, type Handler, STREAM_ARN, throttled, UUID } from "./a-mapping.ts";

const QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:failed";
const failsWith =
  (text: string): Handler =>
  ({ texts }) =>
    texts.includes(text) ? failed : null;
const reports =
  (text: string): Handler =>
  ({ event, texts }) => {
    const place = texts.indexOf(text);
    const identifier = event.Records[place]?.kinesis.sequenceNumber;
    return { batchItemFailures: place < 0 ? [] : [{ itemIdentifier: identifier }] };
  };

test("a failed batch holds up its shard until it succeeds, tried after 0.5, 1, 2 … seconds", async () => {
  const { stream, calls, pass, handle, texts, results } = aMapping({ handler: () => failed });
  putOne(stream, "a");
  await thisTurn();
  putOne(stream, "b");
  await pass(7_500);
  expect(calls.map(({ atMs }) => atMs)).toEqual([0, 500, 1500, 3500, 7500]);
  expect(new Set(calls.map(({ requestId }) => requestId)).size).toBe(5);
  handle(() => null);
  await pass(8_000);
  expect(texts().slice(5)).toEqual([["a"], ["b"]]);
  expect(results).toEqual([...Array(5).fill("PROBLEM: Function call failed"), "OK", "OK"]);
});

test("throttled calls are no attempts", async () => {
  const { stream, calls, pass, told, results } = aMapping({
    handler: () => throttled,
    mapping: { maximumRetryAttempts: 0, onFailureArn: QUEUE_ARN },
  });
  putOne(stream, "a");
  await thisTurn();
  await pass(4 * SECOND);
  expect(calls).toHaveLength(4);
  expect(told).toEqual([]);
  expect(results[0]).toBe("PROBLEM: Function call was throttled");
});

test("what fails too often is told of, key for key, and the shard goes on", async () => {
  const { stream, calls, pass, told, texts, counters } = aMapping({
    handler: failsWith("a"),
    mapping: { maximumRetryAttempts: 1, onFailureArn: QUEUE_ARN, functionArn: `${FUNCTION_ARN}:live` },
  });
  const numbers = put(stream, ["a", "b"]).map(({ sequenceNumber }) => sequenceNumber);
  await thisTurn();
  await pass(500);
  putOne(stream, "c");
  await thisTurn();
  expect(texts()).toEqual([["a", "b"], ["a", "b"], ["c"]]);
  const arrival = formatIso8601(START);
  expect(told).toEqual([
    {
      kind: "queue",
      receiver: QUEUE_ARN,
      text:
        `{"requestContext":{"requestId":"${calls[1]?.requestId}","functionArn":"${FUNCTION_ARN}:live","condition":"RetryAttemptsExhausted",` +
        `"approximateInvokeCount":2},"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},` +
        `"version":"1.0","timestamp":"${formatIso8601(START + 500)}","KinesisBatchInfo":{"shardId":"shardId-000000000000",` +
        `"startSequenceNumber":"${numbers[0]}","endSequenceNumber":"${numbers[1]}","approximateArrivalOfFirstRecord":"${arrival}",` +
        `"approximateArrivalOfLastRecord":"${arrival}","batchSize":2,"streamArn":"${STREAM_ARN}"}}`,
    },
  ]);
  expect(counters()).toMatchObject({ invoked: 5, failedInvoke: 4, dropped: 2, onFailureDelivered: 2 });
});

test("reported failures have no function error", async () => {
  const { stream, pass, told } = aMapping({
    handler: reports("a"),
    mapping: { maximumRetryAttempts: 0, onFailureArn: QUEUE_ARN, reportsFailures: true },
  });
  putOne(stream, "a");
  await pass(SECOND);
  expect(told.map(({ text }) => JSON.parse(text).responseContext)).toEqual([
    { statusCode: 200, executedVersion: "$LATEST", functionError: null },
  ]);
});

test.for<[result: unknown, calls: number]>([
  ["", 1],
  [[], 1],
  [null, 1],
  [undefined, 1],
  [{}, 1],
  [{ batchItemFailures: [] }, 1],
  [{ batchItemFailures: null }, 1],
  [{ batchItemFailures: [{ itemIdentifier: 123 }] }, 3],
  [{ batchItemFailures: [{ itemIdentifier: "" }] }, 3],
  [{ batchItemFailures: [{ itemIdentifier: null }] }, 3],
  [{ batchItemFailures: [{ foo: 123 }] }, 3],
  [{ batchItemFailures: [{ foo: null }] }, 3],
  [failed, 3],
])(
  "with ReportBatchItemFailures and two retries a function that returns %j is called %i times",
  async ([result, count]) => {
    const { stream, calls, told, pass } = aMapping({
      handler: () => result,
      mapping: { batchSize: 1, maximumRetryAttempts: 2, reportsFailures: true, onFailureArn: QUEUE_ARN },
    });
    putOne(stream, "a");
    await pass(10 * SECOND);
    expect(calls).toHaveLength(count);
    expect(told).toHaveLength(count === 1 ? 0 : 1);
  },
);

test("the last of three that always fails is seen five times and told of alone, as called four times", async () => {
  const { stream, texts, told, pass } = aMapping({
    handler: reports("c"),
    mapping: { maximumRetryAttempts: 3, reportsFailures: true, onFailureArn: QUEUE_ARN },
  });
  put(stream, ["a", "b", "c"]);
  await pass(10 * SECOND);
  expect(texts()).toEqual([["a", "b", "c"], ["c"], ["c"], ["c"], ["c"]]);
  expect(told.map(({ text }) => JSON.parse(text))).toMatchObject([
    { requestContext: { approximateInvokeCount: 4 }, KinesisBatchInfo: { batchSize: 1 } },
  ]);
});

test("bisecting finds the poison record", async () => {
  const { stream, texts, told, pass } = aMapping({
    handler: failsWith("poison"),
    mapping: { maximumRetryAttempts: 0, bisects: true, onFailureArn: QUEUE_ARN },
  });
  const numbers = put(stream, ["a", "b", "poison", "d"]).map(({ sequenceNumber }) => sequenceNumber);
  await pass(5 * SECOND);
  expect(texts()).toEqual([["a", "b", "poison", "d"], ["a", "b"], ["poison", "d"], ["poison"], ["d"]]);
  expect(told.map(({ text }) => JSON.parse(text).KinesisBatchInfo.startSequenceNumber)).toEqual([numbers[2]]);
});

test("one old record is told of and five fresh ones are delivered", async () => {
  const { stream, set, clock, texts, told } = aMapping({ mapping: { isEnabled: false } });
  putOne(stream, "old");
  clock.advance(MINUTE);
  put(stream, ["1", "2", "3", "4", "5"]);
  const since = { isEnabled: true, startingPosition: { type: "TRIM_HORIZON" as const } };
  set({ ...since, maximumRecordAgeMs: MINUTE, onFailureArn: QUEUE_ARN });
  await thisTurn();
  expect(texts()).toEqual([["1", "2", "3", "4", "5"]]);
  const [document] = told.map(({ text }) => JSON.parse(text));
  expect(document).toMatchObject({ requestContext: { condition: "RecordAgeExceeded", approximateInvokeCount: 1 } });
  expect(document.requestContext.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(document.KinesisBatchInfo.batchSize).toBe(1);
  expect("responseContext" in document).toBe(false);
});

test("records that are tried again and again are given up when they are too old, or leave the stream", async () => {
  const { stream, calls, pass, told, clock } = aMapping({
    handler: () => failed,
    mapping: { maximumRecordAgeMs: MINUTE, onFailureArn: QUEUE_ARN },
  });
  putOne(stream, "a");
  await pass(MINUTE);
  expect(told.map(({ text }) => JSON.parse(text))).toMatchObject([
    {
      requestContext: {
        condition: "RecordAgeExceeded",
        approximateInvokeCount: calls.length,
        requestId: calls.at(-1)?.requestId,
      },
    },
  ]);
  const forEver = aMapping({ handler: () => failed, mapping: { onFailureArn: QUEUE_ARN } });
  putOne(forEver.stream, "a");
  await forEver.pass(DAY, 10 * MINUTE);
  expect(forEver.told.map(({ text }) => JSON.parse(text).requestContext.condition)).toEqual(["RecordAgeExceeded"]);
  expect(clock.now()).toBe(START + MINUTE);
});

test("a topic gets the same document, and a bucket the event beside it", async () => {
  const wishes = (onFailureArn: string) => ({
    handler: () => failed,
    mapping: { maximumRetryAttempts: 0, onFailureArn },
  });
  const [topic, bucket] = [
    aMapping(wishes("arn:aws:sns:us-east-1:000000000000:failed")),
    aMapping(wishes("arn:aws:s3:::failed")),
  ];
  for (const { stream, pass } of [topic, bucket]) {
    putOne(stream, "a");
    await pass(500);
  }
  expect(topic.told).toMatchObject([{ kind: "topic" }]);
  const [put_] = bucket.told;
  expect(put_?.key).toMatch(
    new RegExp(`^aws/lambda/${UUID}/shardId-000000000000/2023/11/14/2023-11-14T22\\.13\\.20-[0-9a-f-]{36}$`),
  );
  const { payload, ...document } = JSON.parse(put_?.text ?? "");
  expect(payload).toBe(bucket.calls[0]?.payload);
  expect(Object.keys(document)).toEqual(Object.keys(JSON.parse(topic.told[0]?.text ?? "")));
});

test("what is neither queue, topic nor bucket is complained of", async () => {
  const { stream, pass, undelivered } = aMapping({
    handler: () => failed,
    mapping: { maximumRetryAttempts: 0, onFailureArn: "arn:aws:events:us-east-1:000000000000:bus" },
  });
  putOne(stream, "a");
  await pass(500);
  expect(undelivered).toEqual(["It is no queue, topic or bucket"]);
});

test("without a destination records are given up quietly", async () => {
  const { stream, pass, told, counters } = aMapping({ handler: () => failed, mapping: { maximumRetryAttempts: 0 } });
  putOne(stream, "a");
  await pass(500);
  expect(told).toEqual([]);
  expect(counters()).toMatchObject({ dropped: 1, onFailureDelivered: 0 });
});

test("settings that change are gone by from the next attempt on", async () => {
  const { stream, pass, set, texts, told } = aMapping({ handler: () => failed });
  put(stream, ["a", "b"]);
  await thisTurn();
  await pass(500);
  set({ maximumRetryAttempts: 2, onFailureArn: QUEUE_ARN });
  await pass(SECOND);
  expect(texts()).toHaveLength(3);
  expect(told).toHaveLength(1);
});

/** Sums up numbers, and keeps the sum as the state of the window. */
const summing: Handler = ({ event, texts }: ACall) => {
  const sum = texts.reduce((total, text) => total + Number(text), Number(event.state?.sum ?? 0));
  return { state: { sum } };
};

test("the event of a tumbling window says what the guide says", async () => {
  const { stream, calls, pass, clock } = aMapping({ handler: summing, mapping: { tumblingWindowMs: MINUTE } });
  putOne(stream, "1");
  await thisTurn();
  putOne(stream, "2");
  await thisTurn();
  await pass(MINUTE, SECOND);
  expect(calls.map(({ event: { Records, ...rest } }) => [Records.length, rest])).toMatchObject([
    [1, { state: {} }],
    [1, { state: { sum: 1 } }],
    [0, { state: { sum: 3 }, isFinalInvokeForWindow: true }],
  ]);
  expect(calls[2]?.payload).toBe(
    `{"Records":[],"window":{"start":"2023-11-14T22:13:00Z","end":"2023-11-14T22:14:00Z"},"state":{"sum":3},` +
      `"shardId":"shardId-000000000000","eventSourceARN":"${STREAM_ARN}","isFinalInvokeForWindow":true,"isWindowTerminatedEarly":false}`,
  );
  expect(calls[2]?.atMs).toBe(40_000);
  putOne(stream, "4");
  await thisTurn();
  expect(calls[3]?.event).toMatchObject({ state: {}, window: { start: "2023-11-14T22:14:00Z" } });
  expect(clock.now()).toBe(START + MINUTE);
});

test("the state of a window outlasts the process", async () => {
  const { stream, restart, calls } = aMapping({ handler: summing, mapping: { tumblingWindowMs: MINUTE } });
  putOne(stream, "1");
  await thisTurn();
  restart();
  putOne(stream, "2");
  await thisTurn();
  expect(calls[1]?.event.state).toEqual({ sum: 1 });
});
