import { kinesisOperation } from "../operation.ts";
import { receiveRecords } from "../queue/receive-records.ts";
import { receiving } from "../queue/record-contracts.ts";

/** Takes dead letters from a queue, waiting for the first. API_ReceiveDeadLetterQueueRecords. */
export const receiveDeadLetterQueueRecords = kinesisOperation({
  name: "ReceiveDeadLetterQueueRecords",
  ...receiving,
  handle: (context, input) => receiveRecords(context, input, true),
});
