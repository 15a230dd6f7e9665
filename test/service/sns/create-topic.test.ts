import { expect, test } from "vitest";
import { type Attributes, aService, invalid, missingValue } from "../../support/sns.ts";

// §3.1, §3.3

const ARN = "arn:aws:sns:us-east-1:000000000000:orders";
const badName = invalid("Topic Name");
const different = invalid("Attributes Reason: Topic already exists with different attributes");

test("creating a topic tells its ARN and nothing else", () => {
  const { call } = aService();
  expect(call("CreateTopic", { Name: "orders" })).toEqual({ TopicArn: ARN });
});

test.for(["a", "A-z_9", "x".repeat(256)])("a standard topic can be called %s", (Name) => {
  const { call } = aService();
  expect(call("CreateTopic", { Name })).toEqual({ TopicArn: `arn:aws:sns:us-east-1:000000000000:${Name}` });
});

test.for<[name: string, attributes: Attributes]>([
  ["", {}],
  ["a.b", {}],
  ["a b", {}],
  ["ä", {}],
  ["x".repeat(257), {}],
  ["orders.fifo", {}],
  ["orders.fifo", { FifoTopic: "false" }],
  ["orders", { FifoTopic: "true" }],
  [".fifo", { FifoTopic: "true" }],
  ["a.b.fifo", { FifoTopic: "true" }],
  [`${"x".repeat(252)}.fifo`, { FifoTopic: "true" }],
])("'%s' with %j is no name for a topic", ([Name, Attributes]) => {
  const { failure } = aService();
  expect(failure("CreateTopic", { Name, Attributes })).toEqual(badName);
});

test.for(["orders.fifo", `${"x".repeat(251)}.fifo`])("a FIFO topic can be called %s", (Name) => {
  const { call } = aService();
  expect(call("CreateTopic", { Name, Attributes: { FifoTopic: "true" } })).toHaveProperty("TopicArn");
});

test("a topic wants a name", () => {
  const { failure } = aService();
  expect(failure("CreateTopic", {})).toEqual(missingValue("Name"));
});

test("the same name in another region or account is another topic", () => {
  const { call, topicAttributes, createTopic } = aService();
  createTopic("orders", { DisplayName: "here" });
  expect(call("CreateTopic", { Name: "orders" }, { region: "eu-west-1" })).toEqual({
    TopicArn: "arn:aws:sns:eu-west-1:000000000000:orders",
  });
  expect(call("CreateTopic", { Name: "orders" }, { account: "111111111111" })).toEqual({
    TopicArn: "arn:aws:sns:us-east-1:111111111111:orders",
  });
  expect(topicAttributes(ARN)).toMatchObject({ DisplayName: "here" });
});

test("a topic that is created again keeps its attributes", () => {
  const { call, createTopic, topicAttributes } = aService();
  createTopic("orders", { DisplayName: "first" });
  expect(call("CreateTopic", { Name: "orders" })).toEqual({ TopicArn: ARN });
  expect(topicAttributes(ARN).DisplayName).toBe("first");
});

test.for<[title: string, first: Attributes, second: Attributes]>([
  ["the same value", { DisplayName: "a" }, { DisplayName: "a" }],
  [
    "a value that holds without being set",
    {},
    { DisplayName: "", SignatureVersion: "1", TracingConfig: "PassThrough" },
  ],
  ["the initial size limit", {}, { MaximumMessageSize: "262144" }],
  ["that it is no FIFO topic", {}, { FifoTopic: "false" }],
  ["no key, having none", {}, { KmsMasterKeyId: "" }],
  [
    "the same policy in other words",
    { Policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sns:Publish"}]}' },
    { Policy: '{ "Statement": [ {"Action":"sns:Publish","Principal":"*","Effect":"Allow"} ] }' },
  ],
  [
    "the same delivery policy in other words",
    { DeliveryPolicy: '{"http":{}}' },
    { DeliveryPolicy: '{"http":{"disableSubscriptionOverrides":false,"defaultHealthyRetryPolicy":null}}' },
  ],
])("a topic can be created again with %s", ([, first, second]) => {
  const { createTopic } = aService();
  createTopic("orders", first);
  expect(createTopic("orders", second)).toBe(ARN);
});

test.for<[title: string, first: Attributes, second: Attributes]>([
  ["another value", { DisplayName: "a" }, { DisplayName: "b" }],
  ["an empty value", { DisplayName: "a" }, { DisplayName: "" }],
  ["a value it was not given", {}, { KmsMasterKeyId: "alias/x" }],
  ["another value than what holds without being set", {}, { SignatureVersion: "2" }],
  ["another policy", {}, { Policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sns:Publish"}]}' }],
])("a topic cannot be created again with %s", ([, first, second]) => {
  const { createTopic, failure, topicAttributes } = aService();
  createTopic("orders", first);
  const before = topicAttributes(ARN);
  expect(failure("CreateTopic", { Name: "orders", Attributes: second })).toEqual(different);
  expect(topicAttributes(ARN)).toEqual(before);
});

test("a FIFO topic can be created again, and what differs is told", () => {
  const { createFifoTopic, failure } = aService();
  const arn = createFifoTopic("orders.fifo");
  expect(createFifoTopic("orders.fifo", { ContentBasedDeduplication: "false" })).toBe(arn);
  expect(
    failure("CreateTopic", {
      Name: "orders.fifo",
      Attributes: { FifoTopic: "true", ContentBasedDeduplication: "true" },
    }),
  ).toEqual(different);
});

test("a value that cannot be is told before a difference", () => {
  const { createTopic, failure } = aService();
  createTopic("orders");
  expect(failure("CreateTopic", { Name: "orders", Attributes: { Nonsense: "x" } })).toEqual(
    invalid("Attributes Reason: Unknown attribute Nonsense"),
  );
});

const tag = (Key: string, Value: string) => ({ Key, Value });

test("a topic that is created again can be given tags it has, and no others", () => {
  const { call, failure } = aService();
  const differentTags = invalid("Tags Reason: Topic already exists with different tags");
  call("CreateTopic", { Name: "orders", Tags: [tag("a", "1"), tag("b", "2")] });
  expect(call("CreateTopic", { Name: "orders" })).toEqual({ TopicArn: ARN });
  expect(call("CreateTopic", { Name: "orders", Tags: [tag("b", "2")] })).toEqual({ TopicArn: ARN });
  expect(failure("CreateTopic", { Name: "orders", Tags: [tag("b", "3")] })).toEqual(differentTags);
  expect(failure("CreateTopic", { Name: "orders", Tags: [tag("c", "3")] })).toEqual(differentTags);
});

test("a name that was just deleted can be used again, with other tags", () => {
  const { call } = aService();
  call("CreateTopic", { Name: "orders", Tags: [tag("a", "1")] });
  call("DeleteTopic", { TopicArn: ARN });
  expect(call("CreateTopic", { Name: "orders", Tags: [tag("a", "2")] })).toEqual({ TopicArn: ARN });
  expect(call("ListTagsForResource", { ResourceArn: ARN })).toEqual({ Tags: [tag("a", "2")] });
});

test("a topic that cannot be created is not there", () => {
  const { failure } = aService();
  failure("CreateTopic", { Name: "orders", DataProtectionPolicy: "{" });
  expect(failure("GetTopicAttributes", { TopicArn: ARN })).toMatchObject({ code: "NotFound" });
});
