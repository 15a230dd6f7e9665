import { expect, test } from "vitest";
import { MIB, MINUTE, put, putOne, SECOND, START, slow, thisTurn } from "../../../support/stream.ts";
import { aMapping, FUNCTION_ARN, failed, ROLE_ARN, SCOPE, STREAM_ARN } from "./a-mapping.ts";

test("a function is called in the turn in which records are put, with all of that turn", async () => {
  const { stream, texts, calls, counters, results } = aMapping();
  const numbers = put(stream, ["a", "b"]);
  expect(calls).toEqual([]);
  await thisTurn();
  expect(texts()).toEqual([["a", "b"]]);
  expect(calls[0]).toMatchObject({
    functionArn: FUNCTION_ARN,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    cause: { kind: "mapping", source: STREAM_ARN, messageIds: numbers.map(({ sequenceNumber }) => sequenceNumber) },
  });
  expect(counters()).toMatchObject({
    polled: 2,
    filteredOut: 0,
    invoked: 2,
    failedInvoke: 0,
    dropped: 0,
    iteratorAgeMs: 0,
  });
  expect(results).toEqual(["OK"]);
});

test("the event is AWS's, key for key", async () => {
  const { stream, calls, clock } = aMapping();
  clock.advance(987);
  const sequenceNumber = putOne(stream, '{"record_id": 0}', { partitionKey: "test_0" });
  await thisTurn();
  const arrival = (START + 987) / 1000;
  expect(calls[0]?.payload).toBe(
    `{"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"test_0","sequenceNumber":"${sequenceNumber}",` +
      `"data":"eyJyZWNvcmRfaWQiOiAwfQ==","approximateArrivalTimestamp":${arrival}},"eventSource":"aws:kinesis","eventVersion":"1.0",` +
      `"eventID":"shardId-000000000000:${sequenceNumber}","eventName":"aws:kinesis:record","invokeIdentityArn":"${ROLE_ARN}",` +
      `"awsRegion":"us-east-1","eventSourceARN":"${STREAM_ARN}"}]}`,
  );
  expect(arrival).toBe(1_700_000_000.987);
});

test.for([
  { type: "LATEST" as const, expected: ["new"] },
  { type: "TRIM_HORIZON" as const, expected: ["first", "second", "new"] },
  { type: "AT_TIMESTAMP" as const, timestamp: START + 1, expected: ["second", "new"] },
])("$type begins before $expected", async ({ expected, ...startingPosition }) => {
  const { stream, set, clock, texts } = aMapping({ mapping: { isEnabled: false } });
  putOne(stream, "first");
  clock.advance(MINUTE);
  putOne(stream, "second");
  set({ isEnabled: true, startingPosition: startingPosition as never });
  putOne(stream, "new");
  await thisTurn();
  expect(texts()).toEqual([expected]);
});

test("there is one invocation of a shard at a time, and what came meanwhile is next", async () => {
  const answers: (() => void)[] = [];
  const handler = () => new Promise((resolve) => answers.push(() => resolve(null)));
  const { stream, texts, sources } = aMapping({ handler, stream: { shardCount: 2 } });
  putOne(stream, "a", { explicitHashKey: 0n });
  await thisTurn();
  put(stream, ["b", "c"], { explicitHashKey: 0n });
  putOne(stream, "other", { explicitHashKey: 2n ** 127n });
  await thisTurn();
  expect(texts()).toEqual([["a"], ["other"]]);
  expect(sources.busy()).toBe(1);
  answers[0]?.();
  await thisTurn();
  expect(texts()).toEqual([["a"], ["other"], ["b", "c"]]);
  for (const answer of answers) answer();
  await thisTurn();
  expect(sources.busy()).toBe(0);
});

test("BatchSize and 6 MB bound a batch", async () => {
  const { stream, texts } = aMapping({ mapping: { batchSize: 3 } });
  put(stream, ["a", "b", "c", "d"]);
  await thisTurn();
  expect(texts()).toEqual([["a", "b", "c"], ["d"]]);
  put(stream, ["x".repeat(2 * MIB), "y".repeat(2 * MIB), "z".repeat(2 * MIB)]);
  await thisTurn();
  expect(
    texts()
      .slice(2)
      .map((batch) => batch.map((text) => text[0])),
  ).toEqual([["x", "y"], ["z"]]);
});

