import { kinesisOperation } from "../operation.ts";
import { changingVisibility } from "../queue/record-contracts.ts";
import { changeVisibility } from "../queue/record-entries.ts";

/** Has up to ten dead letters in flight be visible so many seconds from now. API_UpdateDeadLetterQueueRecordsVisibility. */
export const updateDeadLetterQueueRecordsVisibility = kinesisOperation({
  name: "UpdateDeadLetterQueueRecordsVisibility",
  ...changingVisibility,
  handle: (context, input) => changeVisibility(context, input, true),
});
