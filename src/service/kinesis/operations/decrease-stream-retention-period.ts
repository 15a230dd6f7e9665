import { HOUR_MS } from "../../../engine/stream/settings.ts";
import { structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { retentionMembers, retentionRefusal } from "../stream/retention.ts";

/** Keeps a stream's records for a shorter time. API_DecreaseStreamRetentionPeriod. */
export const decreaseStreamRetentionPeriod = streamOperation({
  name: "DecreaseStreamRetentionPeriod",
  rate: { perSecond: 5, of: "stream" },
  input: structure(retentionMembers),
  errors: changeErrors,
  handle({ stream }, { RetentionPeriodHours: hours }) {
    const outcome = stream.configuration.decreaseRetention(hours * HOUR_MS);
    if (outcome !== "changed") throw retentionRefusal(outcome, stream, hours);
  },
});
