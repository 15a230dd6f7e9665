import { kinesisOperation } from "../operation.ts";
import { receiveRecords } from "../queue/receive-records.ts";
import { receiving } from "../queue/record-contracts.ts";

/** Takes records from a queue, waiting for the first. API_ReceiveQueueRecords. */
export const receiveQueueRecords = kinesisOperation({
  name: "ReceiveQueueRecords",
  ...receiving,
  handle: (context, input) => receiveRecords(context, input, false),
});
