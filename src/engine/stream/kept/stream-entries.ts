import { joined, type Taken, takenAs } from "../../../kernel/collection/taken.ts";
import type { StreamCreated } from "../account/account-events.ts";
import type { StreamIdentity } from "../definition.ts";
import type { StreamEvent } from "../events.ts";
import type { Shard } from "../shard/shard.ts";
import type { StreamState } from "../stream-state.ts";
import { queueEvents } from "./queue-entries.ts";
import { recordEvents } from "./record-entries.ts";

/**
 * The events that build a stream whose state is the given one, all that is due included, which may change afterwards. To take them costs a look at each
 * segment of its records, and a place in a list for each record that its queues handed out.
 */
export function streamEvents(
  state: StreamState,
  { identity, now }: { readonly identity: StreamIdentity; readonly now: number },
): Taken<StreamCreated | StreamEvent> {
  state.passTime(now, Number.POSITIVE_INFINITY);
  const shards = [...state.shards.all()];
  const before = [...shapeEvents(state, { identity, now })];
  const records = recordEvents(state);
  const kept = state.kept(now, identity.createdAt); // which follows from the records that there still are
  const after = [...(kept === undefined ? [] : [kept]), ...state.consumers.events(now)];
  return joined<StreamCreated | StreamEvent>([
    takenAs(() => before),
    records,
    takenAs(() => after),
    ...state.queues.all().map((queue) => queueEvents(queue, shards)),
  ]);
}

function* shapeEvents(
  state: StreamState,
  { identity, now }: { readonly identity: StreamIdentity; readonly now: number },
): Generator<StreamCreated | StreamEvent, void, void> {
  const { shards, policy } = state;
  yield createdEvent(state, identity);
  if (!state.hasFirstShards) for (const shard of shards.all()) yield shardEvent(shard, now);
  if (policy !== undefined) yield { type: "policyChanged", at: identity.createdAt, policy };
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
