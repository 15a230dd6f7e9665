import { expect, test } from "vitest";
import { type Attributes, aService, invalid, notFound, QUEUE_ARN } from "../../../support/sns.ts";

// §7.3

const DLQ = `${QUEUE_ARN}-dlq`;
const REDRIVE = `{"deadLetterTargetArn":"${DLQ}"}`;
const REDACTED = "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)";
const ENDPOINTS: Readonly<Record<string, string>> = {
  sqs: QUEUE_ARN,
  lambda: "arn:aws:lambda:us-east-1:000000000000:function:f",
  sms: "+15551234567",
  http: "http://example.com/",
  https: "https://example.com/",
  email: "a@example.com",
  "email-json": "a@example.com",
  firehose: "arn:aws:firehose:us-east-1:000000000000:deliverystream/d",
};

function aSubscription(protocol = "sqs", attributes?: Attributes) {
  const service = aService();
  const TopicArn = service.createTopic("orders");
  const role: Attributes = protocol === "firehose" ? { SubscriptionRoleArn: "arn:aws:iam::000000000000:role/r" } : {};
  const arn = service.subscribe(TopicArn, protocol, ENDPOINTS[protocol]!, { ...role, ...attributes });
  const change = (AttributeName: string, AttributeValue?: string) => ({
    SubscriptionArn: arn,
    AttributeName,
    AttributeValue,
  });
  return {
    ...service,
    TopicArn,
    arn,
    set: (name: string, value?: string) => service.call("SetSubscriptionAttributes", change(name, value)),
    refusal: (name: string, value?: string) => service.failure("SetSubscriptionAttributes", change(name, value)),
    attributes: () => service.subscriptionAttributes(arn),
  };
}

test("a new subscription of a queue has exactly nine attributes", () => {
  const { arn, attributes, TopicArn } = aSubscription();
  expect(attributes()).toEqual({
    SubscriptionArn: arn,
    TopicArn,
    Owner: "000000000000",
    Protocol: "sqs",
    Endpoint: QUEUE_ARN,
    SubscriptionPrincipal: "arn:aws:iam::000000000000:user/waystation",
    ConfirmationWasAuthenticated: "true",
    PendingConfirmation: "false",
    RawMessageDelivery: "false",
  });
});

test.for(["sqs", "lambda", "sms", "firehose"])(
  "a new %s subscription is confirmed and shows no delivery policy",
  (protocol) => {
    const { attributes } = aSubscription(protocol);
    expect(attributes()).toMatchObject({ ConfirmationWasAuthenticated: "true", PendingConfirmation: "false" });
    expect(attributes()).not.toHaveProperty("EffectiveDeliveryPolicy");
  },
);

test("a new HTTP subscription is pending and shows the policy that will hold", () => {
  const { attributes } = aSubscription("http");
  expect(attributes()).toMatchObject({ ConfirmationWasAuthenticated: "false", PendingConfirmation: "true" });
  expect(attributes()).toHaveProperty("EffectiveDeliveryPolicy");
});

test("a subscription belongs to who made it", () => {
  const { call, createTopic, subscriptionAttributes } = aService();
  const { SubscriptionArn } = call(
    "Subscribe",
    { TopicArn: createTopic("orders"), Protocol: "sms", Endpoint: "+15551234567" },
    { account: "111111111111" },
  ) as { SubscriptionArn: string };
  expect(subscriptionAttributes(SubscriptionArn)).toMatchObject({
    Owner: "111111111111",
    SubscriptionPrincipal: "arn:aws:iam::111111111111:user/waystation",
  });
});

