import type { BackoffFunction, RetryPolicy } from "../../../engine/topic/delivery-policy.ts";
import type { DocumentReader } from "../document-reader.ts";

/** The whole numbers of a retry policy in the order AWS prints them, with their bounds. Developer guide, HTTP retries. */
const NUMBERS: readonly (readonly [name: NumberName, min: number, max?: number])[] = [
  ["minDelayTarget", 1, 3600],
  ["maxDelayTarget", 1, 3600],
  ["numRetries", 0, 100],
  ["numMaxDelayRetries", 0],
  ["numNoDelayRetries", 0],
  ["numMinDelayRetries", 0],
];

type NumberName = Exclude<keyof RetryPolicy, "backoffFunction">;

const BACKOFF_FUNCTIONS: readonly BackoffFunction[] = ["arithmetic", "exponential", "geometric", "linear"];

/** The members of a retry policy that were given, in AWS's order. */
export function readRetryPolicy(reader: DocumentReader): Partial<RetryPolicy> {
  const policy: { -readonly [K in keyof RetryPolicy]?: RetryPolicy[K] } = {};
  reader.only(
    "minDelayTarget",
    "maxDelayTarget",
    "numRetries",
    "numMaxDelayRetries",
    "numNoDelayRetries",
    "numMinDelayRetries",
    "backoffFunction",
  );
  for (const [name, min, max] of NUMBERS) {
    const value = reader.integer(name, min, max);
    if (value !== undefined) policy[name] = value;
  }
  const given = reader.string("backoffFunction");
  const backoffFunction = BACKOFF_FUNCTIONS.find((name) => name === given);
  if (given !== backoffFunction)
    reader.refuse("backoffFunction", `the value [${given}] is not a valid backoff function`);
  if (backoffFunction !== undefined) policy.backoffFunction = backoffFunction;
  checkTogether(policy, reader);
  return policy;
}

function checkTogether(policy: Partial<RetryPolicy>, reader: DocumentReader): void {
  const { minDelayTarget = 0, maxDelayTarget = Number.POSITIVE_INFINITY, numRetries } = policy;
  if (minDelayTarget > maxDelayTarget) {
    reader.refuse("maxDelayTarget", "must be greater than or equal to minDelayTarget");
  }
  const { numNoDelayRetries = 0, numMinDelayRetries = 0, numMaxDelayRetries = 0 } = policy;
  const claimed = numNoDelayRetries + numMinDelayRetries + numMaxDelayRetries;
  if (numRetries !== undefined && claimed > numRetries) {
    reader.refuse(
      "numRetries",
      "must be greater than or equal to total of numMinDelayRetries, numNoDelayRetries and numMaxDelayRetries",
    );
  }
}
