import { expect, test } from "vitest";
import { aService, type Failure, invalidParameter } from "../../support/sqs.ts";

// §4.1, §3

const STANDARD_NAME = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
const FIFO_NAME =
  "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.";

test("CreateQueue answers with a URL of the caller's origin, account and queue name", () => {
  const { call } = aService();
  const created = call(
    "CreateQueue",
    { QueueName: "orders" },
    { origin: "https://sqs.test:1234", account: "123456789012" },
  );
  expect(created).toEqual({ QueueUrl: "https://sqs.test:1234/123456789012/orders" });
});

test.for(["a", "A-z_0", "x".repeat(80)])("a standard queue may be called %s", (name) => {
  const { createQueue } = aService();
  expect(createQueue(name)).toBe(`http://localhost:4566/000000000000/${name}`);
});

test.for(["", "x".repeat(81), "a b", "a.b", "ä", "orders.fifo"])(
  "a standard queue may not be called '%s'",
  (QueueName) => {
    const { failure } = aService();
    expect(failure("CreateQueue", { QueueName })).toEqual(invalidParameter(STANDARD_NAME));
  },
);

test.for(["a.fifo", `${"x".repeat(75)}.fifo`])("a FIFO queue may be called %s", (name) => {
  const { createFifoQueue } = aService();
  expect(createFifoQueue(name)).toBe(`http://localhost:4566/000000000000/${name}`);
});

test.for(["orders", ".fifo", "a.b.fifo", "orders.FIFO", `${"x".repeat(76)}.fifo`])(
  "a FIFO queue may not be called '%s'",
  (QueueName) => {
    const { failure } = aService();
    expect(failure("CreateQueue", { QueueName, Attributes: { FifoQueue: "true" } })).toEqual(
      invalidParameter(FIFO_NAME),
    );
  },
);

test("a name with the FIFO suffix is no standard name, FifoQueue=false or not", () => {
  const { failure } = aService();
  const input = { QueueName: "orders.fifo", Attributes: { FifoQueue: "false" } };
  expect(failure("CreateQueue", input)).toEqual(invalidParameter(STANDARD_NAME));
});

test("a queue without a name cannot be created", () => {
  const { failure } = aService();
  expect(failure("CreateQueue", {})).toEqual({
    code: "MissingParameter",
    status: 400,
    message: "The request must contain the parameter QueueName.",
  });
});

test("names are told apart by letter case", () => {
  const { createQueue, call } = aService();
  createQueue("orders");
  createQueue("Orders");
  expect(call("ListQueues", {})).toEqual({
    QueueUrls: ["http://localhost:4566/000000000000/Orders", "http://localhost:4566/000000000000/orders"],
  });
});

const existing = {
  VisibilityTimeout: "31",
  KmsMasterKeyId: "key",
  Policy: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*"}}',
};

test.for<[title: string, attributes: Readonly<Record<string, string>> | undefined]>([
  ["no attributes", undefined],
  ["empty attributes", {}],
  ["a part of the attributes", { VisibilityTimeout: "31" }],
  ["the same attributes", existing],
  ["a default that was never set", { DelaySeconds: "0", MaximumMessageSize: "1048576" }],
  ["another spelling of a number", { VisibilityTimeout: "031" }],
  ["another spelling of a truth value", { SqsManagedSseEnabled: "False" }],
  ["nothing for an attribute that is not set", { RedrivePolicy: "" }],
  [
    "another spelling of a policy",
    { Policy: '{ "Statement": {"Action":"sqs:*", "Effect":"Allow","Principal":"*"}, "Version":"2012-10-17" }' },
  ],
])("creating a queue again with %s answers with its URL", ([, Attributes]) => {
  const { createQueue } = aService();
  const url = createQueue("orders", existing);
  expect(createQueue("orders", Attributes)).toBe(url);
});

test.for<[name: string, attributes: Readonly<Record<string, string>>]>([
  ["VisibilityTimeout", { VisibilityTimeout: "30" }],
  ["VisibilityTimeout", { DelaySeconds: "0", VisibilityTimeout: "30", MaximumMessageSize: "1024" }],
  ["MaximumMessageSize", { MaximumMessageSize: "1024", VisibilityTimeout: "30" }],
  ["KmsMasterKeyId", { KmsMasterKeyId: "other" }],
  ["KmsMasterKeyId", { KmsMasterKeyId: "" }],
  ["Policy", { Policy: '{"Statement":{"Effect":"Deny","Principal":"*","Action":"sqs:*"}}' }],
])("creating a queue again with another %s fails with the first that differs", ([name, Attributes]) => {
  const { createQueue, failure } = aService();
  createQueue("orders", existing);
  expect(failure("CreateQueue", { QueueName: "orders", Attributes })).toEqual({
    code: "QueueAlreadyExists",
    status: 400,
    message: `A queue already exists with the same name and a different value for attribute ${name}`,
  });
});

