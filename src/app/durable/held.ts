import type { Inside } from "../modules/modules.ts";

/** About how many things there are that come and go: messages of queues and records of streams. Costs what there are of those. */
export function heldIn({ queues, streams }: Pick<Inside, "queues" | "streams">): number {
  let held = 0;
  for (const ofScope of queues.within({})) {
    for (const { counts } of ofScope.list()) held += counts.visible + counts.inFlight + counts.delayed;
  }
  for (const ofScope of streams.within({})) {
    for (const stream of ofScope.list()) for (const { log } of stream.look().shards()) held += log.count;
  }
  return held;
}
