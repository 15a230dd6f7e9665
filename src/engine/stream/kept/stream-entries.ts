import type { StreamCreated } from "../account/account-events.ts";
import type { StreamIdentity } from "../definition.ts";
import type { StreamEvent } from "../events.ts";
import type { QueueState } from "../queue/queue-state.ts";
import type { Shard } from "../shard/shard.ts";
import type { ShardMap } from "../shard/shard-map.ts";
import type { StreamState } from "../stream-state.ts";

/**
 * The events that build a stream whose state is the given one. Costs O(n), one event at a time, and a copy of each record;
 * the state may not change until the last was taken.
 */
export function* streamEvents(
  state: StreamState,
  { identity, now }: { readonly identity: StreamIdentity; readonly now: number },
): Generator<StreamCreated | StreamEvent, void, void> {
  const { shards, policy } = state;
  const { createdAt } = identity;
  yield createdEvent(state, identity);
  if (!state.hasFirstShards) for (const shard of shards.all()) yield shardEvent(shard, now);
  if (policy !== undefined) yield { type: "policyChanged", at: createdAt, policy };
  yield* recordEvents(state);
  for (const event of [state.kept(now, createdAt)]) if (event !== undefined) yield event;
  yield* state.consumers.events(now);
  for (const queue of state.queues.all()) yield* queueEvents(queue, shards);
}

function createdEvent(
  { settings, tags, status, nextChange, shards, hasFirstShards }: StreamState,
  { id, name, arn, createdAt: at }: StreamIdentity,
): StreamCreated {
  return {
    type: "streamCreated",
    at,
    activeAt: status === "CREATING" ? nextChange : at,
    identity: { id, name, arn, createdAt: at },
    definition: { shardCount: hasFirstShards ? shards.open.length : 0, settings, tags },
  };
}

/** The children of a reshard are of the second that comes after it, but nothing is said to have happened later than now. */
function shardEvent(shard: Shard, now: number): StreamEvent {
  const { index, range, createdSecond, parents, closedSecond: second } = shard;
  const children = shard.children.map((child) => child.index);
  return {
    type: "shardKept",
    at: Math.min(createdSecond * 1000, now),
    shard: index,
    start: String(range.start),
    end: String(range.end),
    createdSecond,
    parents,
    ...(second !== undefined && { closed: { second, children } }),
  };
}

function* recordEvents({ shards, horizon, settings }: StreamState): Generator<StreamEvent, void, void> {
  const isEncryptedNow = settings.encryptionKeyId !== undefined;
  for (const { index: shard, log } of shards.all()) {
    log.trim(horizon);
    for (const { index, record } of log.from(0)) {
      const { arrivedAt: at, partitionKey, isEncrypted } = record;
      const data = Buffer.from(record.data.buffer, record.data.byteOffset, record.data.byteLength).toString("base64");
      const encryption = isEncrypted === isEncryptedNow ? undefined : { isEncrypted };
      yield { type: "put", at, shard, index, partitionKey, data, ...encryption };
    }
  }
}

function* queueEvents(state: QueueState, shards: ShardMap): Generator<StreamEvent, void, void> {
  const { identity, start, startsAt, settings, tags, policy, lifecycle, backlog, records } = state;
  const { id: queue, createdAt: at } = identity;
  const { status, changesAt } = lifecycle;
  const activeAt = startsAt === undefined ? changesAt : at;
  yield { type: "queueCreated", at, activeAt, queue, identity, start, settings, tags };
  if (startsAt !== undefined) yield { type: "queueStartKept", at, queue, startsAt };
  if (policy !== undefined) yield { type: "queuePolicyChanged", at, queue, policy };
  if (status === "UPDATING") yield { type: "queueUpdated", at, activeAt: changesAt, queue, settings };
  if (status === "DELETING") yield { type: "queueDeleted", at, goneAt: changesAt, queue };
  for (const shard of shards.all()) {
    yield { type: "queuePositionKept", at, queue, shard: shard.index, position: backlog.positionIn(shard) };
    for (const record of records.of(shard)) yield { ...records.kept(record), queue };
  }
}
