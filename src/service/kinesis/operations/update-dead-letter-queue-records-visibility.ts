import { queueRecordErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { deliveringQueue } from "../queue/queue-address.ts";
import { entriesOutput, visibilityInput } from "../queue/queue-shapes.ts";
import { handleEntries } from "../queue/record-entries.ts";

/** Has up to ten dead letters in flight be visible so many seconds from now. API_UpdateDeadLetterQueueRecordsVisibility. */
export const updateDeadLetterQueueRecordsVisibility = kinesisOperation({
  name: "UpdateDeadLetterQueueRecordsVisibility",
  input: visibilityInput,
  output: entriesOutput,
  errors: queueRecordErrors,
  gaps: ["Whether AWS bounds the sum of all extensions is not known; here it does not matter."],
  handle(context, { QueueARN, Entries }) {
    const queue = deliveringQueue(context, QueueARN);
    return handleEntries(queue, Entries, {
      isDead: true,
      act: (receipt, { VisibilityTimeoutSeconds }) => queue.changeVisibility(receipt, VisibilityTimeoutSeconds * 1000),
    });
  },
});
