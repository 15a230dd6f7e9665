import type { ThroughputCommitment } from "../../../engine/stream/account/throughput-commitment.ts";

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
