import { expect, test } from "vitest";
import { aService } from "../../support/sqs.ts";

// §4.7

test("a purge removes visible, delayed and in-flight messages, and later ones stay", () => {
  const { createQueue, call, send, receive, attributesOf } = aService();
  const QueueUrl = createQueue("orders");
  send(QueueUrl, "in flight");
  receive(QueueUrl);
  send(QueueUrl, "visible");
  send(QueueUrl, "delayed", { DelaySeconds: 10 });
  expect(call("PurgeQueue", { QueueUrl })).toBeUndefined();
  expect(attributesOf(QueueUrl)).toMatchObject({
    ApproximateNumberOfMessages: "0",
    ApproximateNumberOfMessagesNotVisible: "0",
    ApproximateNumberOfMessagesDelayed: "0",
  });
  send(QueueUrl, "later");
  expect(receive(QueueUrl)).toMatchObject([{ Body: "later" }]);
});

test("a queue can be purged once a minute", () => {
  const { createQueue, call, clock, failure } = aService();
  const QueueUrl = createQueue("orders");
  call("PurgeQueue", { QueueUrl });
  clock.advance(59_999);
  expect(failure("PurgeQueue", { QueueUrl })).toEqual({
    code: "AWS.SimpleQueueService.PurgeQueueInProgress",
    status: 403,
    message: "Only one PurgeQueue operation on orders is allowed every 60 seconds.",
  });
  clock.advance(1);
  expect(call("PurgeQueue", { QueueUrl })).toBeUndefined();
});
