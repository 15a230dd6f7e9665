import { describe, expect, test, vi } from "vitest";
import { StreamState } from "../../../../src/engine/stream/stream-state.ts";
import { scopeOf } from "../../../../src/kernel/scope.ts";
import {
  ACCOUNT,
  aDirectory,
  aStream,
  create,
  put,
  REGION,
  readTexts,
  SECOND,
  START,
  slow,
} from "../../../support/stream.ts";

test("a stream is CREATING for a while, then ACTIVE", () => {
  const { streams, clock } = aDirectory(slow);
  const stream = create(streams);
  clock.advance(25 * SECOND - 1);
  expect(stream.status).toBe("CREATING");
  clock.advance(1);
  expect(stream.status).toBe("ACTIVE");
});

test("a stream is ACTIVE at once where changes take no time", () => {
  const { streams } = aDirectory();
  expect(create(streams).status).toBe("ACTIVE");
});

test("a stream is DELETING for a while, with its shards, then its name is free", () => {
  const { streams, stream, clock } = aStream({}, slow);
  expect(streams.delete(stream, false)).toBe("deleting");
  clock.advance(30 * SECOND - 1);
  expect(streams.find("stream")?.status).toBe("DELETING");
  expect(stream.shards.list()).toHaveLength(1);
  expect(streams.delete(stream, false)).toBe("beingDeleted");
  expect(streams.create({ name: "stream", shardCount: 1 })).toBe("exists");
  clock.advance(1);
  expect(streams.find("stream")).toBeUndefined();
  expect([...streams.list()]).toEqual([]);
  expect(create(streams)).not.toBe(stream);
});

test("a stream deleted while it is created never shows a shard", () => {
  const { streams, clock } = aDirectory(slow);
  const stream = create(streams);
  streams.delete(stream, false);
  clock.advance(29 * SECOND);
  expect([stream.status, stream.shards.list()]).toEqual(["DELETING", []]);
});

test("deletion cuts a reshard short", () => {
  const { streams, stream, clock } = aStream({}, slow);
  stream.shards.split(0, 1000n);
  clock.advance(29 * SECOND);
  streams.delete(stream, false);
  clock.advance(2 * SECOND);
  expect([stream.status, stream.shards.list().length]).toEqual(["DELETING", 1]);
});

test("the records of a stream that is being deleted can still be read", () => {
  const { streams, stream } = aStream({}, slow);
  put(stream, ["a"]);
  streams.delete(stream, false);
  expect(readTexts(stream)).toEqual(["a"]);
});

test("a new stream of an old name is another one and holds nothing of the old", () => {
  const { streams, stream, clock } = aStream({ tags: { a: "1" } });
  put(stream, ["a"]);
  streams.delete(stream, false);
  clock.advance(SECOND);
  const next = create(streams);
  expect(next.id).not.toBe(stream.id);
  expect(next.arn).toBe(stream.arn);
  expect(next.createdAt).toBe(START + SECOND);
  expect([readTexts(next), next.configuration.tags]).toEqual([[], {}]);
});

test("a stream with consumers is deleted only when that is wanted", () => {
  const { streams, stream } = aStream();
  stream.consumers.register("reader", {});
  expect(streams.delete(stream, false)).toBe("hasConsumers");
  expect(stream.status).toBe("ACTIVE");
  expect(streams.delete(stream, true)).toBe("deleting");
  expect(streams.find("stream")).toBeUndefined();
});

test("streams are listed by name in the order of bytes", () => {
  const { streams } = aDirectory();
  for (const name of ["b", "A", "_", "a", "0"]) create(streams, { name });
  expect([...streams.list()].map(({ name }) => name)).toEqual(["0", "A", "_", "a", "b"]);
});

test("an on-demand stream starts with four shards", () => {
  const { stream } = aStream({ shardCount: undefined, settings: { mode: "ON_DEMAND" } });
  expect(stream.shards.openCount).toBe(4);
});

