import { expect, test } from "vitest";
import { type Attributes, aService, invalid, notFound } from "../../../support/sns.ts";

// §3.2, §3.5

const ARN = "arn:aws:sns:us-east-1:000000000000:orders";
const FIFO_ARN = `${ARN}.fifo`;
const ROLE = "arn:aws:iam::000000000000:role/feedback";

const DEFAULT_POLICY = `{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"${ARN}","Condition":{"StringEquals":{"AWS:SourceOwner":"000000000000"}}}]}`;
const DEFAULT_DELIVERY_POLICY =
  '{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},"disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}}}';

const PLAIN: Attributes = {
  TopicArn: ARN,
  Owner: "000000000000",
  DisplayName: "",
  Policy: DEFAULT_POLICY,
  EffectiveDeliveryPolicy: DEFAULT_DELIVERY_POLICY,
  SubscriptionsConfirmed: "0",
  SubscriptionsPending: "0",
  SubscriptionsDeleted: "0",
};

test("a new standard topic has exactly eight attributes", () => {
  const { createTopic, topicAttributes } = aService();
  expect(topicAttributes(createTopic("orders"))).toEqual(PLAIN);
});

test("FifoTopic never shows on a standard topic", () => {
  const { createTopic, topicAttributes } = aService();
  expect(topicAttributes(createTopic("orders", { FifoTopic: "false" }))).toEqual(PLAIN);
});

test("a new FIFO topic has two attributes more", () => {
  const { createFifoTopic, topicAttributes } = aService();
  expect(topicAttributes(createFifoTopic("orders.fifo"))).toEqual({
    ...PLAIN,
    TopicArn: FIFO_ARN,
    Policy: DEFAULT_POLICY.replace(ARN, FIFO_ARN),
    FifoTopic: "true",
    ContentBasedDeduplication: "false",
  });
});

test.for<[name: string, value: string]>([
  ["DisplayName", "Orders & more"],
  ["DisplayName", ""],
  ["DisplayName", "é".repeat(100)],
  ["KmsMasterKeyId", "alias/aws/sns"],
  ["SignatureVersion", "1"],
  ["SignatureVersion", "2"],
  ["TracingConfig", "PassThrough"],
  ["TracingConfig", "Active"],
  ["MaximumMessageSize", "1024"],
  ["MaximumMessageSize", "1048576"],
  ["HTTPSuccessFeedbackRoleArn", ROLE],
  ["FirehoseSuccessFeedbackRoleArn", ROLE],
  ["LambdaFailureFeedbackRoleArn", ROLE],
  ["ApplicationFailureFeedbackRoleArn", ROLE],
  ["SQSSuccessFeedbackSampleRate", "0"],
  ["SQSSuccessFeedbackSampleRate", "100"],
])("%s can be %s, at creation and later", ([name, value]) => {
  const { call, createTopic, topicAttributes } = aService();
  expect(topicAttributes(createTopic("orders", { [name]: value }))).toEqual({ ...PLAIN, [name]: value });
  const TopicArn = createTopic("later");
  expect(call("SetTopicAttributes", { TopicArn, AttributeName: name, AttributeValue: value })).toBeUndefined();
  expect(topicAttributes(TopicArn)[name]).toBe(value);
});

test.for<[name: string, value: string, reason: string]>([
  ["DisplayName", "é".repeat(101), "DisplayName"],
  ["SignatureVersion", "3", "SignatureVersion: Invalid value. Must be 1 or 2."],
  ["SignatureVersion", "", "SignatureVersion: Invalid value. Must be 1 or 2."],
  ["TracingConfig", "active", "Invalid tracing config value: active"],
  ["MaximumMessageSize", "1023", "MaximumMessageSize: 1023 value provided is not an integer between 1024-1048576"],
  [
    "MaximumMessageSize",
    "1048577",
    "MaximumMessageSize: 1048577 value provided is not an integer between 1024-1048576",
  ],
  [
    "SQSSuccessFeedbackSampleRate",
    "101",
    "SQSSuccessFeedbackSampleRate: 101 value provided is not an integer between 0-100",
  ],
  [
    "SQSSuccessFeedbackSampleRate",
    "-1",
    "SQSSuccessFeedbackSampleRate: -1 value provided is not an integer between 0-100",
  ],
  [
    "SQSSuccessFeedbackRoleArn",
    "arn:aws:iam::000000000000:user/x",
    "SQSSuccessFeedbackRoleArn: arn:aws:iam::000000000000:user/x is not a valid role to allow SNS to write to Cloudwatch Logs",
  ],
  ["Policy", "{", "Policy Error: null"],
  ["DeliveryPolicy", '{"http":1}', "DeliveryPolicy: http type mismatch, expecting object, received a number"],
])("%s cannot be '%s'", ([AttributeName, AttributeValue, reason]) => {
  const { createTopic, failure, topicAttributes } = aService();
  const TopicArn = createTopic("orders");
  expect(failure("SetTopicAttributes", { TopicArn, AttributeName, AttributeValue })).toEqual(invalid(reason));
  expect(topicAttributes(TopicArn)).toEqual(PLAIN);
  expect(failure("CreateTopic", { Name: "other", Attributes: { [AttributeName]: AttributeValue } })).toEqual(
    invalid(`Attributes Reason: ${reason}`),
  );
});

