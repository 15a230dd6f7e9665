import { expect, test } from "vitest";
import { aService, missingParameter, missingQueue } from "../../support/sqs.ts";

// §1, §4.2, §11

const OTHER = "123456789012";

const names: readonly string[] = [
  "orders",
  "/000000000000/orders",
  "http://localhost:4566/000000000000/orders",
  "http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/orders",
  "https://sqs.us-east-1.amazonaws.com/000000000000/orders",
  "https://us-east-1.queue.amazonaws.com/000000000000/orders",
  "https://queue.amazonaws.com/000000000000/orders",
  "https://sqs-fips.us-east-1.amazonaws.com/000000000000/orders",
  "https://sqs.us-east-1.api.aws/000000000000/orders",
  "https://SQS.US-EAST-1.amazonaws.com:443/000000000000/orders",
  "https://vpce-0123-abc.sqs.us-east-1.vpce.amazonaws.com/000000000000/orders",
  "ftp://[::1]:1/000000000000/orders",
  "localhost:4566/000000000000/orders",
  "http://localhost:4566/queue/us-east-1/000000000000/orders",
  "/queue/us-east-1/000000000000/orders",
  "http://localhost:9324/queue/orders",
  "/queue/orders",
  "http://localhost:4566/000000000000/orders/",
  "https://sqs.us-east-1.amazonaws.com/000000000000/orders/",
  "/000000000000/orders/",
  "/queue/us-east-1/000000000000/orders/",
];

test.for(names)("%s names the queue orders", (QueueUrl) => {
  const { createQueue, attributesOf } = aService();
  createQueue("orders");
  expect(attributesOf(QueueUrl).QueueArn).toBe("arn:aws:sqs:us-east-1:000000000000:orders");
});

test.for([
  "Orders",
  "http://localhost:4566",
  "http://localhost:4566/",
  "http://localhost:4566/orders",
  "http://localhost:4566/000000000000",
  "http://localhost:4566/000000000000/",
  "http://localhost:4566/000000000000/orders//",
  "http://localhost:4566/000000000000//",
  "orders/",
  "http://localhost:4566/000000000000/x/orders",
  "http://localhost:4566/00000000000/orders",
  "http://localhost:4566/account/orders",
  "http://localhost:4566/queue/us-east-1/account/orders",
  "http://localhost:4566/queue/us-east-1/000000000000",
  "http://localhost:4566/queue/us-east-1/000000000000/orders/x",
  "http://localhost:4566/000000000000/ORDERS",
  "https://sqs.us-east-1.amazonaws.com/000000000000/missing",
  "http://sqs.eu-west-1.localhost.localstack.cloud:4566/000000000000/orders",
  "/queue/eu-west-1/000000000000/orders",
  `/${OTHER}/orders`,
  "://",
  "/",
])("%s names no queue", (QueueUrl) => {
  const { createQueue, failure } = aService();
  createQueue("orders");
  expect(failure("GetQueueAttributes", { QueueUrl })).toEqual(missingQueue());
});

test.for([
  "https://sqs.eu-west-1.amazonaws.com/",
  "https://eu-west-1.queue.amazonaws.com/",
  "https://sqs.eu-west-1.amazonaws.com:443/",
  "https://SQS.EU-FAKE-99.amazonaws.com/",
])("%s is no endpoint of the region, and in its own there is no such queue", (endpoint) => {
  const { createQueue, failure } = aService();
  createQueue("orders");
  expect(failure("GetQueueAttributes", { QueueUrl: `${endpoint}000000000000/orders` })).toEqual({
    code: "InvalidAddress",
    status: 404,
    message: `The address ${endpoint} is not valid for this endpoint.`,
  });
});

test("the ARN of a queue is no address of it", () => {
  const { createQueue, failure } = aService();
  createQueue("orders");
  const QueueUrl = "arn:aws:sqs:us-east-1:000000000000:orders";
  const expected = {
    code: "InvalidAddress",
    status: 404,
    message: `The address ${QueueUrl} is not valid for this endpoint.`,
  };
  expect(failure("GetQueueAttributes", { QueueUrl })).toEqual(expected);
  expect(failure("SendMessage", { QueueUrl, MessageBody: "x" }, { dialect: "query" })).toEqual(expected);
});

