import { joined, type Taken, takenAs } from "../../../kernel/collection/taken.ts";
import type { StreamEvent } from "../events.ts";
import type { QueueState } from "../queue/queue-state.ts";
import type { Shard } from "../shard/shard.ts";

/** The events that build a queue of a stream, whose shards these are. To take them costs a place in a list for each record that was handed out. */
export function queueEvents(state: QueueState, shards: readonly Shard[]): Taken<StreamEvent> {
  const start = [...startEvents(state)];
  return joined([takenAs<StreamEvent>(() => start), ...shards.map((shard) => shardEvents(state, shard))]);
}

function* startEvents(state: QueueState): Generator<StreamEvent, void, void> {
  const { identity, start, startsAt, settings, tags, policy, lifecycle } = state;
  const { id: queue, createdAt: at } = identity;
  const { status, changesAt } = lifecycle;
  const activeAt = startsAt === undefined ? changesAt : at;
  yield { type: "queueCreated", at, activeAt, queue, identity, start, settings, tags };
  if (startsAt !== undefined) yield { type: "queueStartKept", at, queue, startsAt };
  if (policy !== undefined) yield { type: "queuePolicyChanged", at, queue, policy };
  if (status === "UPDATING") yield { type: "queueUpdated", at, activeAt: changesAt, queue, settings };
  if (status === "DELETING") yield { type: "queueDeleted", at, goneAt: changesAt, queue };
}

function shardEvents({ identity, backlog, records }: QueueState, shard: Shard): Taken<StreamEvent> {
  const { id: queue, createdAt: at } = identity;
  const position = backlog.positionIn(shard);
  const kept = records.taken(shard);
  return takenAs(function* () {
    yield { type: "queuePositionKept", at, queue, shard: shard.index, position };
    for (const record of kept) yield { ...record, queue };
  }, kept.end);
}
