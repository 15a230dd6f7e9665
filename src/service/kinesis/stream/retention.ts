import { HOUR_MS } from "../../../engine/stream/settings.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { integer, required } from "../../../model/shape.ts";
import { invalidArgument, notActive } from "../refusals.ts";
import { streamAddress } from "../shapes.ts";

/** The members of a call that changes the retention period. */
export const retentionMembers = { RetentionPeriodHours: required(integer()), ...streamAddress };

/** What AWS says instead of changing it: "can not" in two words, and operations by names they do not have. */
export function retentionRefusal(
  reason: "notActive" | "tooShort" | "tooLong" | "belowCurrent" | "aboveCurrent",
  stream: Stream,
  hours: number,
): AwsError {
  const requested = `Requested retention period (${hours} hours)`;
  const existing = `existing retention period (${stream.configuration.settings.retentionMs / HOUR_MS} hours)`;
  switch (reason) {
    case "notActive":
      return notActive(stream);
    case "tooShort":
      return invalidArgument(`Minimum allowed retention period is 24 hours. ${requested} is too short.`);
    case "tooLong":
      return invalidArgument(`Maximum allowed retention period is 8760 hours. ${requested} is too long.`);
    case "belowCurrent":
      return invalidArgument(
        `${requested} for stream ${stream.name} can not be shorter than ${existing}. Use DecreaseRetentionPeriod API.`,
      );
    case "aboveCurrent":
      return invalidArgument(
        `${requested} for stream ${stream.name} can not be longer than ${existing}. Use IncreaseRetentionPeriod API.`,
      );
  }
}