test.for<[name: string, value: string, shown: Attributes]>([
  ["RawMessageDelivery", "true", { RawMessageDelivery: "true" }],
  ["RawMessageDelivery", "True", { RawMessageDelivery: "true" }],
  ["RawMessageDelivery", "FALSE", { RawMessageDelivery: "false" }],
  ["FilterPolicy", '{ "a": ["b"] }', { FilterPolicy: '{ "a": ["b"] }', FilterPolicyScope: "MessageAttributes" }],
  ["FilterPolicy", " { } ", {}],
  ["FilterPolicyScope", "MessageBody", {}],
  ["FilterPolicyScope", "MessageAttributes", {}],
  ["RedrivePolicy", REDRIVE, { RedrivePolicy: REDRIVE }],
])("%s can be %s, from the start and later", ([name, value, shown]) => {
  const { attributes, set } = aSubscription();
  const plain = attributes();
  expect(set(name, value)).toBeUndefined();
  expect(attributes()).toEqual({ ...plain, ...shown });
  const { SubscriptionArn: _, ...fromStart } = aSubscription("sqs", { [name]: value }).attributes();
  const { SubscriptionArn: __, ...later } = attributes();
  expect(fromStart).toEqual(later);
});

test.for<[name: string, value: string]>([
  ["FilterPolicy", '{"a":["b"]}'],
  ["DeliveryPolicy", "{}"],
  ["SubscriptionRoleArn", "arn:aws:iam::000000000000:role/r"],
])("%s is taken away by the empty text, or by none", ([name, value]) => {
  const { attributes, set } = aSubscription();
  const plain = attributes();
  set(name, value);
  expect(attributes()).not.toEqual(plain);
  set(name, "");
  expect(attributes()).toEqual(plain);
  set(name, value);
  set(name);
  expect(attributes()).toEqual(plain);
});

// What Terraform's provider for AWS relies on: it sets the empty policy, and finds none afterwards.
test("a filter policy is taken away by the empty policy as well", () => {
  const { attributes, set } = aSubscription();
  const plain = attributes();
  set("FilterPolicy", '{"a":["b"]}');
  set("FilterPolicy", "{}");
  expect(attributes()).toEqual(plain);
});

// What Terraform's provider for AWS goes around: "nil for the RedrivePolicy attribute, else throws an InvalidParameter".
test("a dead-letter queue is taken away by no value, not by the empty text", () => {
  const { attributes, set, refusal } = aSubscription();
  const plain = attributes();
  set("RedrivePolicy", REDRIVE);
  expect(refusal("RedrivePolicy", "")).toMatchObject({
    code: "InvalidParameter",
    message: expect.stringContaining("Invalid parameter: RedrivePolicy: failed to parse JSON. "),
  });
  expect(attributes()).toMatchObject({ RedrivePolicy: REDRIVE });
  set("RedrivePolicy");
  expect(attributes()).toEqual(plain);
});

test("nor does a subscription begin with the empty text for one", () => {
  const { failure, TopicArn } = aSubscription();
  const Attributes = { RedrivePolicy: "" };
  expect(failure("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: `${QUEUE_ARN}-2`, Attributes })).toMatchObject({
    message: expect.stringContaining("Invalid parameter: Attributes Reason: RedrivePolicy: failed to parse JSON. "),
  });
});

// aws-cdk pull request 23108: what CloudFormation was told when a template no longer gave a scope.
test.for([
  ["FilterPolicyScope", "Invalid value [null]. Please use either MessageBody or MessageAttributes"],
  ["RawMessageDelivery", "Invalid value [null]. Must be true or false."],
] as const)("no value does not take %s away", ([name, reason]) => {
  expect(aSubscription().refusal(name)).toEqual(invalid(`${name}: ${reason}`));
});

test("the scope of a filter policy shows with the policy and stays without it", () => {
  const { attributes, set } = aSubscription();
  set("FilterPolicyScope", "MessageBody");
  expect(attributes()).not.toHaveProperty("FilterPolicyScope");
  set("FilterPolicy", '{"a":{"b":["c"]}}');
  expect(attributes()).toMatchObject({ FilterPolicyScope: "MessageBody" });
  set("FilterPolicy", "");
  expect(attributes()).not.toHaveProperty("FilterPolicyScope");
  set("FilterPolicy", '{"a":["b"]}');
  expect(attributes()).toMatchObject({ FilterPolicyScope: "MessageBody" });
});

