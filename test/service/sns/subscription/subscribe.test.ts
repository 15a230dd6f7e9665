import { expect, test } from "vitest";
import {
  type Attributes,
  aService,
  invalid,
  invalidParameter,
  missingValue,
  notFound,
  QUEUE_ARN,
} from "../../../support/sns.ts";

// §7.1, §7.2, §7.4

const ARN = "arn:aws:sns:us-east-1:000000000000:orders";
const ROLE = "arn:aws:iam::000000000000:role/r";
const NO_ARN = [
  "http://localhost:4566/000000000000/orders",
  "orders",
  "arn:aws:s3:::bucket",
  "arn:aws:sns:us-east-1:000000000000:x",
];

function aTopic() {
  const service = aService();
  const TopicArn = service.createTopic("orders");
  const wish = (Protocol: string, Endpoint?: string, Attributes?: Attributes) => ({
    TopicArn,
    Protocol,
    Endpoint,
    Attributes,
  });
  return { ...service, TopicArn, wish };
}

test.for<[protocol: string, endpoint: string, attributes?: Attributes]>([
  ["sqs", QUEUE_ARN],
  ["sqs", "arn:aws:sqs:eu-west-1:000000000000:elsewhere"],
  ["lambda", "arn:aws:lambda:us-east-1:000000000000:function:f"],
  ["firehose", "arn:aws:firehose:us-east-1:000000000000:deliverystream/d", { SubscriptionRoleArn: ROLE }],
  ["sms", "+15551234567"],
  ["sms", "+123123123"],
  ["sms", "1234567890"],
  ["sms", "+1-555-123.45/67"],
])("a %s subscription for %s is confirmed at once", ([protocol, endpoint, attributes]) => {
  const { call, deliveries, wish, TopicArn } = aTopic();
  const { SubscriptionArn } = call("Subscribe", wish(protocol, endpoint, attributes)) as { SubscriptionArn: string };
  expect(SubscriptionArn).toMatch(new RegExp(`^${TopicArn}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`));
  expect(deliveries).toEqual([]);
});

test.for<[protocol: string, endpoint: string]>([
  ["http", "http://example.com/"],
  ["http", "HTTP://user:password@example.com:8080/path?query"],
  ["https", "https://example.com"],
  ["email", "a@example.com"],
  ["email-json", "a.b+c@sub.example.com"],
  ["sqs", "arn:aws:sqs:us-east-1:111111111111:theirs"],
])("a %s subscription for %s waits for a confirmation", ([protocol, endpoint]) => {
  const { call, deliveries, subscribe, wish, TopicArn } = aTopic();
  expect(call("Subscribe", wish(protocol, endpoint))).toEqual({ SubscriptionArn: "pending confirmation" });
  expect(deliveries).toMatchObject([
    { type: "SubscriptionConfirmation", origin: "http://localhost:4566", subscription: { endpoint } },
  ]);
  expect(subscribe(TopicArn, protocol, endpoint)).toBe(deliveries[0]?.subscription.arn);
});

test("whoever owns the queue subscribes it to another account's topic at once", () => {
  const { call, TopicArn } = aTopic();
  const wish = { TopicArn, Protocol: "sqs", Endpoint: "arn:aws:sqs:us-east-1:111111111111:theirs" };
  expect(call("Subscribe", wish, { account: "111111111111" })).not.toEqual({ SubscriptionArn: "pending confirmation" });
});

