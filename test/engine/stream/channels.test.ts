import { expect, test } from "vitest";
import type { Channel, ChannelDefinition } from "../../../src/engine/stream/channel.ts";
import type { Streams } from "../../../src/engine/stream/streams.ts";
import { aStream, create, MINUTE, SECOND, START, slow } from "../../support/stream.ts";

const STREAM_ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/stream";

function definition(rest: Partial<ChannelDefinition> = {}): ChannelDefinition {
  const storage = { bucketArn: "arn:aws:s3:::bucket", expectedOwner: "000000000000", compression: "GZIP" } as const;
  return {
    name: "channel",
    roleArn: "arn:aws:iam::000000000000:role/delivery",
    sources: [{ streamArn: STREAM_ARN, streamCreatedAt: START, recordFormat: "JSON" }],
    destination: { type: "S3", storage, freshnessMs: 5 * MINUTE },
    logging: { isEnabled: true },
    tags: {},
    ...rest,
  };
}

function open(streams: Streams, rest: Partial<ChannelDefinition> = {}): Channel {
  const channel = streams.channels.create(definition(rest));
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

test("a channel reports where AWS's would unless told otherwise", () => {
  const { streams } = aStream();
  const channel = open(streams);
  const place = { group: `/aws/kinesis/channel/${channel.id}`, stream: "DestinationDelivery" };
  expect(channel.logging).toEqual({ isEnabled: true, ...place });
  const other = open(streams, { name: "other", logging: { isEnabled: false, group: "mine", stream: "too" } });
  expect(other.logging).toEqual({ isEnabled: false, group: "mine", stream: "too" });
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
  expect(streams.channels.create(definition())).toBe("exists");
  streams.channels.delete(channel);
  expect(open(streams).id).not.toBe(channel.id);
});

test.for([
  { channels: 2, outcome: "object" },
  { channels: 1, outcome: "string" },
])("the second channel where $channels may be is answered with an $outcome", ({ channels, outcome }) => {
  const { streams } = aStream({}, { quotas: { channels } });
  open(streams);
  const answer = streams.channels.create(definition({ name: "other" }));
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