test.for<[name: string, value: string]>([
  ["KmsMasterKeyId", "alias/x"],
  ["DeliveryPolicy", '{"http":{}}'],
  ["Policy", '{"Statement":{"Effect":"Allow","Principal":"*","Action":"sns:Publish"}}'],
  ["LambdaSuccessFeedbackRoleArn", ROLE],
  ["LambdaSuccessFeedbackSampleRate", "5"],
])("the empty text takes %s away", ([AttributeName, value]) => {
  const { call, createTopic, topicAttributes } = aService();
  const TopicArn = createTopic("orders", { [AttributeName]: value });
  expect(topicAttributes(TopicArn)).not.toEqual(PLAIN);
  call("SetTopicAttributes", { TopicArn, AttributeName, AttributeValue: "" });
  expect(topicAttributes(TopicArn)).toEqual(PLAIN);
});

test("an attribute that is given no value is taken away", () => {
  const { call, createTopic, topicAttributes } = aService();
  const TopicArn = createTopic("orders", { DisplayName: "x" });
  call("SetTopicAttributes", { TopicArn, AttributeName: "DisplayName" });
  expect(topicAttributes(TopicArn)).toEqual(PLAIN);
});

test("an attribute that is given no value and cannot be taken away is refused", () => {
  const { createTopic, failure } = aService();
  expect(failure("SetTopicAttributes", { TopicArn: createTopic("orders"), AttributeName: "TracingConfig" })).toEqual(
    invalid("Invalid tracing config value: null"),
  );
});

test.for([
  "Nonsense",
  "displayName",
  "TopicArn",
  "Owner",
  "SubscriptionsConfirmed",
  "EffectiveDeliveryPolicy",
  "BeginningArchiveTime",
  "ContentBasedDeduplication",
  "FifoThroughputScope",
  "ArchivePolicy",
  "__proto__",
])("%s is no attribute a standard topic can be given", (name) => {
  const { createTopic, failure } = aService();
  const TopicArn = createTopic("orders");
  expect(failure("SetTopicAttributes", { TopicArn, AttributeName: name, AttributeValue: "{}" })).toEqual(
    invalid("AttributeName"),
  );
  expect(failure("CreateTopic", { Name: "other", Attributes: Object.fromEntries([[name, "{}"]]) })).toEqual(
    invalid(`Attributes Reason: Unknown attribute ${name}`),
  );
});

test("a topic's type is for good", () => {
  const { createTopic, createFifoTopic, failure } = aService();
  for (const TopicArn of [createTopic("orders"), createFifoTopic("orders.fifo")]) {
    expect(failure("SetTopicAttributes", { TopicArn, AttributeName: "FifoTopic", AttributeValue: "true" })).toEqual(
      invalid("AttributeName"),
    );
  }
});

test.for(["true", "false", "TRUE"])("a FIFO topic's ContentBasedDeduplication can be %s", (value) => {
  const { call, createFifoTopic, topicAttributes } = aService();
  const TopicArn = createFifoTopic("orders.fifo");
  call("SetTopicAttributes", { TopicArn, AttributeName: "ContentBasedDeduplication", AttributeValue: value });
  expect(topicAttributes(TopicArn).ContentBasedDeduplication).toBe(value.toLowerCase());
});

