import { PurgeQueueInProgress, queueErrors } from "../errors.ts";
import { queueOperation } from "../operation.ts";
import { onlyQueueUrl } from "../shapes.ts";

/** Deletes every message of a queue. API_PurgeQueue. */
export const purgeQueue = queueOperation({
  name: "PurgeQueue",
  input: onlyQueueUrl,
  errors: [PurgeQueueInProgress, ...queueErrors],
  gaps: ["The messages are gone at once, where on AWS it may take a minute; later ones always stay."],
  handle({ queue }) {
    if (queue.purge() === "in-progress") throw new PurgeQueueInProgress(queue.name);
  },
});