test.for<[protocol: string, endpoint: string, message: string]>([
  ["http", "https://example.com/", "Endpoint must match the specified protocol"],
  ["https", "http://example.com/", "Endpoint must match the specified protocol"],
  ["http", "example.com", "Endpoint must match the specified protocol"],
  ["http", "http://", "Unreachable Endpoint"],
  ["email", "nobody", "Email address"],
  ["email-json", "a b@example.com", "Email address"],
  ["email", "a@b@c", "Email address"],
  ...NO_ARN.map((text): [string, string, string] => ["sqs", text, "SQS endpoint ARN"]),
  ...NO_ARN.map((text): [string, string, string] => ["lambda", text, "Lambda endpoint ARN"]),
  ...NO_ARN.map((text): [string, string, string] => ["firehose", text, "Firehose endpoint ARN"]),
  ...NO_ARN.slice(0, 3).map((text): [string, string, string] => ["application", text, "ApplicationEndpoint ARN"]),
  [
    "application",
    "arn:aws:sns:us-east-1:000000000000:endpoint/GCM/app/x",
    "Endpoint Reason: Endpoint does not exist for endpoint arnarn:aws:sns:us-east-1:000000000000:endpoint/GCM/app/x",
  ],
  [
    "application",
    "arn:aws:sns:us-east-1:000000000000:orders",
    "Application endpoint arn invalid:arn:aws:sns:us-east-1:000000000000:orders",
  ],
  [
    "sqs",
    "arn:aws:sqs:us-east-1:000000000000:orders.fifo",
    "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
  ],
  ["", "x", "Amazon SNS does not support this protocol string: "],
  ["SQS", QUEUE_ARN, "Amazon SNS does not support this protocol string: SQS"],
  ["constructor", "x", "Amazon SNS does not support this protocol string: constructor"],
  ["sqs", "", "Endpoint"],
])("a %s subscription cannot be for '%s'", ([protocol, endpoint, message]) => {
  const { failure, wish } = aTopic();
  expect(failure("Subscribe", wish(protocol, endpoint))).toEqual(invalid(message));
});

test.for(["+15--551234567", "NAA+15551234567", "+15551234567.", "/+15551234567", "+", "1 2  3"])(
  "%s is no number for text messages",
  (endpoint) => {
    const { failure, wish } = aTopic();
    // AWS: without the words all other texts begin with.
    expect(failure("Subscribe", wish("sms", endpoint))).toEqual(invalidParameter(`Invalid SMS endpoint: ${endpoint}`));
  },
);

test("every protocol wants an endpoint", () => {
  const { failure, wish } = aTopic();
  expect(failure("Subscribe", wish("http"))).toEqual(invalid("Endpoint"));
});

test("an unknown topic is told before an unknown protocol", () => {
  const { failure } = aService();
  expect(failure("Subscribe", { TopicArn: ARN, Protocol: "nonsense", Endpoint: "x" })).toEqual(notFound("Topic"));
});

test("a topic of another region is no topic to subscribe to", () => {
  const { failure, wish } = aTopic();
  expect(failure("Subscribe", wish("sqs", QUEUE_ARN), { region: "eu-west-1" })).toEqual(invalid("TopicArn"));
});

test("Subscribe wants a topic and a protocol", () => {
  const { failure, TopicArn } = aTopic();
  expect(failure("Subscribe", { Protocol: "sqs" })).toEqual(missingValue("TopicArn"));
  expect(failure("Subscribe", { TopicArn })).toEqual(missingValue("Protocol"));
});

test("a FIFO topic has queues of both types and nothing else", () => {
  const { createFifoTopic, failure, subscribe } = aService();
  const TopicArn = createFifoTopic("orders.fifo");
  subscribe(TopicArn, "sqs", QUEUE_ARN);
  subscribe(TopicArn, "sqs", `${QUEUE_ARN}.fifo`);
  expect(failure("Subscribe", { TopicArn, Protocol: "http", Endpoint: "http://example.com/" })).toEqual(
    invalid("Invalid protocol type: http"),
  );
  expect(failure("Subscribe", { TopicArn, Protocol: "nonsense", Endpoint: "x" })).toEqual(
    invalid("Amazon SNS does not support this protocol string: nonsense"),
  );
});

test("a delivery stream wants a role", () => {
  const { failure, subscribe, wish, TopicArn } = aTopic();
  const stream = "arn:aws:firehose:us-east-1:000000000000:deliverystream/d";
  expect(failure("Subscribe", wish("firehose", stream))).toEqual(
    invalid("Delivery protocol firehose can only be subscribed with subscription role arn"),
  );
  expect(failure("Subscribe", wish("firehose", stream, { SubscriptionRoleArn: "nobody" }))).toEqual(
    invalid("Attributes Reason: SubscriptionRoleArn: nobody is not a valid role"),
  );
  subscribe(TopicArn, "firehose", stream, { SubscriptionRoleArn: ROLE });
});

