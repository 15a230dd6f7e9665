import { kinesisOperation } from "../operation.ts";
import { acknowledging } from "../queue/record-contracts.ts";
import { acknowledgeRecords } from "../queue/record-entries.ts";

/** Takes up to ten dead letters that were received out of a queue for good. API_AcknowledgeDeadLetterQueueRecords. */
export const acknowledgeDeadLetterQueueRecords = kinesisOperation({
  name: "AcknowledgeDeadLetterQueueRecords",
  ...acknowledging,
  handle: (context, input) => acknowledgeRecords(context, input, true),
});
