import { expect, test } from "vitest";
import type { Streams } from "../../../../src/engine/stream/account/streams.ts";
import type { Channel, ChannelDefinition } from "../../../../src/engine/stream/channel/channel.ts";
import { aChannelDefinition, aStream, create, MINUTE, SECOND, START, slow } from "../../../support/stream.ts";

const STREAM_ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/stream";

function open(streams: Streams, rest: Partial<ChannelDefinition> = {}): Channel {
  const channel = streams.channels.create(() => aChannelDefinition(rest));
  if (typeof channel === "string") throw new Error(`the channel was refused: ${channel}`);
  return channel;
}

test("a channel goes from CREATING to ACTIVE, over UPDATING back, and over DELETING away", () => {
  const { streams, clock } = aStream({}, slow);
  const channel = open(streams);
  const statusLater = (): string | undefined => {
    clock.advance(30 * SECOND - 1);
    const before = streams.channels.byArn(channel.arn)?.status;
    clock.advance(1);
    return `${before} ${streams.channels.byArn(channel.arn)?.status}`;
  };
  expect(streams.channels.update(channel, channel)).toBe("notActive");
  expect(statusLater()).toBe("CREATING ACTIVE");
  expect(streams.channels.update(channel, channel)).toBe("updating");
  expect(statusLater()).toBe("UPDATING ACTIVE");
  streams.channels.delete(channel);
  expect(statusLater()).toBe("DELETING undefined");
});

test("a channel has an ARN of its own and is found by it", () => {
  const { streams, directory } = aStream();
  const channel = open(streams);
  expect(channel).toMatchObject({ name: "channel", createdAt: START, status: "ACTIVE" });
  expect(channel.arn).toBe(`arn:aws:kinesis:us-east-1:000000000000:channel/${channel.id}`);
  expect(directory.channelByArn(channel.arn)).toBe(channel);
  expect(directory.channelByArn(`${channel.arn}0`)).toBeUndefined();
});

test("a channel is defined knowing its id", () => {
  const { streams } = aStream();
  const channel = streams.channels.create((id) => aChannelDefinition({ name: `channel-of-${id}` }));
  if (typeof channel === "string") throw new Error(channel);
  expect(channel.name).toBe(`channel-of-${channel.id}`);
});

test("a stream has one channel to each kind of destination, as long as it is there", () => {
  const { streams, clock } = aStream({}, slow);
  create(streams, { name: "other" });
  const source = (name: string): Partial<ChannelDefinition> => ({
    sources: [{ streamArn: STREAM_ARN.replace(/stream$/, name), streamCreatedAt: START, recordFormat: "JSON" }],
  });
  const toTables: ChannelDefinition["destination"] = {
    type: "S3_TABLES",
    tables: [],
    deadLetters: aChannelDefinition().destination.deadLetters,
    freshnessMs: 5 * MINUTE,
  };
  const channel = open(streams);
  expect(streams.channels.create(() => aChannelDefinition({ name: "second" }))).toBe("streamTaken");
  open(streams, { name: "of-another-stream", ...source("other") });
  open(streams, { name: "to-tables", destination: toTables });
  expect(streams.channels.create(() => aChannelDefinition({ name: "more", destination: toTables }))).toBe(
    "streamTaken",
  );
  clock.advance(30 * SECOND);
  streams.channels.delete(channel);
  expect(streams.channels.create(() => aChannelDefinition({ name: "second" }))).toBe("streamTaken");
  clock.advance(30 * SECOND);
  open(streams, { name: "second" });
});

test("an update replaces destination and logging", () => {
  const { streams } = aStream();
  const channel = open(streams);
  const destination = { ...channel.destination, freshnessMs: MINUTE };
  streams.channels.update(channel, { destination, logging: { ...channel.logging, isEnabled: false } });
  const updated = streams.channels.byArn(channel.arn)!;
  expect([updated.destination.freshnessMs, updated.logging.isEnabled]).toEqual([MINUTE, false]);
});

test("names are unique among the channels there are", () => {
  const { streams } = aStream();
  const channel = open(streams);
  expect(streams.channels.create(() => aChannelDefinition())).toBe("exists");
  streams.channels.delete(channel);
  expect(open(streams).id).not.toBe(channel.id);
});

test.for([
  { channels: 2, outcome: "object" },
  { channels: 1, outcome: "string" },
])("the second channel where $channels may be is answered with an $outcome", ({ channels, outcome }) => {
  const { streams } = aStream({}, { quotas: { channels } });
  open(streams);
  const sources = [{ streamArn: `${STREAM_ARN}-2`, streamCreatedAt: START, recordFormat: "JSON" }] as const;
  const answer = streams.channels.create(() => aChannelDefinition({ name: "other", sources }));
  expect(typeof answer).toBe(outcome);
  if (outcome === "string") expect(answer).toBe("limit");
});

test("a stream is not deleted while a channel reads from it", () => {
  const { streams, stream } = aStream();
  const other = create(streams, { name: "other" });
  const channel = open(streams);
  expect(streams.channels.countOf(stream.arn)).toBe(1);
  expect(streams.delete(other, false)).toBe("deleting");
  expect(streams.delete(stream, true)).toBe("hasChannels");
  streams.channels.delete(channel);
  expect(streams.delete(stream, false)).toBe("deleting");
});
