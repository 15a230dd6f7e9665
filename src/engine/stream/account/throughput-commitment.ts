/** A commitment cannot end before it is a day old. API_UpdateAccountSettings. */
const SHORTEST_MS = 24 * 60 * 60_000;

/** An account's commitment to a minimum throughput, which is what warm throughput needs. Instants in epoch milliseconds. */
export interface ThroughputCommitment {
  readonly status: "ENABLED" | "DISABLED" | "ENABLED_UNTIL_EARLIEST_ALLOWED_END";
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly earliestEndAt?: number;
}

export const noCommitment: ThroughputCommitment = { status: "DISABLED" };

/** The commitment as it stands at the instant. */
export function settled(commitment: ThroughputCommitment, now: number): ThroughputCommitment {
  const { status, earliestEndAt } = commitment;
  const isOver = status === "ENABLED_UNTIL_EARLIEST_ALLOWED_END" && earliestEndAt !== undefined && earliestEndAt <= now;
  return isOver ? { ...commitment, status: "DISABLED", endedAt: earliestEndAt } : commitment;
}

/** Starts a commitment, or goes on with one that was going to end. */
export function enabled(commitment: ThroughputCommitment, now: number): ThroughputCommitment {
  if (commitment.status !== "DISABLED") return { ...commitment, status: "ENABLED" };
  return { status: "ENABLED", startedAt: now, earliestEndAt: now + SHORTEST_MS };
}

/** Ends the commitment as soon as it may end. */
export function disabled(commitment: ThroughputCommitment, now: number): ThroughputCommitment {
  if (commitment.status === "DISABLED") return commitment;
  const ending: ThroughputCommitment = { ...commitment, status: "ENABLED_UNTIL_EARLIEST_ALLOWED_END" };
  return (commitment.earliestEndAt ?? 0) <= now ? { ...commitment, status: "DISABLED", endedAt: now } : ending;
}
