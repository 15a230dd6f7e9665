import { expect, test } from "vitest";
import { aService } from "../../support/sqs.ts";

// §8.3, §4.10

/** A queue whose messages are received at most `maxReceiveCount` times, and its dead-letter queue. */
function withDeadLetterQueue(maxReceiveCount: number) {
  const service = aService();
  const dead = service.createQueue("dead");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: service.arnOf(dead), maxReceiveCount });
  return { ...service, dead, source: service.createQueue("orders", { VisibilityTimeout: "0", RedrivePolicy }) };
}

test("a message received often enough is moved by the next receive", () => {
  const { source, dead, send, receive } = withDeadLetterQueue(2);
  send(source, "hello");
  expect(receive(source)).toHaveLength(1);
  expect(receive(source)).toHaveLength(1);
  expect(receive(dead)).toEqual([]);
  expect(receive(source)).toEqual([]);
  expect(receive(dead)).toHaveLength(1);
});

test("a dead letter keeps its id, count and times, and knows its source", () => {
  const { source, dead, send, receive, clock, arnOf } = withDeadLetterQueue(1);
  const { MessageId } = send(source, "hello", { MessageGroupId: "tenant" });
  clock.advance(1_000);
  const [before] = receive(source, { AttributeNames: ["All"] });
  receive(source);
  clock.advance(1_000);
  const [after] = receive(dead, { AttributeNames: ["All"] });
  expect(after?.MessageId).toBe(MessageId);
  expect(after?.Attributes).toEqual({
    ...before?.Attributes,
    ApproximateReceiveCount: "2",
    DeadLetterQueueSourceArn: arnOf(source),
  });
});

test("a new policy counts at once, a cleared one no more", () => {
  const { source, dead, send, receive, call, arnOf } = withDeadLetterQueue(5);
  send(source, "hello");
  receive(source);
  call("SetQueueAttributes", { QueueUrl: source, Attributes: { RedrivePolicy: "" } });
  expect(receive(source)).toHaveLength(1);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(dead), maxReceiveCount: "2" });
  call("SetQueueAttributes", { QueueUrl: source, Attributes: { RedrivePolicy } });
  expect(receive(source)).toEqual([]);
  expect(receive(dead)).toHaveLength(1);
});

test("a queue that nobody names has no sources", () => {
  const { createQueue, call } = aService();
  expect(call("ListDeadLetterSourceQueues", { QueueUrl: createQueue("orders") })).toEqual({ queueUrls: [] });
});

test("every queue whose policy names the queue is a source", () => {
  const { createQueue, call, source, dead, arnOf } = withDeadLetterQueue(1);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(dead), maxReceiveCount: 1 });
  const another = createQueue("another", { RedrivePolicy });
  createQueue("unrelated");
  expect(call("ListDeadLetterSourceQueues", { QueueUrl: dead })).toEqual({ queueUrls: [another, source] });
  call("SetQueueAttributes", { QueueUrl: source, Attributes: { RedrivePolicy: "" } });
  expect(call("ListDeadLetterSourceQueues", { QueueUrl: dead })).toEqual({ queueUrls: [another] });
});
