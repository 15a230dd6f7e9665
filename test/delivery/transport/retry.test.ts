import { expect, test } from "vitest";
import { httpRetries } from "../../../src/delivery/sns/http-policy.ts";
import {
  customerEndpointRetries,
  invocationRetries,
  managedEndpointRetries,
  retryDelays,
} from "../../../src/delivery/transport/retry.ts";
import { effectivePolicy, type RetryPolicy } from "../../../src/engine/topic/delivery-policy.ts";

/** The waits of an HTTP policy in seconds; what is not given is AWS's default. */
function waits(policy: Partial<RetryPolicy>): readonly number[] {
  const { healthyRetryPolicy } = effectivePolicy(undefined, { healthyRetryPolicy: policy });
  return inSeconds(retryDelays(httpRetries(healthyRetryPolicy)));
}

function inSeconds(delays: Iterable<number>): readonly number[] {
  return [...delays].map((delayMs) => delayMs / 1000);
}

/** `count` times the same wait. */
function times(count: number, seconds: number): readonly number[] {
  return Array.from({ length: count }, () => seconds);
}

test("without a policy an HTTP delivery is tried again three times, every 20 seconds", () => {
  expect(waits({})).toEqual([20, 20, 20]);
});

test.for([
  ["no retries", { numRetries: 0 }, []],
  ["one retry after the least delay", { numRetries: 1, minDelayTarget: 5, maxDelayTarget: 50 }, [5]],
  ["two retries after the least and the greatest", { numRetries: 2, minDelayTarget: 5, maxDelayTarget: 50 }, [5, 50]],
  ["immediate retries first", { numRetries: 3, numNoDelayRetries: 2, minDelayTarget: 7 }, [0, 0, 7]],
  [
    "all four phases in their order",
    {
      numRetries: 9,
      numNoDelayRetries: 1,
      numMinDelayRetries: 2,
      numMaxDelayRetries: 3,
      minDelayTarget: 10,
      maxDelayTarget: 30,
    },
    [0, 10, 10, 10, 20, 30, 30, 30, 30],
  ],
  [
    "no backoff phase when the others claim every retry",
    { numRetries: 2, numMinDelayRetries: 2, minDelayTarget: 3 },
    [3, 3],
  ],
  ["no more retries than allowed, whatever the phases claim", { numRetries: 2, numNoDelayRetries: 5 }, [0, 0]],
  [
    "the earlier phases before the later ones, when they claim too much",
    { numRetries: 3, numNoDelayRetries: 1, numMinDelayRetries: 1, numMaxDelayRetries: 9, minDelayTarget: 1 },
    [0, 1, 20],
  ],
  ["a hundred retries", { numRetries: 100, minDelayTarget: 1, maxDelayTarget: 1 }, times(100, 1)],
] as const)("a policy makes %s", ([, policy, expected]) => {
  expect(waits(policy)).toEqual(expected);
});

test.for([
  ["linear", [10, 32.5, 55, 77.5, 100]],
  ["arithmetic", [10, 19, 37, 64, 100]],
  ["geometric", [10, 17.783, 31.623, 56.234, 100]],
  ["exponential", [10, 20, 40, 80, 100]],
] as const)("%s backoff climbs from the least delay to the greatest", ([backoffFunction, expected]) => {
  expect(waits({ numRetries: 5, minDelayTarget: 10, maxDelayTarget: 100, backoffFunction })).toEqual(expected);
});

test("exponential backoff reaches the greatest delay even when doubling would not", () => {
  const policy = { numRetries: 3, minDelayTarget: 1, maxDelayTarget: 100, backoffFunction: "exponential" } as const;
  expect(waits(policy)).toEqual([1, 10, 100]);
});

test("every curve stays at the delay when least and greatest are one", () => {
  for (const backoffFunction of ["linear", "arithmetic", "geometric", "exponential"] as const) {
    expect(waits({ numRetries: 4, minDelayTarget: 9, maxDelayTarget: 9, backoffFunction })).toEqual(times(4, 9));
  }
});

test.for([
  [3600, [3600]],
  [1800, [1800, 1800]],
  [1801, [1801]],
  [720, times(5, 720)],
  [721, times(4, 721)],
] as const)("delays of %i seconds end within 3,600 seconds", ([delay, expected]) => {
  expect(waits({ numRetries: 100, minDelayTarget: delay, maxDelayTarget: delay })).toEqual(expected);
});

// SNS developer guide, message delivery retries: 3 + 2 + 10 + 100,000 retries.
test("endpoints that AWS manages are retried 100,015 times in 23 days", () => {
  const delays = inSeconds(retryDelays(managedEndpointRetries));
  expect(delays).toHaveLength(100_015);
  expect(delays.slice(0, 17)).toEqual([0, 0, 0, 1, 1, 1, 2, 4, 8, 16, 20, 20, 20, 20, 20, 20, 20]);
  expect(Math.floor(delays.reduce((sum, delay) => sum + delay, 0) / 86_400)).toBe(23);
});

// Lambda developer guide, asynchronous invocation.
test("a function that failed is invoked again after one minute and after two more", () => {
  expect(inSeconds(retryDelays(invocationRetries))).toEqual([60, 120]);
});

// SNS developer guide, message delivery retries: 2 + 10 + 38 retries.
test("mails, texts and pushes are tried fifty times more, within six hours or so", () => {
  const delays = inSeconds(retryDelays(customerEndpointRetries));
  expect(delays).toHaveLength(50);
  expect(delays.slice(0, 3)).toEqual([10, 10, 10]);
  expect(delays.slice(11)).toEqual(Array.from({ length: 39 }, () => 600));
});
