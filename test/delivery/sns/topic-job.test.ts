import { expect, test } from "vitest";
import { Paces } from "../../../src/delivery/sns/http-policy.ts";
import { Outcomes, TopicJob } from "../../../src/delivery/sns/topic-job.ts";
import { refused } from "../../../src/delivery/transport/attempt.ts";
import { type DeadLetterResult, type Outcome, settle } from "../../../src/delivery/transport/job.ts";
import { aDelivery } from "../deliveries.ts";

const QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:dead";

/** Tells of a delivery that failed for good. Returns what is logged and what is reported. */
function failing(take: () => DeadLetterResult, isAlive = true) {
  const logged: Outcome[] = [];
  const reports: unknown[] = [];
  const dropped: object[] = [];
  const outcomes = new Outcomes({
    log: { add: (_delivery, _attempt, outcome) => void logged.push(outcome) },
    deadLetters: { take },
    isAlive: () => isAlive,
    dropped: (_delivery, end) => void dropped.push(end),
    report: (cause) => void reports.push(cause),
  });
  settle(new TopicJob(aDelivery(), undefined, { outcomes, paces: new Paces() }), 1, refused("It refuses", 404));
  return { logged, reports, dropped };
}

test.for<[title: string, end: DeadLetterResult, outcome: object]>([
  ["taken by a queue", { queueArn: QUEUE_ARN }, { result: "deadLettered", deadLetterTargetArn: QUEUE_ARN }],
  ["wanted by no queue", { problem: undefined }, { result: "dropped" }],
  [
    "refused by its queue",
    { problem: "so does the queue" },
    { result: "dropped", reason: "It refuses; so does the queue" },
  ],
])("what failed for good and is %s is logged as that", ([, end, outcome]) => {
  const { logged, reports, dropped } = failing(() => end);
  expect(logged).toEqual([{ statusCode: 404, reason: "It refuses", ...outcome }]);
  expect(reports).toEqual([]);
  const isDropped = logged[0]?.result === "dropped";
  expect(dropped).toEqual(isDropped ? [{ ...logged[0], attempt: 1 }] : []);
});

test("a subscription that is gone has no dead letters", () => {
  const { logged } = failing(() => ({ queueArn: QUEUE_ARN }), false);
  expect(logged).toEqual([{ result: "dropped", statusCode: 404, reason: "It refuses" }]);
});

test("a mistake of our own with a dead letter is reported, and harms nobody else", () => {
  const mistake = new Error("out of ink");
  const { logged, reports } = failing(() => {
    throw mistake;
  });
  const reason = "It refuses; its dead-letter queue could not take it";
  expect(logged).toEqual([{ result: "dropped", statusCode: 404, reason }]);
  expect(reports).toEqual([mistake]);
});