test("with a window records are collected until it ends or the batch is full", async () => {
  const { stream, texts, pass } = aMapping({ mapping: { windowMs: 5 * SECOND, batchSize: 3 } });
  putOne(stream, "a");
  await pass(4 * SECOND);
  putOne(stream, "b");
  await thisTurn();
  expect(texts()).toEqual([]);
  await pass(SECOND);
  expect(texts()).toEqual([["a", "b"]]);
  put(stream, ["c", "d", "e", "f"]);
  await thisTurn();
  expect(texts()).toEqual([
    ["a", "b"],
    ["c", "d", "e"],
  ]);
});

test("filters choose by the data and by what is beside it; the rest is passed over without a call", async () => {
  const filters = ['{"data":{"kind":["wanted"]}}', '{"partitionKey":["mine"]}'];
  const { stream, texts, counters, readings, mapping } = aMapping({ mapping: { filters } });
  put(stream, ['{"kind":"other"}', "no JSON", '{"kind":"wanted","n":1}']);
  await thisTurn();
  putOne(stream, "anything", { partitionKey: "mine" });
  await thisTurn();
  expect(texts()).toEqual([['{"kind":"wanted","n":1}'], ["anything"]]);
  putOne(stream, "no JSON");
  await thisTurn();
  expect(texts()).toHaveLength(2);
  expect(counters()).toMatchObject({ polled: 5, filteredOut: 3, invoked: 2 });
  const [entry] = readings.entries();
  expect(entry?.event).toMatchObject({ type: "readingKept", shards: [{ lanes: [{ position: 6 }] }] });
  expect(entry?.resource).toContain(mapping.uuid);
});

test("several mappings of one stream are independent", async () => {
  const { stream, sources, mapping, calls } = aMapping({
    handler: ({ functionArn }) => (functionArn === FUNCTION_ARN ? failed : null),
  });
  sources.set(SCOPE, { ...mapping, uuid: "other", functionArn: `${FUNCTION_ARN}2` });
  putOne(stream, "a");
  await thisTurn();
  putOne(stream, "b");
  await thisTurn();
  expect(calls.map(({ functionArn, texts }) => [functionArn.at(-1), ...texts])).toEqual([
    ["f", "a"],
    ["2", "a"],
    ["2", "b"],
  ]);
});

test("a disabled mapping keeps its position and goes on there; what was under way is brought to its end", async () => {
  let answer = () => {};
  const handler = () =>
    new Promise((resolve) => {
      answer = () => resolve(null);
    });
  const { stream, set, texts, handle } = aMapping({ handler });
  putOne(stream, "a");
  await thisTurn();
  set({ isEnabled: false });
  putOne(stream, "b");
  answer();
  await thisTurn();
  expect(texts()).toEqual([["a"]]);
  handle(() => null);
  set({ isEnabled: true });
  await thisTurn();
  expect(texts()).toEqual([["a"], ["b"]]);
});

test("another process goes on where the one before was, with its retries", async () => {
  const { stream, restart, texts, clock, handle, told } = aMapping({
    handler: () => failed,
    mapping: { maximumRetryAttempts: 1, onFailureArn: "arn:aws:sqs:us-east-1:000000000000:failed" },
  });
  putOne(stream, "a");
  await thisTurn();
  restart();
  putOne(stream, "b");
  await thisTurn();
  expect(texts()).toEqual([["a"]]);
  clock.advance(500);
  await thisTurn();
  expect(texts()).toEqual([["a"], ["a"], ["b"]]);
  expect(told).toHaveLength(1);
  handle(() => null);
});

test("nobody hears of answers any more once the mapping is gone", async () => {
  let answer = () => {};
  const handler = () =>
    new Promise((resolve) => {
      answer = () => resolve(null);
    });
  const { stream, sources, calls, results, mapping } = aMapping({ handler });
  putOne(stream, "a");
  await thisTurn();
  sources.gone(SCOPE, mapping.uuid);
  expect(calls[0]?.signal.aborted).toBe(true);
  answer();
  await thisTurn();
  expect(results).toEqual([]);
  putOne(stream, "b");
  await thisTurn();
  expect(calls).toHaveLength(1);
});

