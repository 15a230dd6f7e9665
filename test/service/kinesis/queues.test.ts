import { expect, test } from "vitest";
import { aKinesis, inUse, OTHER_ACCOUNT, SECOND, slow } from "../../support/kinesis.ts";

interface Received {
  readonly QueueRecords: readonly { readonly ReceiptHandle: string; readonly [member: string]: unknown }[];
}

function aQueue(attributes = {}, changes = {}) {
  const kinesis = aKinesis(changes);
  kinesis.createOnDemand("stream");
  const StreamConfigurationList = [{ StreamARN: kinesis.arnOf("stream"), StartingPosition: { Type: "TRIM_HORIZON" } }];
  const input = { QueueName: "queue", StreamConfigurationList, QueueAttributes: attributes };
  const created = kinesis.call<{ readonly QueueDescription: { readonly QueueARN: string } }>("CreateQueue", input);
  return { ...kinesis, input, created, QueueARN: created.QueueDescription.QueueARN };
}

test("a queue is CREATING in the answer to its creation, and shows its defaults", () => {
  const { created, call, QueueARN } = aQueue();
  expect(QueueARN).toMatch(/^arn:aws:kinesis:us-east-1:000000000000:queue\/[a-z0-9]{26}$/);
  expect(created.QueueDescription).toMatchObject({
    QueueStatus: "CREATING",
    QueueAttributes: {
      VisibilityTimeoutSeconds: 30,
      DeadLetterConfiguration: { TargetType: "BUILT_IN", MaxReceiveCount: 6 },
    },
  });
  expect(call("DescribeQueue", { QueueARN })).toMatchObject({ QueueDescription: { QueueStatus: "ACTIVE" } });
});

test("records are received, acknowledged and gone; handles fail each by itself", () => {
  const { call, put, QueueARN } = aQueue();
  put("stream", ["a"]);
  const { QueueRecords } = call<Received>("ReceiveQueueRecords", { QueueARN });
  expect(QueueRecords[0]).toMatchObject({
    PartitionKey: "a",
    ReceiveCount: 1,
    RecordId: expect.stringMatching(/^[a-z0-9]{47}$/),
  });
  const { ReceiptHandle } = QueueRecords[0]!;
  const Entries = [{ ReceiptHandle }, { ReceiptHandle: "x" }, { ReceiptHandle }];
  expect(call("AcknowledgeQueueRecords", { QueueARN, Entries })).toMatchObject({
    Successful: [{ ReceiptHandle }, { ReceiptHandle }],
    Failed: [{ ReceiptHandle: "x", ErrorCode: "InvalidArgumentException" }],
  });
});

test("a stream with queues stays as it is, a name is taken once, and what is not there is not found", () => {
  const { call, failure, input, QueueARN } = aQueue();
  expect(failure("CreateQueue", input)).toEqual(inUse("Queue queue under account 000000000000 already exists."));
  expect(failure("DeleteStream", { StreamName: "stream" }).code).toBe("ResourceInUseException");
  expect(failure("CreateQueue", input, { account: OTHER_ACCOUNT }).code).toBe("InvalidArgumentException");
  call("DeleteQueue", { QueueARN });
  expect(failure("DescribeQueue", { QueueARN })).toMatchObject({
    code: "ResourceNotFoundException",
    message: `Queue ${QueueARN} under account 000000000000 not found.`,
  });
  expect(call("ListQueues")).toEqual({ QueueSummaries: [], NextToken: undefined });
});

test("a queue that is CREATING is not found by those who receive, and takes no changes", () => {
  const { failure, clock, call, QueueARN } = aQueue({}, slow);
  expect(failure("ReceiveQueueRecords", { QueueARN }).code).toBe("ResourceNotFoundException");
  expect(failure("UpdateQueue", { QueueARN, QueueAttributes: {} }).code).toBe("ResourceInUseException");
  clock.advance(30 * SECOND);
  expect(call("UpdateQueue", { QueueARN, QueueAttributes: { VisibilityTimeoutSeconds: 1 } })).toMatchObject({
    QueueDescription: { QueueStatus: "UPDATING", QueueAttributes: { VisibilityTimeoutSeconds: 1 } },
  });
});
