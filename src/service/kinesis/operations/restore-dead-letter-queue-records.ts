import { queueRecordErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { deliveringQueue } from "../queue/queue-address.ts";
import { entriesInput, entriesOutput } from "../queue/queue-shapes.ts";
import { handleEntries } from "../queue/record-entries.ts";

/** Makes up to ten dead letters records that nobody has received. API_RestoreDeadLetterQueueRecords. */
export const restoreDeadLetterQueueRecords = kinesisOperation({
  name: "RestoreDeadLetterQueueRecords",
  input: entriesInput,
  output: entriesOutput,
  errors: queueRecordErrors,
  handle(context, { QueueARN, Entries }) {
    const queue = deliveringQueue(context, QueueARN);
    return handleEntries(queue, Entries, { isDead: true, act: (receipt) => queue.restore(receipt) });
  },
});