describe("quotas", () => {
  test.for([
    { openShards: 7, outcome: "object" },
    { openShards: 6, outcome: "string" },
  ])("of $openShards shards answer three and four with an $outcome", ({ openShards, outcome }) => {
    const { streams } = aDirectory({ quotas: { openShards } });
    create(streams, { shardCount: 3 });
    const answer = streams.create({ name: "next", shardCount: 4 });
    expect(typeof answer).toBe(outcome);
    if (outcome === "string") expect(answer).toBe("shardLimit");
  });

  test("count open shards only, and those of deleted streams until they are gone", () => {
    const { streams, stream, clock } = aStream({ shardCount: 2 }, { durations: { deletingMs: 1000 } });
    stream.shards.merge(0, 1);
    expect(streams.openShardCount).toBe(1);
    streams.delete(stream, false);
    clock.advance(999);
    expect(streams.openShardCount).toBe(1);
    clock.advance(1);
    expect(streams.openShardCount).toBe(0);
  });

  test("ask none of the other streams when one is created", () => {
    const { streams } = aDirectory({ quotas: { openShards: 1000 } });
    for (let number = 0; number < 100; number++) create(streams, { name: `stream-${number}` });
    const passTime = vi.spyOn(StreamState.prototype, "passTime");
    create(streams, { name: "one more" });
    expect(passTime.mock.calls.length).toBeLessThan(10);
    passTime.mockRestore();
    expect(streams.openShardCount).toBe(101);
  });

  test("follow what becomes of a stream: shards, mode and name", () => {
    const { streams, stream, clock } = aStream(
      { shardCount: 2 },
      { durations: { deletingMs: 1000, reshardingMs: 1000 } },
    );
    expect(stream.shards.merge(0, 1)).toBe("merging");
    expect(streams.openShardCount).toBe(2);
    clock.advance(1000);
    expect(streams.openShardCount).toBe(1);
    stream.configuration.changeMode("ON_DEMAND");
    expect(streams.onDemandStreamCount).toBe(1);
    clock.advance(60 * SECOND);
    streams.delete(stream, true);
    expect(streams.onDemandStreamCount).toBe(1);
    clock.advance(1000);
    expect([streams.onDemandStreamCount, streams.openShardCount]).toEqual([0, 0]);
    create(streams, { name: stream.name, shardCount: 3 });
    expect([streams.onDemandStreamCount, streams.openShardCount]).toEqual([0, 3]);
  });

  test("allow five streams to be created and deleted at the same time", () => {
    const { streams, clock } = aDirectory(slow);
    const young = ["a", "b", "c", "d", "e"].map((name) => create(streams, { name }));
    streams.delete(young[0]!, false);
    expect(streams.create({ name: "f", shardCount: 1 })).toBe("tooManyChanging");
    expect(streams.create({ name: "a", shardCount: 1 })).toBe("exists");
    clock.advance(25 * SECOND);
    expect(create(streams, { name: "f" }).status).toBe("CREATING");
  });

  test.for([
    { onDemandStreams: 2, outcome: "object" },
    { onDemandStreams: 1, outcome: "string" },
  ])("of $onDemandStreams on-demand streams answer the second with an $outcome", ({ onDemandStreams, outcome }) => {
    const { streams } = aDirectory({ quotas: { onDemandStreams } });
    create(streams, { settings: { mode: "ON_DEMAND" } });
    expect(streams.onDemandStreamCount).toBe(1);
    const answer = streams.create({ name: "next", settings: { mode: "ON_DEMAND" } });
    expect(typeof answer).toBe(outcome);
    if (outcome === "string") expect(answer).toBe("onDemandLimit");
  });

  test("let warm throughput start with the stream only under a commitment", () => {
    const { streams } = aDirectory();
    const wanted = { settings: { mode: "ON_DEMAND", warmThroughputMiBps: 10 } } as const;
    expect(streams.create({ name: "stream", ...wanted })).toBe("noCommitment");
    streams.changeCommitment(true);
    expect(create(streams, wanted).configuration.warmThroughput).toEqual({ targetMiBps: 10, currentMiBps: 10 });
  });
});

describe("the directory", () => {
  test("keeps accounts and regions apart", () => {
    const { directory, streams } = aDirectory();
    create(streams);
    expect(directory.in(scopeOf("111111111111", REGION)).find("stream")).toBeUndefined();
    expect(directory.in(scopeOf(ACCOUNT, "eu-west-1")).find("stream")).toBeUndefined();
    expect(directory.in(scopeOf(ACCOUNT, REGION)).find("stream")).toBeDefined();
  });

  test("finds a stream by its ARN", () => {
    const { directory, stream } = aStream();
    expect(stream.arn).toBe("arn:aws:kinesis:us-east-1:000000000000:stream/stream");
    expect(directory.byArn(stream.arn)).toBe(stream);
  });

  test.for([
    "arn:aws:kinesis:us-east-1:000000000000:stream/other",
    "arn:aws:kinesis:us-east-1:111111111111:stream/stream",
    "arn:aws:kinesis:eu-west-1:000000000000:stream/stream",
    "arn:aws-cn:kinesis:us-east-1:000000000000:stream/stream",
    "arn:aws:sqs:us-east-1:000000000000:stream/stream",
    "arn:aws:kinesis:us-east-1:000000000000:stream",
    "stream",
  ])("finds no stream for %s", (arn) => {
    expect(aStream().directory.byArn(arn)).toBeUndefined();
  });

  test("finds a consumer by its ARN, with its stream", () => {
    const { directory, stream } = aStream();
    const consumer = stream.consumers.register("reader", {});
    if (typeof consumer === "string") throw new Error(consumer);
    expect(directory.consumerByArn(consumer.arn)).toEqual({ stream, consumer });
    expect(directory.consumerByArn(`${consumer.arn}0`)).toBeUndefined();
    expect(directory.consumerByArn(stream.arn)).toBeUndefined();
  });

  test("forgets the streams of one account, or all", () => {
    const { directory, streams } = aDirectory();
    create(streams);
    const others = scopeOf("111111111111", REGION);
    create(directory.in(others));
    directory.reset(ACCOUNT);
    expect([...directory.in(streams.scope).list()]).toEqual([]);
    expect([...directory.in(others).list()]).toHaveLength(1);
    directory.reset();
    expect([...directory.in(others).list()]).toEqual([]);
  });
});
