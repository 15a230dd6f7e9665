import { queueErrors } from "../errors.ts";
import { queueOperation } from "../operation.ts";
import { onlyQueueUrl } from "../shapes.ts";

/** Deletes a queue and every message in it. API_DeleteQueue. */
export const deleteQueue = queueOperation({
  name: "DeleteQueue",
  input: onlyQueueUrl,
  errors: queueErrors,
  gaps: ["The queue is gone at once, where on AWS it may answer for another minute."],
  isOwnersOnly: true,
  handle: ({ directory, queue }) => directory.in(queue.scope).delete(queue),
});
