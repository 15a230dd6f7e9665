import { queueRecordErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { deliveringQueue } from "../queue/queue-address.ts";
import { entriesInput, entriesOutput } from "../queue/queue-shapes.ts";
import { handleEntries } from "../queue/record-entries.ts";

/** Takes up to ten dead letters that were received out of a queue for good. API_AcknowledgeDeadLetterQueueRecords. */
export const acknowledgeDeadLetterQueueRecords = kinesisOperation({
  name: "AcknowledgeDeadLetterQueueRecords",
  input: entriesInput,
  output: entriesOutput,
  errors: queueRecordErrors,
  gaps: [
    "Which receipt handles fail, and how, is not known: here those fail whose record was received again since, and none of a record that is acknowledged.",
  ],
  handle(context, { QueueARN, Entries }) {
    const queue = deliveringQueue(context, QueueARN);
    return handleEntries(queue, Entries, { isDead: true, act: (receipt) => queue.acknowledge(receipt) });
  },
});
