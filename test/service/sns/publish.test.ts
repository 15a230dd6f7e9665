import { expect, test } from "vitest";
import type { NotificationDelivery } from "../../../src/engine/topic/delivery.ts";
import { type Attributes, aService, invalid, notFound, QUEUE_ARN, textsOf } from "../../support/sns.ts";

// §11

const LIMIT = 262_144;
const tooLong = invalid("Message too long");

function aTopic(attributes: Attributes = {}) {
  const service = aService();
  const TopicArn = service.createTopic("orders", attributes);
  service.subscribe(TopicArn, "sqs", QUEUE_ARN);
  const contents = () => service.deliveries.map((delivery) => (delivery as NotificationDelivery).notification.content);
  return { ...service, TopicArn, contents };
}

test("a message goes to every subscription, under the id its publisher is told", () => {
  const { deliveries, publish, subscribe, TopicArn } = aTopic();
  subscribe(TopicArn, "sms", "+15551234567");
  const { MessageId, ...more } = publish({ TopicArn, Message: "hello", Subject: "hi" });
  expect(MessageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(more).toEqual({});
  expect(deliveries).toMatchObject(
    ["sqs", "sms"].map((protocol) => ({
      subscription: { protocol },
      notification: { id: MessageId, content: { message: "hello", subject: "hi", origin: "http://localhost:4566" } },
    })),
  );
});

test("a message without subscribers is published", () => {
  const { createTopic, publish } = aService();
  expect(publish({ TopicArn: createTopic("orders"), Message: "x" })).toHaveProperty("MessageId");
});

test("TargetArn may be a topic", () => {
  const { deliveries, publish, TopicArn } = aTopic();
  publish({ TargetArn: TopicArn, Message: "hello" });
  expect(textsOf(deliveries)).toEqual(["hello"]);
});

test("a trace header of the request goes along, if it is one", () => {
  const { call, contents, TopicArn } = aTopic();
  const header = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
  call("Publish", { TopicArn, Message: "a" }, { headers: { "x-amzn-trace-id": header } });
  call("Publish", { TopicArn, Message: "b" }, { headers: { "x-amzn-trace-id": "nonsense" } });
  call("Publish", { TopicArn, Message: "c" });
  expect(contents().map(({ traceHeader }) => traceHeader)).toEqual([header, undefined, undefined]);
});

test("there is exactly one target", () => {
  const { failure, TopicArn } = aTopic();
  const PhoneNumber = "+15551234567";
  expect(failure("Publish", { Message: "x" })).toEqual(
    invalid("TopicArn or TargetArn Reason: no value for required parameter"),
  );
  for (const target of [
    { TopicArn, TargetArn: TopicArn },
    { TopicArn, PhoneNumber },
    { TargetArn: TopicArn, PhoneNumber },
    { TopicArn, TargetArn: TopicArn, PhoneNumber },
  ]) {
    expect(failure("Publish", { ...target, Message: "x" })).toMatchObject({ code: "InvalidParameter", status: 400 });
  }
});

test.for([{}, { Message: "" }])("a message cannot be empty: %j", (message) => {
  const { failure, TopicArn } = aTopic();
  expect(failure("Publish", { TopicArn, ...message })).toEqual(invalid("Empty message"));
});

test.for(["a", "x".repeat(100), "!", "日本", "Re: tab", "😀 smile", "a b  c"])("a subject can be '%s'", (Subject) => {
  const { contents, publish, TopicArn } = aTopic();
  publish({ TopicArn, Message: "x", Subject });
  expect(contents()).toMatchObject([{ subject: Subject }]);
});

test.for(["", "x".repeat(101), " a", "a\nb", "a\rb", "a\tb", "a\u0000b", "\n", "a\u2028b", "a\n"])(
  "a subject cannot be %j",
  (Subject) => {
    const { failure, TopicArn } = aTopic();
    expect(failure("Publish", { TopicArn, Message: "x", Subject })).toEqual(invalid("Subject"));
  },
);

const attribute = { MessageAttributes: { attr1: { DataType: "Number", StringValue: "99.12" } } };
/** Name, type and value. */
const ATTRIBUTE_BYTES = "attr1".length + "Number".length + "99.12".length;

test.for<[title: string, message: object]>([
  ["a message of 262144 bytes", { Message: "x".repeat(LIMIT) }],
  ["characters of two bytes", { Message: "é".repeat(LIMIT / 2) }],
  ["characters of four bytes", { Message: "😀".repeat(LIMIT / 4) }],
  ["an attribute beside it", { Message: "x".repeat(LIMIT - ATTRIBUTE_BYTES), ...attribute }],
  ["a subject, which does not count", { Message: "x".repeat(LIMIT), Subject: "y" }],
  [
    "bytes beside it",
    {
      Message: "x".repeat(LIMIT - 10),
      MessageAttributes: { a: { DataType: "Binary", BinaryValue: Buffer.of(1, 2, 3) } },
    },
  ],
])("%s fits", ([, message]) => {
  const { deliveries, publish, TopicArn } = aTopic();
  publish({ TopicArn, ...message });
  expect(deliveries).toHaveLength(1);
});

test.for<[title: string, message: object]>([
  ["a message of 262145 bytes", { Message: "x".repeat(LIMIT + 1) }],
  ["one byte more in characters of two", { Message: `${"é".repeat(LIMIT / 2)}x` }],
  ["an attribute that takes a byte too much", { Message: "x".repeat(LIMIT - ATTRIBUTE_BYTES + 1), ...attribute }],
  [
    "bytes that take a byte too much",
    {
      Message: "x".repeat(LIMIT - 9),
      MessageAttributes: { a: { DataType: "Binary", BinaryValue: Buffer.of(1, 2, 3) } },
    },
  ],
])("%s does not fit", ([, message]) => {
  const { deliveries, failure, TopicArn } = aTopic();
  expect(failure("Publish", { TopicArn, ...message })).toEqual(tooLong);
  expect(deliveries).toEqual([]);
});

test.for([1024, 1_048_576])("a topic can have a limit of %i bytes of its own", (limit) => {
  const { failure, publish, TopicArn } = aTopic({ MaximumMessageSize: String(limit) });
  expect(publish({ TopicArn, Message: "x".repeat(limit) })).toHaveProperty("MessageId");
  expect(failure("Publish", { TopicArn, Message: "x".repeat(limit + 1) })).toEqual(tooLong);
});

test("what is wrong with the message is told before the topic is looked for", () => {
  const { failure } = aService();
  const TopicArn = "arn:aws:sns:us-east-1:000000000000:none";
  expect(failure("Publish", { TopicArn, Message: "x", Subject: "" })).toEqual(invalid("Subject"));
  expect(
    failure("Publish", { TopicArn, Message: "x", MessageAttributes: { a: { DataType: "X", StringValue: "1" } } }),
  ).toMatchObject({ code: "ParameterValueInvalid" });
  expect(failure("Publish", { TopicArn, Message: "x".repeat(LIMIT + 1) })).toEqual(notFound("Topic"));
});