test("Query clients are told in other words that a queue does not exist", () => {
  const { failure } = aService();
  const expected = missingQueue("The specified queue does not exist for this wsdl version.");
  expect(failure("GetQueueAttributes", { QueueUrl: "orders" }, { dialect: "query" })).toEqual(expected);
  expect(failure("GetQueueUrl", { QueueName: "orders" }, { dialect: "query" })).toEqual(expected);
});

test.for<[region: string, url: string]>([
  ["eu-west-1", "https://sqs.eu-west-1.amazonaws.com/000000000000/orders"],
  ["eu-west-1", "https://eu-west-1.queue.amazonaws.com/000000000000/orders"],
  ["eu-west-1", "https://Sqs.eu-west-1.AmazonAWS.com:443/000000000000/orders"],
  ["eu-west-1", "/queue/eu-west-1/000000000000/orders"],
  // The path is what we made up, the host is what the client was configured with.
  ["eu-west-1", "https://sqs.us-east-1.amazonaws.com/queue/eu-west-1/000000000000/orders"],
  ["us-east-1", "https://queue.amazonaws.com/000000000000/orders"],
])("the region %s can be read from %s", ([region, QueueUrl]) => {
  const { call } = aService();
  call("CreateQueue", { QueueName: "orders" }, { region });
  expect(call("GetQueueAttributes", { QueueUrl, AttributeNames: ["QueueArn"] }, { region: "ap-south-1" })).toEqual({
    Attributes: { QueueArn: `arn:aws:sqs:${region}:000000000000:orders` },
  });
});

test("a partition follows from its regions", () => {
  const { call } = aService();
  call("CreateQueue", { QueueName: "orders" }, { region: "cn-north-1" });
  const QueueUrl = "https://sqs.cn-north-1.amazonaws.com.cn/000000000000/orders";
  expect(call("GetQueueAttributes", { QueueUrl, AttributeNames: ["QueueArn"] })).toEqual({
    Attributes: { QueueArn: "arn:aws-cn:sqs:cn-north-1:000000000000:orders" },
  });
});

test("the account in a URL is the owner's, whoever calls", () => {
  const { call, send, receive } = aService();
  call("CreateQueue", { QueueName: "orders" }, { account: OTHER });
  const url = `http://localhost:4566/${OTHER}/orders`;
  send(url, "hello");
  expect(receive(url)).toMatchObject([{ Body: "hello" }]);
});

test("queues of two accounts and of two regions do not meet", () => {
  const { createQueue, call, send, receive } = aService();
  createQueue("orders");
  call("CreateQueue", { QueueName: "orders" }, { account: OTHER });
  call("CreateQueue", { QueueName: "orders" }, { region: "eu-west-1" });
  send("orders", "hello");
  expect(call("ReceiveMessage", { QueueUrl: "orders" }, { account: OTHER })).toStrictEqual({});
  expect(call("ReceiveMessage", { QueueUrl: "orders" }, { region: "eu-west-1" })).toStrictEqual({});
  expect(receive("orders")).toHaveLength(1);
});

test.for<[input: object, dialect: "json" | "query"]>([
  [{}, "json"],
  [{ QueueUrl: "" }, "json"],
  [{ QueueUrl: "" }, "query"],
])("the request must name a queue, which %j does not in %s", ([input, dialect]) => {
  const { failure } = aService();
  const expected = missingParameter("QueueUrl");
  expect(failure("SendMessage", { ...input, MessageBody: "hello" }, { dialect })).toEqual(expected);
});

test.for(["/000000000000/orders", "/000000000000/orders/", "/queue/us-east-1/000000000000/orders", "/queue/orders/"])(
  "a Query client can name the queue by the path of its request, %s",
  (path) => {
    const { createQueue, call } = aService();
    createQueue("orders");
    const options = { dialect: "query", path } as const;
    expect(call("GetQueueAttributes", { AttributeNames: ["QueueArn"] }, options)).toEqual({
      Attributes: { QueueArn: "arn:aws:sqs:us-east-1:000000000000:orders" },
    });
  },
);

test("a QueueUrl beats the path of a Query request", () => {
  const { createQueue, call } = aService();
  createQueue("orders");
  createQueue("other");
  const options = { dialect: "query", path: "/000000000000/other" } as const;
  expect(call("GetQueueAttributes", { QueueUrl: "orders", AttributeNames: ["QueueArn"] }, options)).toEqual({
    Attributes: { QueueArn: "arn:aws:sqs:us-east-1:000000000000:orders" },
  });
});

test("the path of a JSON request names nothing", () => {
  const { createQueue, failure } = aService();
  createQueue("orders");
  expect(failure("GetQueueAttributes", {}, { path: "/000000000000/orders" })).toEqual(missingParameter("QueueUrl"));
});

