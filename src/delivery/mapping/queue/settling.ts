import type { MappingCounters } from "../../../engine/mapping/mapping-counters.ts";
import type { Batch } from "./batch.ts";
import { type ItemFailures, itemFailures } from "./item-failures.ts";

/** What came of a batch. */
interface Outcome {
  /** What the function answered; undefined when it failed. */
  readonly payload: string | undefined;
  /** Whether the answer says which messages failed. */
  readonly reportsFailures: boolean;
}

/** Deletes the messages of a batch that were handled. The others are visible again when their visibility timeout ends. */
export function settleBatch(batch: Batch, { payload, reportsFailures }: Outcome, counters: MappingCounters): void {
  if (payload === undefined) {
    counters.failedInvoke += batch.size;
    return;
  }
  const failed = reportsFailures ? failuresIn(batch, payload) : "none";
  if (failed === "all") {
    counters.failedInvoke += batch.size;
    return;
  }
  for (const { received } of batch.items) {
    if (failed !== "none" && failed.has(received.message.id)) counters.failedInvoke++;
    else if (batch.queue.delete(received.receipt) === "deleted") counters.deleted++;
  }
}

function failuresIn({ items }: Batch, payload: string): ItemFailures {
  const ids = new Set(items.map(({ received }) => received.message.id));
  return itemFailures(payload, (id) => ids.has(id));
}

/**
 * The group of which a message failed and a later one is deleted all the same, so that its order is lost; undefined when
 * there is none. AWS: a handler has to report all that follow.
 */
export function brokenGroup({ queue, items }: Batch, { payload, reportsFailures }: Outcome): string | undefined {
  if (!queue.isFifo || payload === undefined || !reportsFailures) return undefined;
  const failed = itemFailures(payload, (id) => items.some(({ received }) => received.message.id === id));
  if (typeof failed === "string") return undefined;
  const failing = new Set<string | undefined>();
  for (const { received } of items) {
    const { id, groupId } = received.message;
    if (failed.has(id)) failing.add(groupId);
    else if (failing.has(groupId)) return groupId;
  }
  return undefined;
}
