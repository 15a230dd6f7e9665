import { isDeepStrictEqual } from "node:util";
import type { PropagatedCounts, SubscriptionCounts } from "../subscription/propagating-counts.ts";
import type { CountersKept } from "./kept-events.ts";

/** What counts on in a topic. */
export interface Counters {
  /** Messages of a FIFO topic. */
  readonly published: number | undefined;
  /** Undefined where there is no archive, or it is as old as the topic. */
  readonly archiveOpenedAt: number | undefined;
  readonly counts: PropagatedCounts;
}

/** What counts on, unless it is as in a new topic with subscriptions in those states. */
export function* countersKept(
  { published, archiveOpenedAt, counts }: Counters,
  found: SubscriptionCounts,
  at: number,
): Generator<CountersKept, void, void> {
  const areFound = counts.history.length === 0 && isDeepStrictEqual(counts.latest, found);
  if (areFound && published === undefined && archiveOpenedAt === undefined) return;
  yield {
    type: "countersKept",
    at,
    ...(published !== undefined && { published }),
    ...(archiveOpenedAt !== undefined && { archiveOpenedAt }),
    ...(!areFound && { counts }),
  };
}