// §2.2: answered by AWS to SendMessage at the root.
test.for(["/", "/orders", "/000000000000/", "/000000000000/orders//"])(
  "for a Query client there are no operations on queues at %s",
  (path) => {
    const { createQueue, failure } = aService();
    createQueue("orders");
    expect(failure("SendMessage", { MessageBody: "hello" }, { dialect: "query", path })).toEqual({
      code: "InvalidAction",
      status: 400,
      message: "The action SendMessage is not valid for this endpoint.",
    });
  },
);

test("the queue is looked for before anything else is checked", () => {
  const { failure } = aService();
  expect(failure("ReceiveMessage", { QueueUrl: "orders", MaxNumberOfMessages: 99 })).toEqual(missingQueue());
});

test("GetQueueUrl answers with the URL of the caller's queue or of another owner's", () => {
  const { createQueue, call } = aService();
  createQueue("orders");
  call("CreateQueue", { QueueName: "theirs" }, { account: OTHER });
  expect(call("GetQueueUrl", { QueueName: "orders" })).toEqual({
    QueueUrl: "http://localhost:4566/000000000000/orders",
  });
  expect(call("GetQueueUrl", { QueueName: "theirs", QueueOwnerAWSAccountId: OTHER })).toEqual({
    QueueUrl: `http://localhost:4566/${OTHER}/theirs`,
  });
});

test.for([
  { QueueName: "other" },
  { QueueName: "orders", QueueOwnerAWSAccountId: OTHER },
  { QueueName: "orders", QueueOwnerAWSAccountId: "me" },
])("GetQueueUrl does not find %j", (input) => {
  const { createQueue, failure } = aService();
  createQueue("orders");
  expect(failure("GetQueueUrl", input)).toEqual(missingQueue());
});

test("addresses are read alike however many there are and however long they are", () => {
  const { createQueue, attributesOf, failure } = aService();
  createQueue("orders");
  for (let port = 1; port <= 1_001; port++) {
    expect(attributesOf(`http://localhost:${port}/000000000000/orders`, "DelaySeconds")).toEqual({ DelaySeconds: "0" });
  }
  expect(attributesOf(`http://${"x".repeat(300)}/000000000000/orders`, "DelaySeconds")).toEqual({ DelaySeconds: "0" });
  expect(failure("GetQueueAttributes", { QueueUrl: "http://localhost:1/000000000000/other" })).toEqual(missingQueue());
});

test("GetQueueUrl wants a name", () => {
  const { failure } = aService();
  expect(failure("GetQueueUrl", {})).toEqual(missingParameter("QueueName"));
});

test("a deleted queue is gone at once", () => {
  const { createQueue, call, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(call("DeleteQueue", { QueueUrl })).toBeUndefined();
  expect(failure("SendMessage", { QueueUrl, MessageBody: "hello" })).toEqual(missingQueue());
  expect(failure("DeleteQueue", { QueueUrl })).toEqual(missingQueue());
});

test.for<[operation: string, input: object]>([
  ["AddPermission", { Label: "a", AWSAccountIds: [OTHER], Actions: ["*"] }],
  ["RemovePermission", { Label: "a" }],
  ["DeleteQueue", {}],
  ["ListQueueTags", {}],
  ["SetQueueAttributes", { Attributes: {} }],
  ["TagQueue", { Tags: { a: "b" } }],
  ["UntagQueue", { TagKeys: ["a"] }],
])("%s is refused to other accounts", ([operation, input]) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  const action = `sqs:${operation.toLowerCase()}`;
  expect(failure(operation, { QueueUrl, ...input }, { account: OTHER })).toEqual({
    code: "AccessDenied",
    status: 403,
    message: `User: arn:aws:iam::${OTHER}:user/waystation is not authorized to perform: ${action} on resource: arn:aws:sqs:us-east-1:000000000000:orders because no resource-based policy allows the ${action} action`,
  });
});

test.for<[operation: string, input: object]>([
  ["GetQueueAttributes", {}],
  ["ListDeadLetterSourceQueues", {}],
  ["PurgeQueue", {}],
  ["ReceiveMessage", {}],
  ["SendMessage", { MessageBody: "hello" }],
])("%s is open to other accounts", ([operation, input]) => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders");
  expect(() => call(operation, { QueueUrl, ...input }, { account: OTHER })).not.toThrow();
});
