import { expect, test } from "vitest";
import type { NotificationDelivery } from "../../../src/engine/topic/delivery.ts";
import { type Attributes, aService, invalid, QUEUE_ARN } from "../../support/sns.ts";

// §15

const group = { MessageGroupId: "g" };

function aTopic(attributes: Attributes = {}) {
  const service = aService();
  const TopicArn = service.createFifoTopic("orders.fifo", attributes);
  service.subscribe(TopicArn, "sqs", `${QUEUE_ARN}.fifo`);
  const contents = () => service.deliveries.map((delivery) => (delivery as NotificationDelivery).notification.content);
  return { ...service, TopicArn, contents };
}

const noGroup = invalid("The MessageGroupId parameter is required for FIFO topics");
const noDeduplication = invalid(
  "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
);

test("a FIFO topic wants a group, and a way to tell messages apart", () => {
  const { failure, publish, TopicArn } = aTopic();
  expect(failure("Publish", { TopicArn, Message: "x" })).toEqual(noGroup);
  expect(failure("Publish", { TopicArn, Message: "x", MessageDeduplicationId: "d" })).toEqual(noGroup);
  expect(failure("Publish", { TopicArn, Message: "x", ...group })).toEqual(noDeduplication);
  expect(publish({ TopicArn, Message: "x", ...group, MessageDeduplicationId: "d" })).toHaveProperty("MessageId");
});

test("a standard topic takes a group and passes it on, but no deduplication id", () => {
  const { createTopic, deliveries, failure, publish, subscribe } = aService();
  const TopicArn = createTopic("orders");
  subscribe(TopicArn, "sqs", QUEUE_ARN);
  expect(publish({ TopicArn, Message: "x", ...group })).not.toHaveProperty("SequenceNumber", expect.anything());
  expect(deliveries).toMatchObject([{ notification: { content: { groupId: "g", deduplicationId: undefined } } }]);
  expect(failure("Publish", { TopicArn, Message: "x", MessageDeduplicationId: "d" })).toEqual(
    invalid(
      "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
    ),
  );
});

test("sequence numbers have twenty digits and grow", () => {
  const { publish, TopicArn } = aTopic({ ContentBasedDeduplication: "true" });
  const numbers = ["a", "b", "c"].map((Message) => publish({ TopicArn, Message, ...group }).SequenceNumber ?? "");
  expect(numbers.every((number) => /^\d{20}$/.test(number))).toBe(true);
  expect([...numbers].sort()).toEqual(numbers);
  expect(new Set(numbers).size).toBe(3);
});

test.for([
  ["Test", "532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25"],
  ["Test single", "2591186cff6c740cb9e0cfce1653a7e6998d57da12e1da13d85344b1c08be4cb"],
  ["Test batched", "32a45f72fe3d20fb5d4f1647421d1c5f9d20ef207c8ab713443cc9f9b76c468c"],
] as const)("the content of '%s' makes its deduplication id, attributes do not", ([Message, id]) => {
  const { contents, publish, TopicArn } = aTopic({ ContentBasedDeduplication: "true" });
  const MessageAttributes = { a: { DataType: "String", StringValue: "b" } };
  publish({ TopicArn, Message, ...group, MessageAttributes });
  expect(contents()).toMatchObject([{ deduplicationId: id, groupId: "g" }]);
});

test("an id that is given counts more than the content", () => {
  const { contents, publish, TopicArn } = aTopic({ ContentBasedDeduplication: "true" });
  publish({ TopicArn, Message: "x", ...group, MessageDeduplicationId: "d" });
  expect(contents()).toMatchObject([{ deduplicationId: "d" }]);
});

test("a duplicate within five minutes is answered as the first one was, and goes nowhere", () => {
  const { clock, contents, publish, TopicArn } = aTopic();
  const first = publish({ TopicArn, Message: "x", ...group, MessageDeduplicationId: "d" });
  clock.advance(5 * 60_000 - 1);
  expect(publish({ TopicArn, Message: "y", MessageGroupId: "other", MessageDeduplicationId: "d" })).toEqual(first);
  expect(contents()).toHaveLength(1);
  clock.advance(1);
  expect(publish({ TopicArn, Message: "z", ...group, MessageDeduplicationId: "d" })).not.toEqual(first);
  expect(contents()).toHaveLength(2);
});

test("with the scope of a group, another group has no duplicates of it", () => {
  const { contents, publish, TopicArn } = aTopic({ FifoThroughputScope: "MessageGroup" });
  publish({ TopicArn, Message: "x", MessageGroupId: "a", MessageDeduplicationId: "d" });
  publish({ TopicArn, Message: "x", MessageGroupId: "b", MessageDeduplicationId: "d" });
  publish({ TopicArn, Message: "x", MessageGroupId: "b", MessageDeduplicationId: "d" });
  expect(contents().map(({ groupId }) => groupId)).toEqual(["a", "b"]);
});

test("an id accepted in the scope of the topic keeps that when the scope becomes that of a group", () => {
  const { call, contents, publish, TopicArn } = aTopic();
  publish({ TopicArn, Message: "x", MessageGroupId: "a", MessageDeduplicationId: "d" });
  call("SetTopicAttributes", { TopicArn, AttributeName: "FifoThroughputScope", AttributeValue: "MessageGroup" });
  for (const MessageGroupId of ["a", "b"])
    publish({ TopicArn, Message: "x", MessageGroupId, MessageDeduplicationId: "d" });
  for (const MessageGroupId of ["a", "b"])
    publish({ TopicArn, Message: "x", MessageGroupId, MessageDeduplicationId: "e" });
  expect(contents().map(({ groupId, deduplicationId }) => [groupId, deduplicationId])).toEqual([
    ["a", "d"],
    ["a", "e"],
    ["b", "e"],
  ]);
});

test.for(["a", "x".repeat(128), "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"])("an id can be %s", (id) => {
  const { contents, publish, TopicArn } = aTopic();
  publish({ TopicArn, Message: "x", MessageGroupId: id, MessageDeduplicationId: id });
  expect(contents()).toMatchObject([{ groupId: id, deduplicationId: id }]);
});

test.for(["", "x".repeat(129), "a b", "é", "a\n"])("an id cannot be %j", (id) => {
  const { createTopic, failure, TopicArn } = aTopic();
  const refused = { code: "InvalidParameter", status: 400 };
  const ids = { MessageGroupId: "g", MessageDeduplicationId: "d" };
  expect(failure("Publish", { TopicArn, Message: "x", ...ids, MessageGroupId: id })).toMatchObject(refused);
  expect(failure("Publish", { TopicArn, Message: "x", ...ids, MessageDeduplicationId: id })).toMatchObject(refused);
  const standard = createTopic("orders");
  expect(failure("Publish", { TopicArn: standard, Message: "x", MessageGroupId: id })).toMatchObject(refused);
});
