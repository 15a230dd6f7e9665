import { describe, expect, test } from "vitest";
import type { Configuration } from "../../../src/engine/stream/configuration.ts";
import { aStream, create, DAY, HOUR, MIB, SECOND, slow } from "../../support/stream.ts";

const onDemand = { settings: { mode: "ON_DEMAND" } } as const;

/** Every change that leaves a stream UPDATING. */
const changes: readonly (readonly [string, (configuration: Configuration) => unknown])[] = [
  ["a longer retention", (configuration) => configuration.increaseRetention(48 * HOUR)],
  ["encryption", (configuration) => configuration.startEncryption("key")],
  ["another mode", (configuration) => configuration.changeMode("PROVISIONED")],
  ["another size of records", (configuration) => configuration.changeMaxRecordBytes(2 * MIB)],
  ["shard-level metrics", (configuration) => configuration.enableMetrics(["IncomingBytes"])],
];

test.for(changes)("%s leaves the stream UPDATING for a while, in which nothing else can be changed", ([, change]) => {
  const { stream, clock } = aStream(onDemand, slow);
  change(stream.configuration);
  expect(stream.status).toBe("UPDATING");
  for (const [, other] of changes) expect(other(stream.configuration)).toBe("notActive");
  clock.advance(5 * SECOND - 1);
  expect(stream.status).toBe("UPDATING");
  clock.advance(1);
  expect(stream.status).toBe("ACTIVE");
});

test.for(changes)("%s that is so already changes nothing", ([, change]) => {
  const { stream, clock, entries } = aStream(onDemand, slow);
  change(stream.configuration);
  clock.advance(5 * SECOND);
  change(stream.configuration);
  expect(stream.status).toBe("ACTIVE");
  expect(entries.map(({ event }) => event.type)).toEqual(["streamCreated", "configured"]);
});

test.for(changes)("%s is refused on a stream that is being created", ([, change]) => {
  const { streams } = aStream({}, slow);
  expect(change(create(streams, { name: "young" }).configuration)).toBe("notActive");
});

describe("encryption", () => {
  test("names its key while it is on", () => {
    const { stream } = aStream();
    expect(stream.configuration.settings.encryptionKeyId).toBeUndefined();
    expect(stream.configuration.startEncryption("alias/aws/kinesis")).toBe("changed");
    expect(stream.configuration.settings.encryptionKeyId).toBe("alias/aws/kinesis");
    expect(stream.configuration.stopEncryption()).toBe("changed");
    expect(stream.configuration.settings.encryptionKeyId).toBeUndefined();
  });

  test("can be started and stopped 25 times each within 24 hours", () => {
    const { stream, clock } = aStream();
    const { configuration } = stream;
    for (let round = 0; round < 25; round++) {
      expect([configuration.startEncryption("key"), configuration.stopEncryption()]).toEqual(["changed", "changed"]);
    }
    expect(configuration.stopEncryption()).toBe("changed");
    expect(configuration.startEncryption("key")).toBe("tooOften");
    clock.advance(DAY - 1);
    expect(configuration.startEncryption("key")).toBe("tooOften");
    clock.advance(1);
    expect(configuration.startEncryption("key")).toBe("changed");
  });

  test("that is on can be stopped only 25 times within 24 hours", () => {
    const { stream } = aStream({}, { quotas: { encryptionChangesPerDay: 1 } });
    const { configuration } = stream;
    configuration.startEncryption("key");
    configuration.stopEncryption();
    expect(configuration.startEncryption("other")).toBe("tooOften");
    expect(configuration.settings.encryptionKeyId).toBeUndefined();
  });
});

describe("the capacity mode", () => {
  test("can be switched twice within 24 hours", () => {
    const { stream, clock } = aStream();
    const { configuration } = stream;
    expect(configuration.changeMode("ON_DEMAND")).toBe("changed");
    expect(configuration.changeMode("PROVISIONED")).toBe("changed");
    expect(configuration.changeMode("PROVISIONED")).toBe("changed");
    expect(configuration.changeMode("ON_DEMAND")).toBe("tooOften");
    clock.advance(DAY - 1);
    expect(configuration.changeMode("ON_DEMAND")).toBe("tooOften");
    clock.advance(1);
    expect(configuration.changeMode("ON_DEMAND")).toBe("changed");
  });

  test("leaves the shards as they are", () => {
    const { stream } = aStream({ shardCount: 3 });
    stream.configuration.changeMode("ON_DEMAND");
    expect(stream.shards.openCount).toBe(3);
    stream.configuration.changeMode("PROVISIONED");
    expect(stream.shards.openCount).toBe(3);
  });

  test("takes what is on-demand's alone with it", () => {
    const { stream, streams } = aStream(onDemand);
    streams.changeCommitment(true);
    stream.configuration.changeDistribution("AUTO");
    stream.configuration.changeWarmThroughput(100);
    stream.configuration.changeMode("PROVISIONED");
    expect(stream.configuration.settings.distribution).toBe("USER_PARTITION_KEY");
    expect(stream.configuration.warmThroughput).toBeUndefined();
  });

  test.for([
    { onDemandStreams: 2, outcome: "changed" },
    { onDemandStreams: 1, outcome: "onDemandLimit" },
  ])("of a second on-demand stream where $onDemandStreams may be is answered with $outcome", (limit) => {
    const { onDemandStreams, outcome } = limit;
    const { stream, streams } = aStream({}, { quotas: { onDemandStreams } });
    create(streams, { name: "other", ...onDemand });
    expect(stream.configuration.changeMode("ON_DEMAND")).toBe(outcome);
  });

  test("can be switched with a warm throughput only under a commitment", () => {
    const { stream, streams } = aStream();
    expect(stream.configuration.changeMode("ON_DEMAND", 100)).toBe("noCommitment");
    streams.changeCommitment(true);
    expect(stream.configuration.changeMode("ON_DEMAND", 100)).toBe("changed");
    expect(stream.configuration.warmThroughput).toEqual({ targetMiBps: 100, currentMiBps: 100 });
  });
});

