import { kmsErrors, queueRecordErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { receiveInput, receiveOutput } from "../queue/queue-shapes.ts";
import { receiveRecords } from "../queue/receive-records.ts";

/** Takes records from a queue, waiting for the first. API_ReceiveQueueRecords. */
export const receiveQueueRecords = kinesisOperation({
  name: "ReceiveQueueRecords",
  input: receiveInput,
  output: receiveOutput,
  errors: [...queueRecordErrors, ...kmsErrors],
  gaps: [
    "No KMS key is ever used, so the KMS errors do not occur.",
    "What AWS does with 120,000 records in flight, and how large an answer can be, is not known; here nothing is received, and 10 MiB.",
  ],
  handle: (context, input) => receiveRecords(context, input, false),
});