test("creating a queue again compares with the attributes as they are now", () => {
  const { createQueue, call, failure } = aService();
  const QueueUrl = createQueue("orders", { DelaySeconds: "5" });
  call("SetQueueAttributes", { QueueUrl, Attributes: { DelaySeconds: "6" } });
  expect(createQueue("orders", { DelaySeconds: "6" })).toBe(QueueUrl);
  expect(failure("CreateQueue", { QueueName: "orders", Attributes: { DelaySeconds: "5" } }).code).toBe(
    "QueueAlreadyExists",
  );
});

test("creating a queue again with the redrive policy spelled otherwise answers with its URL", () => {
  const { createQueue, arnOf } = aService();
  const deadLetterTargetArn = arnOf(createQueue("dead"));
  const url = createQueue("orders", { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }) });
  const RedrivePolicy = JSON.stringify({ maxReceiveCount: "3", deadLetterTargetArn });
  expect(createQueue("orders", { RedrivePolicy })).toBe(url);
});

test("creating a FIFO queue again with its type answers with its URL", () => {
  const { createFifoQueue } = aService();
  expect(createFifoQueue("orders.fifo")).toBe(createFifoQueue("orders.fifo"));
});

test("an unknown attribute beats one that differs", () => {
  const { createQueue, failure } = aService();
  createQueue("orders");
  const input = { QueueName: "orders", Attributes: { DelaySeconds: "9", Colour: "red" } };
  expect(failure("CreateQueue", input).message).toBe("Unknown Attribute Colour.");
});

test("tags are not compared, and creating a queue again does not change them", () => {
  const { createQueue, call } = aService();
  call("CreateQueue", { QueueName: "orders", tags: { team: "red" } });
  const QueueUrl = createQueue("orders");
  call("CreateQueue", { QueueName: "orders", tags: { team: "blue" } });
  expect(call("ListQueueTags", { QueueUrl })).toEqual({ Tags: { team: "red" } });
});

const deletedRecently: Failure = {
  code: "AWS.SimpleQueueService.QueueDeletedRecently",
  status: 400,
  message: "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
};

test("the name of a deleted queue is free at once unless the rules say otherwise", () => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders");
  call("DeleteQueue", { QueueUrl });
  expect(createQueue("orders")).toBe(QueueUrl);
});

test("with the rule of AWS the name of a deleted queue is free after 60 seconds", () => {
  const { createQueue, call, clock, failure } = aService({ recreateCooldownMs: 60_000 });
  const QueueUrl = createQueue("orders");
  call("DeleteQueue", { QueueUrl });
  clock.advance(59_999);
  expect(failure("CreateQueue", { QueueName: "orders" })).toEqual(deletedRecently);
  clock.advance(1);
  expect(createQueue("orders")).toBe(QueueUrl);
});

// §2.2
test.for<[operation: string, input: object]>([
  ["CreateQueue", { QueueName: "orders" }],
  ["CreateQueue", {}],
  ["ListQueues", {}],
  ["ListQueues", { MaxResults: 0 }],
])("a Query client cannot send %s with %j to a queue's own URL", ([operation, input]) => {
  const { failure } = aService();
  const options = { dialect: "query", path: "/123456789012/orders" } as const;
  expect(failure(operation, { ...input }, options)).toEqual({
    code: "InvalidAction",
    status: 400,
    message: `The action ${operation} is not valid for this endpoint.`,
  });
});

test.for(["/", "/anything"])("a Query client can send CreateQueue to %s", (path) => {
  const { call } = aService();
  expect(call("CreateQueue", { QueueName: "orders" }, { dialect: "query", path })).toEqual({
    QueueUrl: "http://localhost:4566/000000000000/orders",
  });
});

test("JSON clients can send CreateQueue anywhere", () => {
  const { call } = aService();
  expect(call("CreateQueue", { QueueName: "orders" }, { path: "/123456789012/other" })).toEqual({
    QueueUrl: "http://localhost:4566/000000000000/orders",
  });
});
