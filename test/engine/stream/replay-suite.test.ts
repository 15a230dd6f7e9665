import fc from "fast-check";
import { StreamDirectory } from "../../../src/engine/stream/account/stream-directory.ts";
import type { Streams } from "../../../src/engine/stream/account/streams.ts";
import type { StreamQueue } from "../../../src/engine/stream/queue/stream-queue.ts";
import { awsDurations, noDurations, type StreamDurations } from "../../../src/engine/stream/rules.ts";
import type { Stream } from "../../../src/engine/stream/stream.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { ACCOUNT, DAY, HOUR, MINUTE, SECOND, streamRules } from "../../support/stream.ts";
import { registerReplaySuite } from "../replay-suite.ts";
import { deeds, doIt, queueDeeds, receiptsIn } from "./replay-deeds.ts";

const SCOPES = [scopeOf(ACCOUNT, "us-east-1"), scopeOf("111111111111", "cn-north-1")] as const;

const commands = fc.record({
  deed: fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...deeds) },
    { weight: 10, arbitrary: fc.constantFrom("createStream", "put", "register", "createChannel", "createQueue") },
    { weight: 1, arbitrary: fc.constant("reset") },
  ),
  name: fc.constantFrom("one", "two", "three"),
  scope: fc.oneof({ weight: 5, arbitrary: fc.constant(SCOPES[0]) }, { weight: 1, arbitrary: fc.constant(SCOPES[1]) }),
  pick: fc.integer({ min: 0, max: 255 }),
});

/** Instants around the ends of what takes its time, of records and of quotas. */
const durationsMs = fc.constantFrom(
  0,
  1,
  999,
  SECOND,
  5 * SECOND,
  25 * SECOND,
  30 * SECOND,
  MINUTE,
  HOUR,
  DAY,
  2 * DAY,
);

/** Of one stream, which is on-demand if it is there. */
const queueCommands = fc.record({
  deed: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...queueDeeds) },
    { weight: 1, arbitrary: fc.constantFrom("createQueue", "put", "receive", "acknowledge", "receiveDeadLetters") },
  ),
  name: fc.constant("one"),
  scope: fc.constant(SCOPES[0]),
  pick: fc.integer({ min: 0, max: 127 }).map((half) => 2 * half),
});

registerStreams("streams on which every change is done at once", { commands, durations: noDurations });
registerStreams("streams that change as slowly as on AWS", { commands, durations: awsDurations });
registerStreams("queues on which every change is done at once", { commands: queueCommands, durations: noDurations });
registerStreams("queues that change as slowly as on AWS", { commands: queueCommands, durations: awsDurations });

interface LivedStreams {
  readonly commands: typeof commands;
  readonly durations: StreamDurations;
}

function registerStreams(name: string, { commands, durations }: LivedStreams): void {
  registerReplaySuite({
    name,
    commands,
    durationsMs,
    start: ({ clock, ids, logs }) =>
      new StreamDirectory({ clockOf: () => clock, ids, logs, rules: streamRules({ durations }) }),
    run: (directory, { deed, scope, name, pick }, answers) =>
      deed === "reset"
        ? directory.reset(scope.account)
        : doIt(deed, { streams: directory.in(scope), name, pick, receipts: receiptsIn(answers) }),
    replay: (directory, entry) => directory.replay(entry),
    entries: (directory) => directory.entries(),
    taken: (directory) => directory.taken(),
    observe: (directory) => SCOPES.map((scope) => portraitOf(directory.in(scope))),
    dismiss: (directory) => directory.close(),
    resume: (directory) => directory.resume(),
  });
}

/** Everything that an account and region shows. */
function portraitOf(streams: Streams): unknown {
  return {
    commitment: streams.commitment,
    counts: [streams.openShardCount, streams.onDemandStreamCount],
    streams: [...streams.list()].map(portraitOfStream),
    channels: streams.channels.list().map(({ id, arn, createdAt, definition, destination, logging, status }) => [
      { id, arn, createdAt, status },
      { definition, destination, logging },
    ]),
    queues: streams.queues.list().map(({ stream, queue }) => [stream.name, portraitOfQueue(queue)]),
    // Last, since what is gone is let go of when somebody looks.
    isEmpty: streams.isEmpty,
  };
}

function portraitOfQueue(queue: StreamQueue): unknown {
  const { identity, start, startsAt, status, settings, tags, policy, counts } = queue;
  return { identity, start, startsAt, status, settings, tags, policy, counts };
}

function portraitOfStream(stream: Stream): unknown {
  const { id, name, arn, scope, createdAt, status, configuration, consumers, shards } = stream;
  const { settings, warmThroughput, tags, policy } = configuration;
  return {
    identity: { id, name, arn, scope, createdAt, status },
    configuration: { settings, warmThroughput, tags, policy },
    consumers: consumers
      .list()
      .map(({ arn, createdAt, status, lifecycle, tags, policy }) => [
        arn,
        createdAt,
        status,
        lifecycle.changesAt,
        tags,
        policy,
      ]),
    openShardCount: stream.standing.openShards,
    shards: shards.list().map((shard) => ({
      id: shard.id,
      range: [shard.range.start, shard.range.end].map(String),
      family: [shard.parentIds, shard.children.map(({ id }) => id)],
      numbers: [shard.startingSequenceNumber, shard.endingSequenceNumber],
      records: stream.read(shard, 0, 10_000),
    })),
  };
}
