import { expect, test } from "vitest";
import type { Streams } from "../../../src/engine/stream/account/streams.ts";
import type { Stream } from "../../../src/engine/stream/stream.ts";
import {
  aChannelDefinition,
  aDirectory,
  aStream,
  create,
  DAY,
  HOUR,
  MINUTE,
  put,
  SECOND,
  type StreamsFixture,
  slow,
} from "../../support/stream.ts";
import { throughJson } from "../../support/through-json.ts";

/** Everything a stream shows of itself. */
function portrait(stream: Stream): unknown {
  const { id, name, arn, createdAt, status, configuration, consumers, shards } = stream;
  return {
    identity: { id, name, arn, createdAt, status },
    settings: configuration.settings,
    warmThroughput: configuration.warmThroughput,
    tags: configuration.tags,
    policy: configuration.policy,
    consumers: consumers.list().map(({ arn, status, tags, policy }) => ({ arn, status, tags, policy })),
    shards: shards.list().map((shard) => ({
      id: shard.id,
      range: shard.range,
      parents: shard.parentIds,
      children: shard.children.map((child) => child.id),
      numbers: [shard.startingSequenceNumber, shard.endingSequenceNumber],
      records: stream.read(shard, 0),
    })),
  };
}

/** Another directory that went through the same events, at the same time. */
function rebuilt({ entries, clock }: StreamsFixture): Streams {
  const twin = aDirectory(slow);
  for (const entry of throughJson(entries)) twin.directory.replay(entry);
  twin.clock.advance(clock.now() - twin.clock.now());
  return twin.directory.in(twin.streams.scope);
}

test("the events of a stream rebuild it: records, shards, settings, consumers", () => {
  const fixture = aStream({ shardCount: 2, tags: { a: "1" } }, slow);
  const { stream, streams, clock } = fixture;
  const later = (ms: number): void => clock.advance(ms);
  streams.changeCommitment(true);
  put(stream, ["a", "b"]);
  stream.shards.split(0, 1000n);
  later(10 * SECOND);
  put(stream, ["c"], { explicitHashKey: 0n });
  later(MINUTE);
  put(stream, ["d"], { explicitHashKey: 0n });
  stream.configuration.startEncryption("key");
  later(MINUTE);
  put(stream, ["e"]);
  stream.configuration.increaseRetention(48 * HOUR);
  stream.consumers.register("one", { b: "2" });
  const two = stream.consumers.register("two", {});
  if (typeof two === "string") throw new Error(two);
  later(MINUTE);
  stream.consumers.tag(two, { c: "3" });
  stream.consumers.changePolicy(two, "{}");
  stream.consumers.deregister(stream.consumers.find("one")!);
  stream.shards.rescale(5);
  stream.configuration.tag({ d: "4" });
  stream.configuration.changePolicy("{}");
  later(MINUTE);
  stream.shards.merge(stream.shards.list().find(({ isOpen }) => isOpen)!.index, 9);
  later(MINUTE);
  stream.configuration.changeMode("ON_DEMAND", 100);
  later(DAY);
  put(stream, ["f"]);
  expect(portrait(rebuilt(fixture).find("stream")!)).toEqual(portrait(stream));
});

test("a rebuilt stream remembers how often it was changed and which names were used", () => {
  const fixture = aStream({ shardCount: 2 });
  const { stream } = fixture;
  for (let round = 0; round < 10; round++) stream.shards.rescale(round % 2 === 0 ? 3 : 2);
  const consumer = stream.consumers.register("reader", {});
  if (typeof consumer === "string") throw new Error(consumer);
  stream.consumers.deregister(consumer);
  const twin = rebuilt(fixture).find("stream")!;
  expect(twin.shards.rescale(4).outcome).toBe("tooOften");
  const next = twin.consumers.register("reader", {});
  expect(typeof next === "string" ? next : next.arn).not.toBe(consumer.arn);
});

test("a rebuilt stream numbers its records where the old one left off", () => {
  const fixture = aStream();
  put(fixture.stream, ["a", "b"]);
  const twin = rebuilt(fixture).find("stream")!;
  expect(put(twin, ["c"])).toEqual(put(fixture.stream, ["c"]));
});

test("the events of an account rebuild its streams, channels and commitment", () => {
  const fixture = aStream({}, slow);
  const { streams, stream, clock } = fixture;
  create(streams, { name: "other", shardCount: 3 });
  streams.changeCommitment(true);
  const sources = [{ streamArn: stream.arn, streamCreatedAt: stream.createdAt, recordFormat: "JSON" }] as const;
  const channel = streams.channels.create(() => aChannelDefinition({ sources }));
  if (typeof channel === "string") throw new Error(channel);
  clock.advance(MINUTE);
  streams.channels.update(channel, { ...channel, destination: { ...channel.destination, freshnessMs: 2 } });
  const twin = rebuilt(fixture);
  expect([...twin.list()].map(({ id }) => id)).toEqual([...streams.list()].map(({ id }) => id));
  expect(twin.commitment).toEqual(streams.commitment);
  const shown = (of: Streams): unknown =>
    of.channels.list().map(({ arn, status, destination }) => [arn, status, destination]);
  expect(shown(twin)).toEqual(shown(streams));
  expect(shown(twin)).toMatchObject([[channel.arn, "UPDATING", { freshnessMs: 2 }]]);
});

test("a stream whose deletion is in the log is gone after a replay", () => {
  const fixture = aStream({}, slow);
  fixture.streams.delete(fixture.stream, false);
  fixture.clock.advance(30 * SECOND);
  expect(rebuilt(fixture).find("stream")).toBeUndefined();
});
