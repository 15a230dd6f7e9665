import type { ThroughputCommitment } from "../../../engine/stream/account/throughput-commitment.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import { invalidArgument } from "../refusals.ts";

/** AWS: ten GiB a second. API_UpdateStreamWarmThroughput. */
const MOST_MIB_PER_SECOND = 10 * 1024;

/** What the stream is and shall be ready to take; undefined for one that has no say in it. */
export function describeWarmThroughput({ configuration }: Stream) {
  const warm = configuration.warmThroughput;
  return warm && { TargetMiBps: warm.targetMiBps, CurrentMiBps: warm.currentMiBps };
}

/** Throws InvalidArgumentException for more than any stream can be ready for. */
export function checkWarmThroughput(miBps: number | undefined): void {
  if (miBps === undefined || miBps <= MOST_MIB_PER_SECOND) return;
  // The text is ours.
  throw invalidArgument(`WarmThroughputMiBps must not be greater than ${MOST_MIB_PER_SECOND}. Requested: ${miBps}`);
}

/** How an account's commitment to a minimum throughput stands. */
export function describeCommitment({ status, startedAt, endedAt, earliestEndAt }: ThroughputCommitment) {
  return {
    MinimumThroughputBillingCommitment: {
      Status: status,
      StartedAt: startedAt,
      EndedAt: endedAt,
      EarliestAllowedEndAt: earliestEndAt,
    },
  };
}