test("ContentBasedDeduplication is true or false", () => {
  const { createFifoTopic, failure } = aService();
  const TopicArn = createFifoTopic("orders.fifo");
  expect(
    failure("SetTopicAttributes", { TopicArn, AttributeName: "ContentBasedDeduplication", AttributeValue: "yes" }),
  ).toEqual(invalid("ContentBasedDeduplication: Invalid value [yes]. Must be true or false."));
});

test("deduplication within groups is for good", () => {
  const { call, createFifoTopic, failure, topicAttributes } = aService();
  const TopicArn = createFifoTopic("orders.fifo", { FifoThroughputScope: "Topic" });
  const scope = (AttributeValue: string) => ({ TopicArn, AttributeName: "FifoThroughputScope", AttributeValue });
  call("SetTopicAttributes", scope("Topic"));
  call("SetTopicAttributes", scope("MessageGroup"));
  call("SetTopicAttributes", scope("MessageGroup"));
  expect(failure("SetTopicAttributes", scope("Topic"))).toMatchObject({ code: "InvalidParameter" });
  expect(failure("SetTopicAttributes", scope("Group"))).toEqual(
    invalid("FifoThroughputScope: Invalid value [Group]. Please use either Topic or MessageGroup"),
  );
  expect(topicAttributes(TopicArn).FifoThroughputScope).toBe("MessageGroup");
});

test("subscriptions are counted by their state", () => {
  const { call, createTopic, subscribe, topicAttributes } = aService();
  const TopicArn = createTopic("orders");
  subscribe(TopicArn, "sms", "+15551234567");
  subscribe(TopicArn, "sms", "+15551234568");
  subscribe(TopicArn, "http", "http://example.com/");
  call("Unsubscribe", { SubscriptionArn: subscribe(TopicArn, "sms", "+15551234569") });
  expect(topicAttributes(TopicArn)).toMatchObject({
    SubscriptionsConfirmed: "2",
    SubscriptionsPending: "1",
    SubscriptionsDeleted: "1",
  });
});

test("messages beyond 256 KiB are not for every protocol", () => {
  const { call, createTopic, failure, subscribe } = aService();
  const TopicArn = createTopic("orders");
  const size = (AttributeValue: string) => ({ TopicArn, AttributeName: "MaximumMessageSize", AttributeValue });
  const SubscriptionArn = subscribe(TopicArn, "sms", "+15551234567");
  call("SetTopicAttributes", size("262144"));
  expect(failure("SetTopicAttributes", size("262145"))).toMatchObject({ code: "InvalidParameter" });
  call("Unsubscribe", { SubscriptionArn });
  call("SetTopicAttributes", size("262145"));
  expect(failure("Subscribe", { TopicArn, Protocol: "sms", Endpoint: "+15551234567" })).toMatchObject({
    code: "InvalidParameter",
  });
  subscribe(TopicArn, "lambda", "arn:aws:lambda:us-east-1:000000000000:function:f");
});

test("a topic cannot be set to messages beyond 256 KiB with more than a hundred subscriptions", () => {
  const { call, createTopic, failure, subscribe } = aService();
  const TopicArn = createTopic("orders");
  const size = { TopicArn, AttributeName: "MaximumMessageSize", AttributeValue: "262145" };
  for (let index = 1; index <= 100; index++) subscribe(TopicArn, "sqs", `arn:aws:sqs:us-east-1:000000000000:q${index}`);
  call("SetTopicAttributes", size);
  subscribe(TopicArn, "sqs", "arn:aws:sqs:us-east-1:000000000000:q101");
  expect(failure("SetTopicAttributes", size)).toMatchObject({ code: "InvalidParameter" });
});

test("a topic can be deleted, and deleted again", () => {
  const { call, createTopic, failure } = aService();
  const TopicArn = createTopic("orders");
  expect(call("DeleteTopic", { TopicArn })).toBeUndefined();
  expect(call("DeleteTopic", { TopicArn })).toBeUndefined();
  expect(failure("GetTopicAttributes", { TopicArn })).toEqual(notFound("Topic"));
});

test("a topic of the same name does not bring the subscriptions of the deleted one back", () => {
  const { call, createTopic, deliveries, subscribe } = aService();
  const TopicArn = createTopic("orders");
  subscribe(TopicArn, "sms", "+15551234567");
  call("DeleteTopic", { TopicArn });
  createTopic("orders");
  call("Publish", { TopicArn, Message: "hello" });
  expect(deliveries).toEqual([]);
  expect(call("ListSubscriptions", {})).toEqual({ Subscriptions: [] });
});
