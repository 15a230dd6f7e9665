import { expect, test } from "vitest";
import { aService, type Failure, missingParameter, START } from "../../../support/sqs.ts";

// §3, §4.4, §4.5

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

test.for<[name: string, value: string, more?: string]>([
  ["ContentBasedDeduplication", "yes"],
  ["ContentBasedDeduplication", ""],
  ["SqsManagedSseEnabled", "1"],
  ["DeduplicationScope", "group", " Reason: not a supported value."],
  ["DeduplicationScope", "Queue", " Reason: not a supported value."],
  ["FifoThroughputLimit", "perMessageGroup", " Reason: not a supported value."],
])("%s cannot be '%s'", ([name, value, more]) => {
  const { createFifoQueue, failure } = aService();
  const QueueUrl = createFifoQueue("orders.fifo");
  expect(failure("SetQueueAttributes", { QueueUrl, Attributes: { [name]: value } })).toEqual(invalid(name, more));
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

const scopeNeeded = invalid(
  "FifoThroughputLimit",
  " Reason: To set FifoThroughputLimit to perMessageGroupId, the DeduplicationScope must be messageGroup.",
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

// Answered by AWS in JSON as well as to forms.
test.for([{}, { Attributes: {} }])("SetQueueAttributes wants attributes, not %j", (input) => {
  const { createQueue, failure } = aService();
  const expected = missingParameter("Attribute.Name");
  const QueueUrl = createQueue("orders");
  expect(failure("SetQueueAttributes", { QueueUrl, ...input })).toEqual(expected);
  expect(failure("SetQueueAttributes", { QueueUrl, ...input }, { dialect: "query" })).toEqual(expected);
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
