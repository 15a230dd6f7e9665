import { expect, test } from "vitest";
import { aService, invalidValue } from "../../support/sqs.ts";

// §8.1, §8.2

const DEAD = "arn:aws:sqs:us-east-1:000000000000:dead";

test.for<[title: string, policy: string, reason: string]>([
  // AWS: the count is looked for first.
  ["nothing", "{}", "Redrive policy does not contain mandatory attribute: maxReceiveCount."],
  [
    "no count",
    `{"deadLetterTargetArn":"${DEAD}"}`,
    "Redrive policy does not contain mandatory attribute: maxReceiveCount.",
  ],
  ["no target", '{"maxReceiveCount":1}', "Redrive policy does not contain mandatory attribute: deadLetterTargetArn."],
  [
    "a target that is no ARN",
    '{"deadLetterTargetArn":"dummy","maxReceiveCount":1}',
    "Invalid value for deadLetterTargetArn.",
  ],
  [
    "a target that is no text",
    '{"deadLetterTargetArn":1,"maxReceiveCount":1}',
    "Invalid value for deadLetterTargetArn.",
  ],
  [
    "a target that does not exist",
    `{"deadLetterTargetArn":"${DEAD}er","maxReceiveCount":1}`,
    "Dead letter target does not exist.",
  ],
  [
    "a target that is no queue",
    '{"deadLetterTargetArn":"arn:aws:sns:us-east-1:000000000000:dead","maxReceiveCount":1}',
    "Only SQS queues are valid resources for deadLetterTargetArn.",
  ],
  [
    "a target in another region",
    '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead","maxReceiveCount":1}',
    "Dead-letter target must be in same region as the source.",
  ],
  [
    "a FIFO target",
    `{"deadLetterTargetArn":"${DEAD}.fifo","maxReceiveCount":1}`,
    "Dead-letter queue must be same type of queue as the source..",
  ],
])("a standard queue cannot have a redrive policy with %s", ([, RedrivePolicy, reason]) => {
  const { createQueue, createFifoQueue, failure } = aService();
  createQueue("dead");
  createFifoQueue("dead.fifo");
  const expected = invalidValue("RedrivePolicy", RedrivePolicy, reason);
  expect(failure("CreateQueue", { QueueName: "a", Attributes: { RedrivePolicy } })).toEqual(expected);
  const QueueUrl = createQueue("orders");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { RedrivePolicy } })).toEqual(expected);
});

test.for(["{", "[]", " ", "1"])("a redrive policy cannot be '%s'", (RedrivePolicy) => {
  const { createQueue, failure } = aService();
  // AWS: with the code of attributes, unlike all else about redrive policies.
  const expected = {
    code: "InvalidAttributeValue",
    status: 400,
    message: "Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.",
  };
  expect(failure("CreateQueue", { QueueName: "a", Attributes: { RedrivePolicy } })).toEqual(expected);
  const QueueUrl = createQueue("orders");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { RedrivePolicy } })).toEqual(expected);
});

test("a FIFO queue cannot have a standard dead-letter queue", () => {
  const { createQueue, createFifoQueue, failure } = aService();
  createQueue("dead");
  const QueueUrl = createFifoQueue("orders.fifo");
  const RedrivePolicy = `{"deadLetterTargetArn":"${DEAD}","maxReceiveCount":1}`;
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { RedrivePolicy } })).toEqual(
    invalidValue("RedrivePolicy", RedrivePolicy, "Dead-letter queue must be same type of queue as the source.."),
  );
});

// Recorded from AWS.
test.for<[count: string, shown: number]>([
  ["1", 1],
  ["1000", 1000],
  ['"1"', 1],
  ['"1000"', 1000],
  ['"010"', 10],
  ["2.0", 2],
])("a redrive policy whose maxReceiveCount is sent as %s is shown compactly with the number %i", ([count, number]) => {
  const { createQueue, call, attributesOf } = aService();
  createQueue("dead");
  const RedrivePolicy = `{ "maxReceiveCount" : ${count},\n "deadLetterTargetArn": "${DEAD}" }`;
  const shown = `{"deadLetterTargetArn":"${DEAD}","maxReceiveCount":${number}}`;
  const QueueUrl = createQueue("orders", { RedrivePolicy });
  expect(attributesOf(QueueUrl).RedrivePolicy).toBe(shown);
  call("SetQueueAttributes", { QueueUrl, Attributes: { RedrivePolicy: "" } });
  expect(attributesOf(QueueUrl)).not.toHaveProperty("RedrivePolicy");
  call("SetQueueAttributes", { QueueUrl, Attributes: { RedrivePolicy } });
  expect(attributesOf(QueueUrl).RedrivePolicy).toBe(shown);
});