test.for<[name: string, value: string, reason: string]>([
  ["Nonsense", "x", "AttributeName"],
  ["rawMessageDelivery", "true", "AttributeName"],
  ["Owner", "x", "AttributeName"],
  ["PendingConfirmation", "true", "AttributeName"],
  ["EffectiveDeliveryPolicy", "{}", "AttributeName"],
  ["ReplayPolicy", "{}", "AttributeName"],
  ["ReplayStatus", "Completed", "AttributeName"],
  ["RawMessageDelivery", "test-ValUe", "RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false."],
  ["RawMessageDelivery", "", "RawMessageDelivery: Invalid value []. Must be true or false."],
  [
    "FilterPolicyScope",
    "Body",
    "FilterPolicyScope: Invalid value [Body]. Please use either MessageBody or MessageAttributes",
  ],
  ["FilterPolicyScope", "", "FilterPolicyScope: Invalid value []. Please use either MessageBody or MessageAttributes"],
  ["RedrivePolicy", '{"deadLetterTargetArn":"x"}', "RedrivePolicy: deadLetterTargetArn is an invalid arn"],
  ["RedrivePolicy", '{"deadLetterTargetArn":1}', "RedrivePolicy: deadLetterTargetArn is an invalid arn"],
  ["RedrivePolicy", "{}", "RedrivePolicy: Missing deadLetterTargetArn attribute"],
  [
    "RedrivePolicy",
    '{"deadLetterTargetArn":"arn:aws:sns:us-east-1:000000000000:x"}',
    "RedrivePolicy: deadLetterTargetArn must be a SQS queue",
  ],
  [
    "RedrivePolicy",
    '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:000000000000:x"}',
    "RedrivePolicy: deadLetterTargetArn must be in the same region as the subscription",
  ],
  [
    "RedrivePolicy",
    `{"deadLetterTargetArn":"${DLQ}","maxReceiveCount":3}`,
    "RedrivePolicy: invalid JSON. Attribute maxReceiveCount is unknown.",
  ],
  [
    "RedrivePolicy",
    "{invalid}",
    `RedrivePolicy: failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n at ${REDACTED}; line: 1, column: 2]`,
  ],
  [
    "FilterPolicy",
    "{invalid}",
    `FilterPolicy: failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n at ${REDACTED}; line: 1, column: 2]`,
  ],
  [
    "FilterPolicy",
    "invalid",
    `FilterPolicy: failed to parse JSON. Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at ${REDACTED}; line: 1, column: 8]`,
  ],
  [
    "FilterPolicy",
    '{ "key": [] }',
    'FilterPolicy: Empty arrays are not allowed\n at [Source: (String)"{"key":[]}"; line: 1, column: 10]',
  ],
  ["FilterPolicy", '{"a":{"b":["c"]}}', "Filter policy scope MessageAttributes does not support nested filter policy"],
  [
    "FilterPolicy",
    '{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}',
    "FilterPolicy: Filter policy can not have more than 5 keys",
  ],
])("%s cannot be '%s'", ([name, value, reason]) => {
  const { attributes, failure, refusal, TopicArn } = aSubscription();
  const plain = attributes();
  expect(refusal(name, value)).toEqual(invalid(reason));
  expect(attributes()).toEqual(plain);
  expect(
    failure("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: `${QUEUE_ARN}2`, Attributes: { [name]: value } }),
  ).toEqual(invalid(`Attributes Reason: ${reason}`));
});

test.for(["sqs", "http", "https", "firehose"])("a %s subscription can have raw messages", (protocol) => {
  const { attributes, set } = aSubscription(protocol);
  set("RawMessageDelivery", "true");
  expect(attributes()).toMatchObject({ RawMessageDelivery: "true" });
});

// cloudformation-coverage-roadmap issue 399: "if you set this value as `false` for email endpoints, it is fail", says AWS.
test.for(["lambda", "sms", "email", "email-json"])(
  "a %s subscription has nothing to say of raw messages",
  (protocol) => {
    const { attributes, failure, refusal, TopicArn } = aSubscription(protocol);
    const reason = `Delivery protocol [${protocol}] does not support raw message delivery.`;
    for (const value of ["true", "false", "yes", undefined]) {
      expect(refusal("RawMessageDelivery", value)).toEqual(invalid(reason));
    }
    expect(attributes()).toMatchObject({ RawMessageDelivery: "false" });
    const subscription = { TopicArn, Protocol: protocol, Endpoint: ENDPOINTS[protocol] };
    expect(failure("Subscribe", { ...subscription, Attributes: { RawMessageDelivery: "false" } })).toEqual(
      invalid(`Attributes Reason: ${reason}`),
    );
  },
);

test("a nested policy keeps its scope", () => {
  const { refusal } = aSubscription("sqs", { FilterPolicyScope: "MessageBody", FilterPolicy: '{"a":{"b":["c"]}}' });
  expect(refusal("FilterPolicyScope", "MessageAttributes")).toEqual(
    invalid("Filter policy scope MessageAttributes does not support nested filter policy"),
  );
});

test("a FIFO subscription of a FIFO topic has a FIFO dead-letter queue, one of a standard topic a standard queue", () => {
  const { call, createFifoTopic, createTopic, failure, subscribe } = aService();
  const TopicArn = createFifoTopic("orders.fifo");
  const fifo = subscribe(TopicArn, "sqs", `${QUEUE_ARN}.fifo`);
  const standard = subscribe(TopicArn, "sqs", QUEUE_ARN);
  const redrive = (SubscriptionArn: string, target: string) => ({
    SubscriptionArn,
    AttributeName: "RedrivePolicy",
    AttributeValue: JSON.stringify({ deadLetterTargetArn: target }),
  });
  expect(failure("SetSubscriptionAttributes", redrive(fifo, DLQ))).toEqual(
    invalid("RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic."),
  );
  call("SetSubscriptionAttributes", redrive(fifo, `${DLQ}.fifo`));
  call("SetSubscriptionAttributes", redrive(standard, DLQ));
  call("SetSubscriptionAttributes", redrive(standard, `${DLQ}.fifo`));
  const reason = "RedrivePolicy: must use a standard queue as DLQ for a Subscription to a standard Topic.";
  const ofStandardTopic = subscribe(createTopic("events"), "sqs", QUEUE_ARN);
  expect(failure("SetSubscriptionAttributes", redrive(ofStandardTopic, `${DLQ}.fifo`))).toEqual(invalid(reason));
  call("SetSubscriptionAttributes", redrive(ofStandardTopic, DLQ));
});

test("a subscription that is not there has no attributes", () => {
  const { call, failure, arn } = aSubscription();
  const missing = { SubscriptionArn: `${arn.slice(0, -1)}x` };
  const change = { AttributeName: "Nonsense", AttributeValue: "x" };
  expect(failure("GetSubscriptionAttributes", missing)).toEqual(notFound("Subscription"));
  expect(failure("SetSubscriptionAttributes", { ...missing, ...change })).toEqual(notFound("Subscription"));
  call("Unsubscribe", { SubscriptionArn: arn });
  expect(failure("GetSubscriptionAttributes", { SubscriptionArn: arn })).toEqual(notFound("Subscription"));
  expect(failure("SetSubscriptionAttributes", { SubscriptionArn: arn, ...change })).toEqual(notFound("Subscription"));
});

test("what is set holds for the next message", () => {
  const { deliveries, publish, set, TopicArn } = aSubscription();
  set("FilterPolicy", '{"kind":["new"]}');
  publish({ TopicArn, Message: "none" });
  publish({ TopicArn, Message: "old", MessageAttributes: { kind: { DataType: "String", StringValue: "old" } } });
  publish({ TopicArn, Message: "new", MessageAttributes: { kind: { DataType: "String", StringValue: "new" } } });
  set("FilterPolicy", "");
  publish({ TopicArn, Message: "any" });
  expect(deliveries.map((delivery) => "notification" in delivery && delivery.notification.content.message)).toEqual([
    "new",
    "any",
  ]);
});
