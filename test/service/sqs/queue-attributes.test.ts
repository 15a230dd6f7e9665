import { expect, test } from "vitest";
import { aService, type Failure, START } from "../../support/sqs.ts";

// §3, §4.4, §4.5, §10

type Attributes = Readonly<Record<string, string>>;

const unknown = (name: string): Failure => ({
  code: "InvalidAttributeName",
  status: 400,
  message: `Unknown Attribute ${name}.`,
});

const invalid = (name: string, reason = ""): Failure => ({
  code: "InvalidAttributeValue",
  status: 400,
  message: `Invalid value for the parameter ${name}.${reason}`,
});

const fresh: Attributes = {
  ApproximateNumberOfMessages: "0",
  ApproximateNumberOfMessagesDelayed: "0",
  ApproximateNumberOfMessagesNotVisible: "0",
  CreatedTimestamp: "1767323045",
  DelaySeconds: "0",
  LastModifiedTimestamp: "1767323045",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  SqsManagedSseEnabled: "true",
  VisibilityTimeout: "30",
};

test("All shows exactly these attributes of a fresh standard queue", () => {
  const { createQueue, attributesOf } = aService();
  expect(Math.floor(START / 1000)).toBe(1_767_323_045);
  expect(attributesOf(createQueue("orders"))).toEqual({
    ...fresh,
    QueueArn: "arn:aws:sqs:us-east-1:000000000000:orders",
  });
});

test("All shows four more attributes of a fresh FIFO queue", () => {
  const { createFifoQueue, attributesOf } = aService();
  expect(attributesOf(createFifoQueue("orders.fifo"))).toEqual({
    ...fresh,
    QueueArn: "arn:aws:sqs:us-east-1:000000000000:orders.fifo",
    FifoQueue: "true",
    ContentBasedDeduplication: "false",
    DeduplicationScope: "queue",
    FifoThroughputLimit: "perQueue",
  });
});

test.for([[undefined], [[]]])("GetQueueAttributes with the names %s shows nothing", ([AttributeNames]) => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders");
  expect(call("GetQueueAttributes", { QueueUrl, AttributeNames })).toStrictEqual({});
});

test("GetQueueAttributes leaves out what the queue does not have", () => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders");
  const AttributeNames = ["KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled", "FifoQueue"];
  expect(call("GetQueueAttributes", { QueueUrl, AttributeNames })).toEqual({
    Attributes: { SqsManagedSseEnabled: "true" },
  });
  expect(call("GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] })).toStrictEqual({});
});

test("GetQueueAttributes does not know other names", () => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("GetQueueAttributes", { QueueUrl, AttributeNames: ["All", "Colour"] })).toEqual(unknown("Colour"));
});

test("a queue counts its messages by state", () => {
  const { createQueue, attributesOf, send, receive } = aService();
  const url = createQueue("orders");
  for (const body of ["a", "b", "c"]) send(url, body);
  send(url, "later", { DelaySeconds: 1 });
  receive(url);
  expect(attributesOf(url)).toMatchObject({
    ApproximateNumberOfMessages: "2",
    ApproximateNumberOfMessagesNotVisible: "1",
    ApproximateNumberOfMessagesDelayed: "1",
  });
});

test("messages of a locked group count as visible", () => {
  const { createFifoQueue, attributesOf, send, receive } = aService();
  const url = createFifoQueue("orders.fifo", { ContentBasedDeduplication: "true" });
  for (const body of ["1a", "1b", "2a", "2b", "3a", "3b"]) send(url, body, { MessageGroupId: body.slice(0, 1) });
  receive(url);
  receive(url);
  expect(attributesOf(url)).toMatchObject({
    ApproximateNumberOfMessages: "4",
    ApproximateNumberOfMessagesNotVisible: "2",
    ApproximateNumberOfMessagesDelayed: "0",
  });
});

const numbers: readonly [name: string, min: number, max: number][] = [
  ["DelaySeconds", 0, 900],
  ["MaximumMessageSize", 1024, 1_048_576],
  ["MessageRetentionPeriod", 60, 1_209_600],
  ["ReceiveMessageWaitTimeSeconds", 0, 20],
  ["VisibilityTimeout", 0, 43_200],
];

