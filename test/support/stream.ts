import { StreamDirectory } from "../../src/engine/stream/account/stream-directory.ts";
import type { NewStream, Streams } from "../../src/engine/stream/account/streams.ts";
import type { ChannelDefinition } from "../../src/engine/stream/channel/channel.ts";
import type { ShardEvent } from "../../src/engine/stream/consumer/subscription.ts";
import {
  awsCapacity,
  awsDurations,
  awsQuotas,
  awsSubscriptions,
  type CapacityRules,
  noDurations,
  type StreamDurations,
  type StreamQuotas,
  type StreamRules,
} from "../../src/engine/stream/rules.ts";
import type { NewRecord, StoredRecord } from "../../src/engine/stream/shard/record.ts";
import type { Position } from "../../src/engine/stream/shard/record-log.ts";
import type { Shard } from "../../src/engine/stream/shard/shard.ts";
import type { ShardBatch } from "../../src/engine/stream/shard/shard-batch.ts";
import type { StartingPosition } from "../../src/engine/stream/shard/starting-position.ts";
import type { Stream } from "../../src/engine/stream/stream.ts";
import { bytesOf } from "../../src/kernel/base64.ts";
import type { LoggedEntry } from "../../src/kernel/event/event-log.ts";
import { EventLogs } from "../../src/kernel/event/event-logs.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import type { ControlledClock } from "../../src/kernel/time/controlled-clock.ts";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const MIB = 1024 * 1024;
/** What the clocks show before anyone advances them. */
export const START = 1_700_000_000_000;
export const START_SECOND = START / SECOND;
export const ACCOUNT = "000000000000";
export const REGION = "us-east-1";

/** How the rules of a test differ from AWS's with every change done at once. */
export interface RuleChanges {
  readonly durations?: Partial<StreamDurations>;
  readonly quotas?: Partial<StreamQuotas>;
  readonly capacity?: Partial<CapacityRules>;
}

/** Changes take as long as on AWS. */
export const slow: RuleChanges = { durations: awsDurations };
/** Shards bear as much as on AWS. */
export const throttled: RuleChanges = { capacity: {} };

export function streamRules({ durations, quotas, capacity }: RuleChanges = {}): StreamRules {
  return {
    durations: { ...noDurations, ...durations },
    quotas: { ...awsQuotas, ...quotas },
    subscriptions: awsSubscriptions,
    capacity: capacity && { ...awsCapacity, ...capacity },
  };
}

export interface StreamsFixture {
  readonly directory: StreamDirectory;
  /** The streams of the default account and region. */
  readonly streams: Streams;
  /** The default account's clock, frozen. */
  readonly clock: ControlledClock;
  /** What happened so far. */
  readonly entries: readonly LoggedEntry[];
}

/** A directory without streams, on a clock that stands still. */
export function aDirectory(rules: RuleChanges = {}): StreamsFixture {
  const clocks = new Clocks({ now: () => START, at: () => () => {} });
  const clock = clocks.of(ACCOUNT);
  clock.freeze();
  const logs = new EventLogs();
  const entries: LoggedEntry[] = [];
  logs.listen((_, together) => entries.push(...together));
  const directory = new StreamDirectory({
    clockOf: (account) => clocks.of(account),
    ids: seededIds("test"),
    rules: streamRules(rules),
    logs,
  });
  return { directory, streams: directory.in(scopeOf(ACCOUNT, REGION)), clock, entries };
}

export interface StreamFixture extends StreamsFixture {
  readonly stream: Stream;
}

/** A stream that is ACTIVE, in a directory of its own; with one shard unless told. */
export function aStream(wanted: Partial<NewStream> = {}, rules: RuleChanges = {}): StreamFixture {
  const fixture = aDirectory(rules);
  const stream = create(fixture.streams, wanted);
  fixture.clock.advance(rules.durations?.creatingMs ?? 0);
  return { ...fixture, stream };
}

/** A stream that has to come into being; with one shard unless told. */
export function create(streams: Streams, wanted: Partial<NewStream> = {}): Stream {
  const stream = streams.create({ name: "stream", shardCount: 1, ...wanted });
  if (typeof stream === "string") throw new Error(`the stream was refused: ${stream}`);
  return stream;
}

