import { inOrderOfInstants } from "../../../kernel/time/due.ts";
import type { LifecycleStatus } from "../lifecycle.ts";
import type { QueueState } from "./queue-state.ts";

/** What time alone brings about in a queue. */
export type StreamQueueDue =
  | { readonly at: number; readonly kind: "queueStatusEnds"; readonly status: LifecycleStatus }
  | { readonly at: number; readonly kind: "visibilityEnds"; readonly sequenceNumber: string }
  | { readonly at: number; readonly kind: "longPollEnds" };

/** Those who wait at a queue. */
interface Waiting {
  /** When their waits end, in order. */
  ends(): Iterable<number>;
}

/** What falls due in a queue, in order. Costs O(log n) for each that is taken. */
export function queueDue(state: QueueState, waiting: Waiting): Generator<StreamQueueDue, void, void> {
  return inOrderOfInstants<StreamQueueDue>([statusEnd(state), visibilityEnds(state), longPollEnds(waiting)]);
}

function* statusEnd({ lifecycle }: QueueState): Generator<StreamQueueDue, void, void> {
  const { status, changesAt: at } = lifecycle;
  if (at < Number.POSITIVE_INFINITY) yield { at, kind: "queueStatusEnds", status };
}

function* visibilityEnds({ records }: QueueState): Generator<StreamQueueDue, void, void> {
  for (const { at, record } of records.inFlightInOrder()) {
    yield { at, kind: "visibilityEnds", sequenceNumber: record.shard.numberOf(record.index, record.arrivedAt) };
  }
}

function* longPollEnds(waiting: Waiting): Generator<StreamQueueDue, void, void> {
  for (const at of waiting.ends()) yield { at, kind: "longPollEnds" };
}
