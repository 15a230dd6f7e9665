import { kinesisOperation } from "../operation.ts";
import { handling } from "../queue/record-contracts.ts";
import { restoreRecords } from "../queue/record-entries.ts";

/** Makes up to ten dead letters records that nobody has received. API_RestoreDeadLetterQueueRecords. */
export const restoreDeadLetterQueueRecords = kinesisOperation({
  name: "RestoreDeadLetterQueueRecords",
  ...handling,
  handle: (context, input) => restoreRecords(context, input),
});
