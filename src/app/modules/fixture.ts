import type { QueueLookDeps } from "../../fixture/look/queues.ts";
import type { Looking } from "../../server/control/routes/looking.ts";

/** What a look inside is built on. */
type LookingParts = QueueLookDeps;

/** Looks inside by way of a room that is loaded when somebody looks for the first time. */
export function lateLooking(parts: LookingParts): () => Promise<Looking> {
  let looking: Promise<Looking> | undefined;
  return () => {
    looking ??= load(parts);
    return looking;
  };
}

async function load(parts: LookingParts): Promise<Looking> {
  const [{ lookAtQueues }, { lookAtMessages }, { lookAtDeadLetters }] = await Promise.all([
    import("../../fixture/look/queues.ts"),
    import("../../fixture/look/messages.ts"),
    import("../../fixture/look/dead-letters.ts"),
  ]);
  return {
    queues: (query) => lookAtQueues(parts, query),
    queueMessages: (query) => lookAtMessages(parts.queues, query),
    deadLetters: (query) => lookAtDeadLetters(parts, query),
  };
}