describe("warm throughput", () => {
  test("needs an on-demand stream and a commitment", () => {
    const { stream, streams } = aStream();
    expect(stream.configuration.changeWarmThroughput(100)).toBe("notOnDemand");
    stream.configuration.changeMode("ON_DEMAND");
    expect(stream.configuration.changeWarmThroughput(100)).toBe("noCommitment");
    streams.changeCommitment(true);
    expect(stream.configuration.changeWarmThroughput(100)).toBe("changed");
  });

  test("reaches its target when the stream is ACTIVE again", () => {
    const { stream, streams, clock } = aStream(onDemand, slow);
    streams.changeCommitment(true);
    stream.configuration.changeWarmThroughput(100);
    expect(stream.configuration.warmThroughput).toEqual({ targetMiBps: 100, currentMiBps: 0 });
    stream.configuration.changeDistribution("AUTO");
    expect(stream.configuration.warmThroughput).toEqual({ targetMiBps: 100, currentMiBps: 0 });
    clock.advance(5 * SECOND);
    expect(stream.configuration.warmThroughput).toEqual({ targetMiBps: 100, currentMiBps: 100 });
  });
});

describe("the distribution of records", () => {
  test("changes at once and leaves an UPDATING stream alone", () => {
    const { stream } = aStream(onDemand, slow);
    expect(stream.configuration.changeDistribution("AUTO")).toBe("changed");
    expect(stream.status).toBe("ACTIVE");
    stream.configuration.startEncryption("key");
    expect(stream.configuration.changeDistribution("USER_PARTITION_KEY")).toBe("changed");
    expect(stream.configuration.settings.distribution).toBe("USER_PARTITION_KEY");
    expect(stream.status).toBe("UPDATING");
  });

  test("is AUTO on on-demand streams only", () => {
    const { stream } = aStream();
    expect(stream.configuration.changeDistribution("AUTO")).toBe("notOnDemand");
    expect(stream.configuration.changeDistribution("USER_PARTITION_KEY")).toBe("changed");
  });

  test("cannot be changed while the stream is created or deleted", () => {
    const { streams, stream } = aStream(onDemand, slow);
    const young = create(streams, { name: "young", ...onDemand });
    expect(young.configuration.changeDistribution("AUTO")).toBe("notActive");
    stream.delete();
    expect(stream.configuration.changeDistribution("AUTO")).toBe("notActive");
  });
});

test("shard-level metrics are united with and taken from those that are on", () => {
  const { configuration } = aStream().stream;
  expect(configuration.enableMetrics(["IncomingBytes", "OutgoingBytes"])).toEqual({
    current: [],
    desired: ["IncomingBytes", "OutgoingBytes"],
  });
  expect(configuration.enableMetrics(["OutgoingBytes", "IncomingRecords"])).toEqual({
    current: ["IncomingBytes", "OutgoingBytes"],
    desired: ["IncomingBytes", "OutgoingBytes", "IncomingRecords"],
  });
  expect(configuration.disableMetrics(["OutgoingBytes", "OutgoingRecords"])).toEqual({
    current: ["IncomingBytes", "OutgoingBytes", "IncomingRecords"],
    desired: ["IncomingBytes", "IncomingRecords"],
  });
  expect(configuration.settings.shardLevelMetrics).toEqual(["IncomingBytes", "IncomingRecords"]);
});

describe("tags", () => {
  test("are added, replaced and removed, on an UPDATING stream too", () => {
    const { stream } = aStream({ tags: { a: "1" } }, slow);
    stream.configuration.startEncryption("key");
    expect(stream.configuration.tag({ a: "2", b: "3" })).toBe("changed");
    expect(stream.configuration.untag(["b", "missing"])).toBe("changed");
    expect(stream.configuration.tags).toEqual({ a: "2" });
    expect(stream.status).toBe("UPDATING");
  });

  test.for([
    { added: 49, outcome: "changed", count: 50 },
    { added: 50, outcome: "tooMany", count: 1 },
  ])("number at most 50: one and $added more are answered with $outcome", ({ added, outcome, count }) => {
    const { stream } = aStream({ tags: { first: "" } });
    const tags = Object.fromEntries(Array.from({ length: added }, (_, number) => [`key-${number}`, ""]));
    expect(stream.configuration.tag({ ...tags, first: "again" })).toBe(outcome);
    expect(Object.keys(stream.configuration.tags)).toHaveLength(count);
  });

  test("count from the creation on but cannot be changed until the stream is ACTIVE, nor once it is deleted", () => {
    const { streams, stream } = aStream({}, slow);
    const young = create(streams, { name: "young", tags: { a: "1" } });
    expect(young.configuration.tags).toEqual({ a: "1" });
    expect([young.configuration.tag({ b: "2" }), young.configuration.untag(["a"])]).toEqual(["notActive", "notActive"]);
    stream.delete();
    expect(stream.configuration.tag({ b: "2" })).toBe("notActive");
  });
});

test("a policy is kept as it was written, replaced and removed", () => {
  const { configuration } = aStream().stream;
  expect(configuration.policy).toBeUndefined();
  configuration.changePolicy('{ "a": 1 }');
  expect(configuration.policy).toBe('{ "a": 1 }');
  configuration.changePolicy(undefined);
  expect(configuration.policy).toBeUndefined();
});
