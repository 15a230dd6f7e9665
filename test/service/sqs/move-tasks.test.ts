import { expect, test } from "vitest";
import { aService, type Failure, invalidParameter, missingParameter, START } from "../../support/sqs.ts";

// §8.4

const ARN = "arn:aws:sqs:us-east-1:000000000000:";
const SOURCE = `${ARN}dead`;

const notFound = (name: string): Failure => ({
  code: "ResourceNotFoundException",
  status: 404,
  message: `The resource that you specified for the ${name} parameter doesn't exist.`,
});

const malformed = (name: string): Failure =>
  invalidParameter(
    `You must use this format to specify the ${name}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
  );

/** A dead-letter queue holding so many messages of the queue `orders`. */
function withDeadLetters(count: number) {
  const service = aService();
  const { createQueue, send, receive, call } = service;
  const dead = createQueue("dead");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: SOURCE, maxReceiveCount: 1 });
  const orders = createQueue("orders", { VisibilityTimeout: "0", RedrivePolicy });
  for (let index = 0; index < count; index++) send(orders, `${index}`);
  for (let round = 0; round < 2 * count + 2; round++) receive(orders);
  const start = (input: object = {}): string =>
    (call("StartMessageMoveTask", { SourceArn: SOURCE, ...input }) as { TaskHandle: string }).TaskHandle;
  const list = (input: object = {}): readonly object[] =>
    (call("ListMessageMoveTasks", { SourceArn: SOURCE, ...input }) as { Results: readonly object[] }).Results;
  return { ...service, dead, orders, start, list };
}

test("a task handle is base64 of JSON that names task and source", () => {
  const { start } = withDeadLetters(0);
  expect(JSON.parse(Buffer.from(start(), "base64").toString())).toEqual({
    taskId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    sourceArn: SOURCE,
  });
});

test("without a destination messages go back to the queue they came from, as new ones", () => {
  const { start, orders, dead, attributesOf, call } = withDeadLetters(2);
  expect(attributesOf(dead).ApproximateNumberOfMessages).toBe("2");
  call("SetQueueAttributes", { QueueUrl: orders, Attributes: { RedrivePolicy: attributesOf(orders).RedrivePolicy } });
  start();
  expect(attributesOf(dead).ApproximateNumberOfMessages).toBe("0");
  expect(attributesOf(orders).ApproximateNumberOfMessages).toBe("2");
});

test("with a destination they go there", () => {
  const { start, createQueue, receive } = withDeadLetters(2);
  const elsewhere = createQueue("elsewhere");
  start({ DestinationArn: `${ARN}elsewhere` });
  expect(receive(elsewhere, { MaxNumberOfMessages: 10 })).toMatchObject([{ Body: "0" }, { Body: "1" }]);
});

test("a finished task shows what it was asked and what it did, and no handle", () => {
  const { start, list } = withDeadLetters(2);
  start();
  expect(list()).toEqual([
    {
      Status: "COMPLETED",
      SourceArn: SOURCE,
      ApproximateNumberOfMessagesMoved: 2,
      ApproximateNumberOfMessagesToMove: 2,
      StartedTimestamp: START,
    },
  ]);
});

test("a running task shows its handle, destination and rate", () => {
  const { start, list, createQueue, clock } = withDeadLetters(4);
  createQueue("elsewhere");
  const TaskHandle = start({ DestinationArn: `${ARN}elsewhere`, MaxNumberOfMessagesPerSecond: 1 });
  clock.advance(1_000);
  expect(list()).toEqual([
    {
      TaskHandle,
      Status: "RUNNING",
      SourceArn: SOURCE,
      DestinationArn: `${ARN}elsewhere`,
      MaxNumberOfMessagesPerSecond: 1,
      ApproximateNumberOfMessagesMoved: 2,
      ApproximateNumberOfMessagesToMove: 4,
      StartedTimestamp: START,
    },
  ]);
});

test("a task whose destination is deleted fails with the code of that", () => {
  const { start, list, createQueue, call, clock } = withDeadLetters(3);
  const QueueUrl = createQueue("elsewhere");
  start({ DestinationArn: `${ARN}elsewhere`, MaxNumberOfMessagesPerSecond: 1 });
  call("DeleteQueue", { QueueUrl });
  clock.advance(1_000);
  expect(list()).toEqual([
    expect.objectContaining({ Status: "FAILED", FailureReason: "AWS.SimpleQueueService.NonExistentQueue" }),
  ]);
});

test("the newest task is listed unless more are asked for", () => {
  const { start, list } = withDeadLetters(1);
  start();
  start({ MaxNumberOfMessagesPerSecond: 1 });
  expect(list()).toMatchObject([{ MaxNumberOfMessagesPerSecond: 1 }]);
  expect(list({ MaxResults: 10 })).toMatchObject([{ MaxNumberOfMessagesPerSecond: 1 }, { Status: "COMPLETED" }]);
});

test("a queue that never had a task lists none", () => {
  const { call } = withDeadLetters(0);
  expect(call("ListMessageMoveTasks", { SourceArn: `${ARN}orders` })).toEqual({ Results: [] });
});

// The texts are ours.
test.for<[operation: string, name: string, value: number, max: number]>([
  ["ListMessageMoveTasks", "MaxResults", 0, 10],
  ["ListMessageMoveTasks", "MaxResults", 11, 10],
  ["StartMessageMoveTask", "MaxNumberOfMessagesPerSecond", 0, 500],
  ["StartMessageMoveTask", "MaxNumberOfMessagesPerSecond", 501, 500],
])("%s does not take %s %i", ([operation, name, value, max]) => {
  const { failure } = withDeadLetters(0);
  expect(failure(operation, { SourceArn: SOURCE, [name]: value })).toEqual(
    invalidParameter(
      `Value for parameter ${name} is invalid. Reason: You must enter a number that's between 1 and ${max}.`,
    ),
  );
});