test.for<[count: string, shown: string]>([
  ["0", "0"],
  ["1001", "1001"],
  ["-1", "-1"],
  ["1.5", "1.5"],
  ['"0"', "0"],
  ['"1001"', "1001"],
  ['"many"', "many"],
  ['""', ""],
  ["true", "true"],
  ['{"toString":1}', '{"toString":1}'],
])("maxReceiveCount cannot be %s", ([count, shown]) => {
  const { createQueue, failure } = aService();
  createQueue("dead");
  const RedrivePolicy = `{"deadLetterTargetArn":"${DEAD}","maxReceiveCount":${count}}`;
  expect(failure("CreateQueue", { QueueName: "a", Attributes: { RedrivePolicy } })).toEqual(
    invalidValue(
      "RedrivePolicy",
      RedrivePolicy,
      `Invalid value for maxReceiveCount: ${shown}, valid values are from 1 to 1000 both inclusive.`,
    ),
  );
});

const source = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const byQueue = (...sourceQueueArns: readonly string[]): string =>
  JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns });

test.for<[title: string, policy: string]>([
  ["allowAll", '{"redrivePermission":"allowAll"}'],
  ["denyAll", '{"redrivePermission":"denyAll"}'],
  ["byQueue with one source", byQueue(source("a"))],
  ["byQueue with ten sources", byQueue(...Array.from({ length: 10 }, (_, index) => source(`q${index}`)))],
])("a redrive allow policy can say %s", ([, RedriveAllowPolicy]) => {
  const { createQueue, attributesOf } = aService();
  expect(attributesOf(createQueue("dead", { RedriveAllowPolicy })).RedriveAllowPolicy).toBe(RedriveAllowPolicy);
});

const unsupported = "Amazon SQS can't create the redrive allow policy, as it's in an unsupported format.";
const onlyByQueue =
  "Amazon SQS can't create the redrive allow policy. You can specify source queue ARNs only when the permission type is byQueue.";
const oneToTen =
  "Amazon SQS can't create the redrive allow policy. When you specify the byQueue permission type, you must also specify between 1 and 10 source queue ARNs.";

test.for<[title: string, policy: string, reason: string]>([
  ["no JSON", "allowAll", unsupported],
  ["nothing", "{}", unsupported],
  ["another permission", '{"redrivePermission":"allow"}', unsupported],
  [
    "allowAll with sources",
    JSON.stringify({ redrivePermission: "allowAll", sourceQueueArns: [source("a")] }),
    onlyByQueue,
  ],
  ["denyAll with sources", JSON.stringify({ redrivePermission: "denyAll", sourceQueueArns: [] }), onlyByQueue],
  ["byQueue without sources", '{"redrivePermission":"byQueue"}', oneToTen],
  ["byQueue with no source", byQueue(), oneToTen],
  ["byQueue with eleven sources", byQueue(...Array.from({ length: 11 }, (_, index) => source(`q${index}`))), oneToTen],
  ["byQueue with a source that is no ARN", byQueue("orders"), unsupported],
  ["byQueue with a source that is no queue", byQueue("arn:aws:sns:us-east-1:000000000000:orders"), unsupported],
  ["byQueue with one source not in a list", '{"redrivePermission":"byQueue","sourceQueueArns":"a"}', oneToTen],
  [
    "byQueue with a source in another region",
    byQueue(source("a"), source("b").replace("us-east-1", "eu-west-1")),
    "All source queue ARNs must be in the same region as the current SQS queue.",
  ],
])("a redrive allow policy cannot say %s", ([, RedriveAllowPolicy, reason]) => {
  const { failure } = aService();
  expect(failure("CreateQueue", { QueueName: "dead", Attributes: { RedriveAllowPolicy } })).toEqual(
    invalidValue("RedriveAllowPolicy", RedriveAllowPolicy, reason),
  );
});

const RedrivePolicy = `{"deadLetterTargetArn":"${DEAD}","maxReceiveCount":1}`;

test.for<[title: string, attributes: Readonly<Record<string, string>>]>([
  ["without a redrive allow policy", {}],
  ["that allows all", { RedriveAllowPolicy: '{"redrivePermission":"allowAll"}' }],
  ["that allows it", { RedriveAllowPolicy: byQueue(source("other"), source("orders")) }],
])("a queue can have a dead-letter queue %s", ([, allowing]) => {
  const { createQueue, attributesOf } = aService();
  createQueue("dead", allowing);
  expect(attributesOf(createQueue("orders", { RedrivePolicy })).RedrivePolicy).toBe(RedrivePolicy);
});

test.for<[title: string, RedriveAllowPolicy: string]>([
  ["that denies all", '{"redrivePermission":"denyAll"}'],
  ["that allows another", byQueue(source("other"))],
])("a queue cannot have a dead-letter queue %s", ([, RedriveAllowPolicy]) => {
  const { createQueue, failure } = aService();
  createQueue("dead", { RedriveAllowPolicy });
  const Attributes = { RedrivePolicy };
  const refused = invalidValue(
    "RedrivePolicy",
    RedrivePolicy,
    "Dead-letter queue does not allow this source queue in its RedriveAllowPolicy.",
  );
  expect(failure("CreateQueue", { QueueName: "orders", Attributes })).toEqual(refused);
  const QueueUrl = createQueue("orders");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes })).toEqual(refused);
});
