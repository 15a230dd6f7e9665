import { kinesisOperation } from "../operation.ts";
import { acknowledging } from "../queue/record-contracts.ts";
import { acknowledgeRecords } from "../queue/record-entries.ts";

/** Takes up to ten records that were received out of a queue for good. API_AcknowledgeQueueRecords. */
export const acknowledgeQueueRecords = kinesisOperation({
  name: "AcknowledgeQueueRecords",
  ...acknowledging,
  handle: (context, input) => acknowledgeRecords(context, input, false),
});
