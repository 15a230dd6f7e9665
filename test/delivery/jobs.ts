import type { Job, Outcome } from "../../src/delivery/transport/job.ts";
import { managedEndpointRetries } from "../../src/delivery/transport/retry.ts";

/** A job of nobody in particular, and what it hears. */
export function aJob<Payload>(payload: Payload, parts: Partial<Job<Payload>> = {}) {
  const outcomes: Outcome[] = [];
  const job: Job<Payload> = {
    key: "source",
    receiver: "receiver",
    account: "123456789012",
    payload,
    content: undefined,
    characters: 0,
    retryPolicy: managedEndpointRetries,
    pace: undefined,
    withdrawn: undefined,
    outcome: (_attempt, outcome) => void outcomes.push(outcome),
    deadLetter: () => ({ problem: undefined }),
    ...parts,
  };
  return { job, outcomes };
}