test("records that leave the stream while nobody reads are gone", async () => {
  const { stream, set, clock, texts } = aMapping({
    mapping: { isEnabled: false, startingPosition: { type: "TRIM_HORIZON" } },
  });
  putOne(stream, "old");
  set({ isEnabled: true });
  set({ isEnabled: false });
  clock.advance(25 * 60 * MINUTE);
  putOne(stream, "new");
  set({ isEnabled: true });
  await thisTurn();
  expect(texts()).toEqual([["new"]]);
});

test("a mapping waits for its stream, and begins with the first record of one that takes its place", async () => {
  const fixture = aMapping();
  const { stream, streams, listeners, texts, set } = fixture;
  putOne(stream, "a");
  await thisTurn();
  stream.delete();
  await thisTurn();
  expect(listeners.size).toBe(1);
  const created = streams.create({ name: "stream", shardCount: 1 });
  if (typeof created === "string") throw new Error(created);
  for (const listener of [...listeners]) listener(created.arn);
  await thisTurn();
  putOne(created, "b");
  await thisTurn();
  expect(texts()).toEqual([["a"], ["b"]]);
  expect(listeners.size).toBe(0);
  set({ isEnabled: false });
});

test("a stream that is being created is read from its first record on", async () => {
  const { streams, sources, mapping, clock, texts } = aMapping({ rules: slow });
  const young = streams.create({ name: "young", shardCount: 1 });
  if (typeof young === "string") throw new Error(young);
  sources.set(SCOPE, { ...mapping, uuid: "young", sourceArn: young.arn });
  await thisTurn();
  clock.advance(25 * SECOND);
  putOne(young, "a");
  await thisTurn();
  expect(texts()).toEqual([["a"]]);
});

test("what is read counts as read, by the consumer whose ARN is the source", async () => {
  const fixture = aMapping({ mapping: { isEnabled: false } });
  const { stream, sources, mapping, texts, calls } = fixture;
  const consumer = stream.consumers.register("reader", {});
  if (typeof consumer === "string") throw new Error(consumer);
  sources.set(SCOPE, { ...mapping, isEnabled: true, uuid: "by consumer", sourceArn: consumer.arn });
  putOne(stream, "a");
  expect(stream.unread(consumer)).toHaveLength(1);
  await thisTurn();
  expect(texts()).toEqual([["a"]]);
  expect(calls[0]?.payload).toContain(`"eventSourceARN":"${STREAM_ARN}"`);
  expect(stream.unread(consumer)).toEqual([]);
  stream.consumers.deregister(consumer);
  putOne(stream, "b");
  await thisTurn();
  expect(texts()).toEqual([["a"]]);
});

test("many records that nobody wants are looked at in more than one turn", async () => {
  const { stream, clock, counters, texts, sources } = aMapping({
    mapping: { filters: ['{"partitionKey":["wanted"]}'] },
  });
  put(stream, Array(1200).fill("unwanted"));
  putOne(stream, "a", { partitionKey: "wanted" });
  await thisTurn();
  expect(counters().polled).toBe(500);
  expect(texts()).toEqual([]);
  for (const _ of [1, 2]) {
    clock.advance(0);
    await thisTurn();
  }
  expect(texts()).toEqual([["a"]]);
  expect(counters()).toMatchObject({ polled: 1201, filteredOut: 1200 });
  expect(sources.busy()).toBe(0);
});

test("nothing runs while there is nothing to read, nor once all of it is closed", async () => {
  const { stream, clock, sources, calls, set } = aMapping({ handler: () => failed, mapping: { windowMs: SECOND } });
  expect(clock.pending).toBe(0);
  putOne(stream, "a");
  await thisTurn();
  expect(clock.pending).toBe(1);
  set({ isEnabled: false });
  expect(clock.pending).toBe(0);
  set({ isEnabled: true });
  clock.advance(SECOND);
  await thisTurn();
  expect(calls).toHaveLength(1);
  sources.close();
  expect(clock.pending).toBe(0);
  putOne(stream, "b");
  await thisTurn();
  expect(calls).toHaveLength(1);
});