test.for(numbers.flatMap(([name, min, max]) => [min, max].map((value) => [name, String(value)] as const)))(
  "%s can be %s",
  ([name, value]) => {
    const { createQueue, call, attributesOf } = aService();
    const QueueUrl = createQueue("orders", { [name]: value });
    expect(attributesOf(QueueUrl)[name]).toBe(value);
    const other = createQueue("other");
    call("SetQueueAttributes", { QueueUrl: other, Attributes: { [name]: value } });
    expect(attributesOf(other)[name]).toBe(value);
  },
);

const notNumbers = ["", "abc", "-1", "1.5", "1e3", " 60", "+60"];

test.for(
  [...numbers, ["KmsDataKeyReusePeriodSeconds", 60, 86_400] as const].flatMap(([name, min, max]) =>
    [String(min - 1), String(max + 1), ...notNumbers].map((value) => [name, value] as const),
  ),
)("%s cannot be '%s'", ([name, value]) => {
  const { createQueue, failure } = aService();
  expect(failure("CreateQueue", { QueueName: "a", Attributes: { [name]: value } })).toEqual(invalid(name));
  const QueueUrl = createQueue("orders");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { [name]: value } })).toEqual(invalid(name));
});

test.for<[name: string, given: string, shown: string]>([
  ["ContentBasedDeduplication", "True", "true"],
  ["ContentBasedDeduplication", "FALSE", "false"],
  ["SqsManagedSseEnabled", "False", "false"],
  ["FifoQueue", "TRUE", "true"],
  ["DeduplicationScope", "messageGroup", "messageGroup"],
])("%s=%s comes back as %s", ([name, given, shown]) => {
  const { createFifoQueue, attributesOf } = aService();
  expect(attributesOf(createFifoQueue("orders.fifo", { [name]: given }))[name]).toBe(shown);
});

test.for<[name: string, value: string]>([
  ["ContentBasedDeduplication", "yes"],
  ["ContentBasedDeduplication", ""],
  ["SqsManagedSseEnabled", "1"],
  ["DeduplicationScope", "group"],
  ["DeduplicationScope", "Queue"],
  ["FifoThroughputLimit", "perMessageGroup"],
])("%s cannot be '%s'", ([name, value]) => {
  const { createFifoQueue, failure } = aService();
  const QueueUrl = createFifoQueue("orders.fifo");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { [name]: value } })).toEqual(invalid(name));
});

test.for(["Colour", "All", "QueueArn", "CreatedTimestamp", "ApproximateNumberOfMessages", "delayseconds", "__proto__"])(
  "nobody can set %s",
  (name) => {
    const { createQueue, failure } = aService();
    const Attributes = JSON.parse(`{"${name}":"1"}`) as Attributes;
    expect(failure("CreateQueue", { QueueName: "a", Attributes })).toEqual(unknown(name));
    const QueueUrl = createQueue("orders");
    expect(failure("SetQueueAttributes", { QueueUrl, Attributes })).toEqual(unknown(name));
  },
);

const fifoOnly = (name: string): Failure => ({
  code: "InvalidAttributeName",
  status: 400,
  message: `You can specify the ${name} only when FifoQueue is set to true.`,
});

test.for<[name: string, value: string, expected: Failure]>([
  ["FifoQueue", "false", unknown("FifoQueue")],
  ["FifoQueue", "nonsense", unknown("FifoQueue")],
  ["ContentBasedDeduplication", "false", unknown("ContentBasedDeduplication")],
  ["DeduplicationScope", "queue", fifoOnly("DeduplicationScope")],
  ["FifoThroughputLimit", "perQueue", fifoOnly("FifoThroughputLimit")],
])("a standard queue does not take %s=%s", ([name, value, expected]) => {
  const { createQueue, failure } = aService();
  const Attributes = { [name]: value };
  expect(failure("CreateQueue", { QueueName: "a", Attributes })).toEqual(expected);
  const QueueUrl = createQueue("orders");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes })).toEqual(expected);
});

test("a standard queue cannot become a FIFO one", () => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { FifoQueue: "true" } })).toEqual(unknown("FifoQueue"));
});

test("a FIFO queue takes FifoQueue=true as no change", () => {
  const { createFifoQueue, attributesOf, call } = aService();
  const QueueUrl = createFifoQueue("orders.fifo");
  const before = attributesOf(QueueUrl);
  call("SetQueueAttributes", { QueueUrl, Attributes: { FifoQueue: "true" } });
  expect(attributesOf(QueueUrl)).toEqual(before);
});

test("a FIFO queue cannot become a standard one", () => {
  const { createFifoQueue, failure } = aService();
  const QueueUrl = createFifoQueue("orders.fifo");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { FifoQueue: "false" } })).toEqual(
    invalid("FifoQueue", " Reason: Modifying queue type is not supported."),
  );
});