test("an application's endpoint can be subscribed", () => {
  const { call, subscribe, subscriptionAttributes, TopicArn } = aTopic();
  const { PlatformApplicationArn } = call("CreatePlatformApplication", {
    Name: "app",
    Platform: "GCM",
    Attributes: { PlatformCredential: "key" },
  }) as { PlatformApplicationArn: string };
  const { EndpointArn } = call("CreatePlatformEndpoint", { PlatformApplicationArn, Token: "t" }) as {
    EndpointArn: string;
  };
  expect(subscriptionAttributes(subscribe(TopicArn, "application", EndpointArn))).toMatchObject({
    PendingConfirmation: "false",
  });
});

const FILTER = '{"store":["a"]}';
const different = invalid("Attributes Reason: Subscription already exists with different attributes");

test.for<[title: string, first: Attributes, second: Attributes]>([
  ["without attributes", { RawMessageDelivery: "true", FilterPolicy: FILTER }, {}],
  ["with the same ones", { RawMessageDelivery: "true" }, { RawMessageDelivery: "TRUE" }],
  [
    "with what holds without being set",
    {},
    { RawMessageDelivery: "false", FilterPolicyScope: "MessageAttributes", FilterPolicy: "" },
  ],
  ["with the same filter in other words", { FilterPolicy: FILTER }, { FilterPolicy: '{ "store" : [ "a" ] }' }],
])("the same endpoint subscribed again %s is the same subscription", ([, first, second]) => {
  const { subscribe, TopicArn } = aTopic();
  const arn = subscribe(TopicArn, "sqs", QUEUE_ARN, first);
  expect(subscribe(TopicArn, "sqs", QUEUE_ARN, second)).toBe(arn);
});

test.for<[title: string, first: Attributes, second: Attributes]>([
  ["another value", { RawMessageDelivery: "true" }, { RawMessageDelivery: "false" }],
  ["a value it was not given", {}, { FilterPolicy: FILTER }],
  ["a filter taken away", { FilterPolicy: FILTER }, { FilterPolicy: "" }],
  ["another scope", { FilterPolicy: FILTER }, { FilterPolicyScope: "MessageBody" }],
])("the same endpoint cannot be subscribed again with %s", ([, first, second]) => {
  const { failure, subscribe, subscriptionAttributes, wish, TopicArn } = aTopic();
  const arn = subscribe(TopicArn, "sqs", QUEUE_ARN, first);
  const before = subscriptionAttributes(arn);
  expect(failure("Subscribe", wish("sqs", QUEUE_ARN, second))).toEqual(different);
  expect(subscriptionAttributes(arn)).toEqual(before);
});

test("an attribute that cannot be is told before a difference", () => {
  const { failure, subscribe, wish, TopicArn } = aTopic();
  subscribe(TopicArn, "sqs", QUEUE_ARN, { FilterPolicy: FILTER });
  expect(failure("Subscribe", wish("sqs", QUEUE_ARN, { FilterPolicy: "x" }))).toMatchObject({
    message: expect.stringContaining("failed to parse JSON"),
  });
});

test("the same endpoint under another protocol, or of another topic, is another subscription", () => {
  const { createTopic, subscribe, TopicArn } = aTopic();
  const arns = [
    subscribe(TopicArn, "email", "a@example.com"),
    subscribe(TopicArn, "email-json", "a@example.com"),
    subscribe(createTopic("other"), "email", "a@example.com"),
  ];
  expect(new Set(arns).size).toBe(3);
});

test("a pending subscription that is made again has its endpoint asked again, a confirmed one has not", () => {
  const { call, deliveries, wish } = aTopic();
  call("Subscribe", wish("http", "http://example.com/"));
  call("Subscribe", wish("http", "http://example.com/"));
  const [first, second] = deliveries as unknown as { token: string; id: string }[];
  expect(deliveries).toHaveLength(2);
  expect(second).toMatchObject({ type: "SubscriptionConfirmation", token: first!.token });
  call("ConfirmSubscription", { TopicArn: ARN, Token: first!.token });
  call("Subscribe", wish("http", "http://example.com/"));
  expect(deliveries).toHaveLength(2);
});

test("an endpoint that was unsubscribed can be subscribed anew", () => {
  const { call, subscribe, TopicArn } = aTopic();
  const first = subscribe(TopicArn, "sqs", QUEUE_ARN);
  call("Unsubscribe", { SubscriptionArn: first });
  expect(subscribe(TopicArn, "sqs", QUEUE_ARN, { RawMessageDelivery: "true" })).not.toBe(first);
});
