import { kinesisOperation } from "../operation.ts";
import { changingVisibility } from "../queue/record-contracts.ts";
import { changeVisibility } from "../queue/record-entries.ts";

/** Has up to ten records in flight be visible so many seconds from now. API_UpdateQueueRecordsVisibility. */
export const updateQueueRecordsVisibility = kinesisOperation({
  name: "UpdateQueueRecordsVisibility",
  ...changingVisibility,
  handle: (context, input) => changeVisibility(context, input, false),
});