// §14.12: the shape and text are ours.
const scopeNeeded = invalid(
  "FifoThroughputLimit",
  " Reason: The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.",
);

test("the throughput limit perMessageGroupId needs the scope messageGroup", () => {
  const { createFifoQueue, call, failure } = aService();
  const FifoThroughputLimit = "perMessageGroupId";
  const input = { QueueName: "a.fifo", Attributes: { FifoQueue: "true", FifoThroughputLimit } };
  expect(failure("CreateQueue", input)).toEqual(scopeNeeded);
  const QueueUrl = createFifoQueue("orders.fifo", { FifoThroughputLimit, DeduplicationScope: "messageGroup" });
  const narrower = { QueueUrl, Attributes: { DeduplicationScope: "queue" } };
  expect(failure("SetQueueAttributes", narrower)).toEqual(scopeNeeded);
  expect(
    call("SetQueueAttributes", {
      QueueUrl,
      Attributes: { DeduplicationScope: "queue", FifoThroughputLimit: "perQueue" },
    }),
  ).toBeUndefined();
});

test("SetQueueAttributes leaves what it does not name as it was, and notes the time", () => {
  const { createQueue, attributesOf, call, clock } = aService();
  const QueueUrl = createQueue("orders", { DelaySeconds: "5" });
  const before = attributesOf(QueueUrl);
  clock.advance(2_000);
  call("SetQueueAttributes", { QueueUrl, Attributes: { VisibilityTimeout: "60" } });
  expect(attributesOf(QueueUrl)).toEqual({
    ...before,
    VisibilityTimeout: "60",
    LastModifiedTimestamp: "1767323047",
  });
});

test("SetQueueAttributes sets all attributes or none", () => {
  const { createQueue, attributesOf, call } = aService();
  const QueueUrl = createQueue("orders");
  const before = attributesOf(QueueUrl);
  const Attributes = { VisibilityTimeout: "60", DelaySeconds: "901" };
  expect(() => call("SetQueueAttributes", { QueueUrl, Attributes })).toThrow();
  expect(attributesOf(QueueUrl)).toEqual(before);
});

test("SetQueueAttributes wants attributes", () => {
  const { createQueue, failure } = aService();
  expect(failure("SetQueueAttributes", { QueueUrl: createQueue("orders") })).toEqual({
    code: "MissingParameter",
    status: 400,
    message: "The request must contain the parameter Attributes.",
  });
});

test.for<[name: string, value: string]>([
  ["Policy", '{"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*"}}'],
  ["RedrivePolicy", '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":1}'],
  ["RedriveAllowPolicy", '{"redrivePermission":"denyAll"}'],
  ["KmsMasterKeyId", "alias/aws/sqs"],
])("%s comes back as it was set and goes away with the empty text", ([name, value]) => {
  const { createQueue, attributesOf, call } = aService();
  createQueue("dead");
  const QueueUrl = createQueue("orders", { [name]: value });
  expect(attributesOf(QueueUrl)[name]).toBe(value);
  call("SetQueueAttributes", { QueueUrl, Attributes: { [name]: "" } });
  expect(attributesOf(QueueUrl)).not.toHaveProperty(name);
});

test.for<[title: string, steps: readonly Attributes[], expected: Attributes]>([
  [
    "all three attributes come back as they were set",
    [{ KmsMasterKeyId: "testKeyId", KmsDataKeyReusePeriodSeconds: "6000", SqsManagedSseEnabled: "false" }],
    { KmsMasterKeyId: "testKeyId", KmsDataKeyReusePeriodSeconds: "6000", SqsManagedSseEnabled: "false" },
  ],
  [
    "a KMS key alone turns SSE-SQS off and shows its default reuse period",
    [{ KmsMasterKeyId: "key" }],
    { KmsMasterKeyId: "key", KmsDataKeyReusePeriodSeconds: "300", SqsManagedSseEnabled: "false" },
  ],
  [
    "taking the key away does not turn SSE-SQS on",
    [{ KmsMasterKeyId: "key" }, { KmsMasterKeyId: "" }],
    { SqsManagedSseEnabled: "false" },
  ],
  [
    "turning SSE-SQS on takes key and reuse period away",
    [{ KmsMasterKeyId: "key", KmsDataKeyReusePeriodSeconds: "6000" }, { SqsManagedSseEnabled: "true" }],
    { SqsManagedSseEnabled: "true" },
  ],
  [
    "a reuse period taken away with its key does not come back with the next one",
    [
      { KmsMasterKeyId: "key", KmsDataKeyReusePeriodSeconds: "6000" },
      { SqsManagedSseEnabled: "true" },
      { KmsMasterKeyId: "other" },
    ],
    { KmsMasterKeyId: "other", KmsDataKeyReusePeriodSeconds: "300", SqsManagedSseEnabled: "false" },
  ],
  [
    "a reuse period without a key is not shown",
    [{ KmsDataKeyReusePeriodSeconds: "6000" }],
    { SqsManagedSseEnabled: "true" },
  ],
])("%s", ([, steps, expected]) => {
  const { createQueue, attributesOf, call } = aService();
  const QueueUrl = createQueue("orders");
  for (const Attributes of steps) call("SetQueueAttributes", { QueueUrl, Attributes });
  const names = ["KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled"];
  expect(attributesOf(QueueUrl, ...names)).toEqual(expected);
});