test.for([1, 500])("a task can move %i messages a second", (MaxNumberOfMessagesPerSecond) => {
  const { start, list } = withDeadLetters(1);
  start({ MaxNumberOfMessagesPerSecond });
  expect(list()).toMatchObject([{ MaxNumberOfMessagesPerSecond }]);
});

test.for<[title: string, input: object, expected: Failure]>([
  ["no source", { SourceArn: undefined }, missingParameter("SourceArn")],
  ["a source that is no ARN", { SourceArn: "dead", DestinationArn: "x" }, malformed("SourceArn")],
  ["a missing source", { SourceArn: `${ARN}nothing`, DestinationArn: "x" }, notFound("SourceArn")],
  ["a source in another region", { SourceArn: SOURCE.replace("us-east-1", "eu-west-1") }, notFound("SourceArn")],
  ["a source that is no queue", { SourceArn: "arn:aws:sns:us-east-1:000000000000:dead" }, notFound("SourceArn")],
  [
    "a source that is nobody's dead-letter queue",
    { SourceArn: `${ARN}orders`, DestinationArn: `${ARN}nothing` },
    invalidParameter("Source queue must be configured as a Dead Letter Queue."),
  ],
  ["a destination that is no ARN", { DestinationArn: "orders" }, malformed("DestinationArn")],
  ["a missing destination", { DestinationArn: `${ARN}nothing` }, notFound("DestinationArn")],
  [
    "a destination of the other type",
    { DestinationArn: `${ARN}other.fifo` },
    invalidParameter("Destination queue must be same type of queue as the source."),
  ],
])("a task cannot be started with %s", ([, input, expected]) => {
  const { failure, createFifoQueue, call } = withDeadLetters(0);
  createFifoQueue("other.fifo");
  call("CreateQueue", { QueueName: "dead" }, { region: "eu-west-1" });
  expect(failure("StartMessageMoveTask", { SourceArn: SOURCE, ...input })).toEqual(expected);
});

test("a source can have one active task, and a missing destination is found first", () => {
  const { start, failure } = withDeadLetters(2);
  start({ MaxNumberOfMessagesPerSecond: 1 });
  expect(failure("StartMessageMoveTask", { SourceArn: SOURCE })).toEqual(
    invalidParameter(
      "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
    ),
  );
  const missing = { SourceArn: SOURCE, DestinationArn: `${ARN}nothing` };
  expect(failure("StartMessageMoveTask", missing)).toEqual(notFound("DestinationArn"));
});

test("a cancelled task says how many messages it moved, and leaves the rest", () => {
  const { start, call, list, clock, dead, attributesOf } = withDeadLetters(4);
  const TaskHandle = start({ MaxNumberOfMessagesPerSecond: 1 });
  clock.advance(1_000);
  expect(call("CancelMessageMoveTask", { TaskHandle })).toEqual({ ApproximateNumberOfMessagesMoved: 2 });
  expect(list()).toMatchObject([{ Status: "CANCELLING" }]);
  expect(list()[0]).toMatchObject({ TaskHandle: undefined });
  clock.advance(1_000);
  expect(list()).toMatchObject([{ Status: "CANCELLED", ApproximateNumberOfMessagesMoved: 2 }]);
  expect(attributesOf(dead).ApproximateNumberOfMessages).toBe("2");
});

const handleOf = (task: unknown): string => Buffer.from(JSON.stringify(task)).toString("base64");

test.for<[title: string, handle: string, expected: Failure]>([
  ["no base64", "!", invalidParameter("Value for parameter TaskHandle is invalid.")],
  ["nothing", "", invalidParameter("Value for parameter TaskHandle is invalid.")],
  ["no JSON", Buffer.from("x").toString("base64"), invalidParameter("Value for parameter TaskHandle is invalid.")],
  ["no task", handleOf({ sourceArn: SOURCE }), invalidParameter("Value for parameter TaskHandle is invalid.")],
  ["no source", handleOf({ taskId: "x" }), invalidParameter("Value for parameter TaskHandle is invalid.")],
  ["a missing source", handleOf({ taskId: "x", sourceArn: `${ARN}nothing` }), notFound("SourceArn")],
  ["a source that is no ARN", handleOf({ taskId: "x", sourceArn: "dead" }), notFound("SourceArn")],
  [
    "an unknown task",
    handleOf({ taskId: "x", sourceArn: SOURCE }),
    { code: "ResourceNotFoundException", status: 404, message: "Task does not exist." },
  ],
])("no task can be cancelled by a handle with %s", ([, TaskHandle, expected]) => {
  const { failure } = withDeadLetters(0);
  expect(failure("CancelMessageMoveTask", { TaskHandle })).toEqual(expected);
});

test("a finished task cannot be cancelled", () => {
  const { start, failure } = withDeadLetters(1);
  const TaskHandle = start();
  expect(failure("CancelMessageMoveTask", { TaskHandle }).message).toBe("Task does not exist.");
});

test("CancelMessageMoveTask wants a handle", () => {
  const { failure } = withDeadLetters(0);
  expect(failure("CancelMessageMoveTask", {})).toEqual(missingParameter("TaskHandle"));
});

test.for<[arn: string | undefined, expected: Failure]>([
  [undefined, missingParameter("SourceArn")],
  ["dead", malformed("SourceArn")],
  [`${ARN}nothing`, notFound("SourceArn")],
])("the tasks of %s cannot be listed", ([SourceArn, expected]) => {
  const { failure } = withDeadLetters(0);
  expect(failure("ListMessageMoveTasks", { SourceArn })).toEqual(expected);
});