/** A channel from the stream called "stream" to a bucket, unless told. */
export function aChannelDefinition(rest: Partial<ChannelDefinition> = {}): ChannelDefinition {
  const bucket = { bucketArn: "arn:aws:s3:::bucket", expectedOwner: ACCOUNT };
  const streamArn = `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/stream`;
  return {
    name: "channel",
    roleArn: `arn:aws:iam::${ACCOUNT}:role/delivery`,
    sources: [{ streamArn, streamCreatedAt: START, recordFormat: "JSON" }],
    destination: {
      type: "S3",
      storage: { ...bucket, compression: "NONE", keyTemplate: "!{stream-name}", storageClass: "STANDARD" },
      deadLetters: { ...bucket, errorPrefix: "errors/" },
      freshnessMs: 5 * MINUTE,
    },
    logging: { isEnabled: true, group: "group", stream: "stream" },
    tags: {},
    ...rest,
  };
}

export function shard(stream: Stream, index = 0): Shard {
  const found = stream.shards.find(index);
  if (found === undefined) throw new Error(`there is no shard ${index}`);
  return found;
}

/** Puts the texts one after the other, with "a" as their partition key unless told; answers with their numbers. */
export function put(
  stream: Stream,
  texts: readonly string[],
  rest: Partial<NewRecord> = {},
): readonly { readonly sequenceNumber: string; readonly shard: number }[] {
  return texts.map((text) => {
    const outcome = stream.put({ data: Buffer.from(text), partitionKey: "a", ...rest });
    if (outcome.outcome !== "put") throw new Error(`the record was refused: ${outcome.outcome}`);
    return { sequenceNumber: outcome.number.toString(), shard: outcome.shard.index };
  });
}

/** Puts one text and answers with its number. */
export function putOne(stream: Stream, text: string, rest: Partial<NewRecord> = {}): string {
  return put(stream, [text], rest)[0]!.sequenceNumber;
}

/** A position that has to exist. */
export function position(stream: Stream, start: StartingPosition, index = 0): Position {
  const found = stream.position(shard(stream, index), start);
  if (found.outcome !== "found") throw new Error(`there is no such position: ${found.outcome}`);
  return found.position;
}

/** What a read that is not throttled returns, of shard 0 from its oldest record unless told. */
export function read(stream: Stream, from: Position = 0, { index = 0, max = 10_000 } = {}): ShardBatch {
  const batch = stream.read(shard(stream, index), from, max);
  if (batch === "throttled") throw new Error("the read was throttled");
  return batch;
}

/** The texts a read returns. */
export function readTexts(stream: Stream, from: Position = 0, of: { index?: number; max?: number } = {}): string[] {
  return textsOf(read(stream, from, of).records);
}

export function textsOf(records: readonly StoredRecord[]): string[] {
  return records.map(({ data }) => bytesOf(data).toString());
}

/** Each shard that can be seen as [start, end, ids of parents], in the order of creation. */
export function shardTree(stream: Stream): readonly (readonly unknown[])[] {
  return stream.shards.list().map(({ range, parentIds }) => [range.start, range.end, ...parentIds.map(indexOf)]);
}

function indexOf(shardId: string): number {
  return Number(shardId.slice("shardId-".length));
}

export interface SubscriptionWishes {
  readonly consumer?: string;
  readonly index?: number;
  readonly from?: Position;
  readonly signal?: AbortSignal;
}

/** Subscribes a consumer, which is registered if it is not yet, to shard 0 from its oldest record unless told. */
export function trySubscribe(stream: Stream, wishes: SubscriptionWishes = {}): ReturnType<Stream["subscribe"]> {
  const { consumer: name = "consumer", index = 0, from = 0, signal = new AbortController().signal } = wishes;
  const consumer = stream.consumers.find(name) ?? stream.consumers.register(name, {});
  if (typeof consumer === "string") throw new Error(`the consumer was refused: ${consumer}`);
  return stream.subscribe({ consumer, shard: shard(stream, index), from, signal });
}

/** A subscription that has to come about. */
export function subscribe(stream: Stream, wishes: SubscriptionWishes = {}): AsyncGenerator<ShardEvent, void, void> {
  const events = trySubscribe(stream, wishes);
  if (typeof events === "string") throw new Error(`the subscription was refused: ${events}`);
  return events;
}

/** The next event, which has to come. */
export async function nextEvent(events: AsyncGenerator<ShardEvent, void, void>): Promise<ShardEvent> {
  const { value } = await events.next();
  if (value === undefined) throw new Error("the subscription ended");
  return value;
}

/** Lets promises that are settled run their course, and nothing else. */
export async function thisTurn(): Promise<void> {
  for (let step = 0; step < 20; step++) await Promise.resolve();
}