test("a KMS key and SSE-SQS exclude each other", () => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  const Attributes = { KmsMasterKeyId: "key", SqsManagedSseEnabled: "true" };
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes })).toEqual({
    code: "InvalidAttributeName",
    status: 400,
    message:
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
  });
});

const statement = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage" };
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `sqs:Action${index}`);
const conditions = (count: number) => ({ StringEquals: Object.fromEntries(names(count).map((name) => [name, "x"])) });
const padded = (bytes: number): string => {
  const policy = JSON.stringify({ Id: "", Statement: statement });
  return policy.replace('"Id":""', `"Id":"${"x".repeat(bytes - policy.length)}"`);
};

test.for<[title: string, policy: string]>([
  ["no JSON", "{"],
  ["a list", "[]"],
  ["no statement", "{}"],
  ["an empty list of statements", '{"Statement":[]}'],
  ["another version", JSON.stringify({ Version: "2020-01-01", Statement: statement })],
  ["another effect", JSON.stringify({ Statement: { ...statement, Effect: "Maybe" } })],
  ["no principal", JSON.stringify({ Statement: { ...statement, Principal: undefined } })],
  ["a principal that is a mere name", JSON.stringify({ Statement: { ...statement, Principal: "me" } })],
  ["no action", JSON.stringify({ Statement: { ...statement, Action: undefined } })],
  ["actions that are no texts", JSON.stringify({ Statement: { ...statement, Action: [1] } })],
  ["a statement that is a text", '{"Statement":"x"}'],
  ["a condition that is a text", JSON.stringify({ Statement: { ...statement, Condition: "x" } })],
  ["a condition that tests a text", JSON.stringify({ Statement: { ...statement, Condition: { Bool: "x" } } })],
  ["21 statements", JSON.stringify({ Statement: Array(21).fill(statement) })],
  ["51 principals", JSON.stringify({ Statement: { ...statement, Principal: { AWS: Array(51).fill("*") } } })],
  ["11 conditions", JSON.stringify({ Statement: { ...statement, Condition: conditions(11) } })],
  ["8193 bytes", padded(8193)],
])("a policy cannot have %s", ([, Policy]) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { Policy } })).toEqual(invalid("Policy"));
});

test.for<[title: string, policy: string]>([
  [
    "20 statements",
    JSON.stringify({ Statement: Array(20).fill({ Effect: "Deny", NotPrincipal: { Service: "x" }, NotAction: "*" }) }),
  ],
  ["50 principals", JSON.stringify({ Statement: { ...statement, Principal: { AWS: Array(50).fill("*") } } })],
  ["7 actions", JSON.stringify({ Statement: { ...statement, Action: names(7) } })],
  ["10 conditions", JSON.stringify({ Version: "2008-10-17", Statement: { ...statement, Condition: conditions(10) } })],
  ["8192 bytes", padded(8192)],
])("a policy can have %s", ([, Policy]) => {
  const { createQueue, attributesOf } = aService();
  expect(attributesOf(createQueue("orders", { Policy })).Policy).toBe(Policy);
});

test("a statement of a policy cannot have more than seven actions", () => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  const Policy = JSON.stringify({ Statement: [statement, { ...statement, Action: names(8) }] });
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { Policy } })).toEqual({
    code: "OverLimit",
    status: 403,
    message: "8 actions were found in a statement from the submitted policy, max allowed is 7",
  });
});
