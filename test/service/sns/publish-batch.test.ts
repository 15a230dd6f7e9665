import { expect, test } from "vitest";
import {
  type Attributes,
  aService,
  invalid,
  missingValue,
  notFound,
  nullAt,
  QUEUE_ARN,
  textsOf,
  validationError,
} from "../../support/sns.ts";

// §12

interface Outcome {
  readonly Successful: readonly { readonly Id: string; readonly MessageId: string; readonly SequenceNumber?: string }[];
  readonly Failed: readonly { readonly Id: string; readonly Code: string; readonly Message: string }[];
}

const LIMIT = 262_144;
const entry = (Id: string, Message = "x", more: object = {}) => ({ Id, Message, ...more });
const entries = (count: number) => Array.from({ length: count }, (_, index) => entry(`id-${index}`, `m${index}`));

function aTopic(attributes: Attributes = {}) {
  const service = aService();
  const name = attributes.FifoTopic === undefined ? "orders" : "orders.fifo";
  const TopicArn = service.createTopic(name, attributes);
  service.subscribe(TopicArn, "sqs", QUEUE_ARN);
  return {
    ...service,
    TopicArn,
    batch: (PublishBatchRequestEntries: unknown) =>
      service.call("PublishBatch", { TopicArn, PublishBatchRequestEntries }) as Outcome,
    refusal: (PublishBatchRequestEntries: unknown) =>
      service.failure("PublishBatch", { TopicArn, PublishBatchRequestEntries }),
  };
}

test("up to ten messages are published, each with an id of its own, in order", () => {
  const { batch, deliveries } = aTopic();
  const { Successful, Failed } = batch(entries(10));
  expect(Failed).toEqual([]);
  expect(Successful.map(({ Id }) => Id)).toEqual(entries(10).map(({ Id }) => Id));
  expect(Successful.map(({ MessageId }) => MessageId)).toEqual(
    deliveries.map((delivery) => "notification" in delivery && delivery.notification.id),
  );
  expect(textsOf(deliveries)).toEqual(entries(10).map(({ Message }) => Message));
});

test("every message is filtered and structured on its own", () => {
  const { batch, call, deliveries, TopicArn } = aTopic();
  const { Subscriptions } = call("ListSubscriptionsByTopic", { TopicArn }) as {
    Subscriptions: readonly { SubscriptionArn: string }[];
  };
  call("SetSubscriptionAttributes", {
    ...Subscriptions[0],
    SubscriptionArn: Subscriptions[0]!.SubscriptionArn,
    AttributeName: "FilterPolicy",
    AttributeValue: '{"kind":["new"]}',
  });
  const MessageAttributes = { kind: { DataType: "String", StringValue: "new" } };
  batch([
    entry("1", "old"),
    entry("2", "new", { MessageAttributes }),
    entry("3", '{"default":"d","sqs":"q"}', { MessageStructure: "json", MessageAttributes }),
  ]);
  expect(textsOf(deliveries)).toEqual(["new", "q"]);
});

test.for([undefined, []])("a batch has entries, not %j", (none) => {
  expect(aTopic().refusal(none)).toEqual({
    code: "EmptyBatchRequest",
    status: 400,
    message: "The batch request doesn't contain any entries.",
  });
});

test("a batch has ten entries at most", () => {
  expect(aTopic().refusal(entries(11))).toEqual({
    code: "TooManyEntriesInBatchRequest",
    status: 400,
    message: "The batch request contains more entries than permissible.",
  });
});

test("ids are told apart", () => {
  expect(aTopic().refusal([entry("a"), entry("b"), entry("a")])).toEqual({
    code: "BatchEntryIdsNotDistinct",
    status: 400,
    message: "Two or more batch entries in the request have the same Id.",
  });
});

test.for(["a", "A-z_9", "x".repeat(80)])("an id can be %s", (Id) => {
  expect(aTopic().batch([entry(Id)])).toMatchObject({ Successful: [{ Id }] });
});

test.for(["message.id", "msg@123#test", "a b", "é", ""])("an id cannot be '%s'", (Id) => {
  expect(aTopic().refusal([entry("good"), entry(Id)])).toEqual({
    code: "InvalidBatchEntryId",
    status: 400,
    message: `The Id of a batch entry in the batch request contains an impermissible character: ${Id}`,
  });
});

test("an id cannot be longer than 80 characters", () => {
  const Id = "a".repeat(81);
  expect(aTopic().refusal([entry(Id)])).toEqual({
    code: "InvalidBatchEntryId",
    status: 400,
    message: `The Id of a batch entry in the batch request is too long: ${Id}`,
  });
});

test("entries want an id and a message", () => {
  expect(aTopic().refusal([entry("1"), { Message: "x" }, { Id: "3" }])).toEqual(
    validationError(
      nullAt("publishBatchRequestEntries.2.member.id"),
      nullAt("publishBatchRequestEntries.3.member.message"),
    ),
  );
});

test("an attribute that cannot be fails all entries", () => {
  const { deliveries, refusal } = aTopic();
  const bad = { MessageAttributes: { attr1: { DataType: "Nonsense", StringValue: "x" } } };
  expect(refusal([entry("1"), entry("2", "x", bad)])).toEqual({
    code: "ParameterValueInvalid",
    status: 400,
    message:
      "The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
  });
  const untyped = { MessageAttributes: { attr1: { StringValue: "x" } } };
  expect(refusal([entry("1"), entry("2", "x", untyped)])).toEqual(
    validationError(nullAt("publishBatchRequestEntries.2.member.messageAttributes.attr1.member.dataType")),
  );
  expect(deliveries).toEqual([]);
});

test("all messages and attributes together have 262144 bytes at most", () => {
  const { batch, refusal } = aTopic();
  const MessageAttributes = { ab: { DataType: "String", StringValue: "cd" } };
  const rest = LIMIT / 2 - "abStringcd".length;
  const first = entry("1", "é".repeat(LIMIT / 4));
  expect(batch([first, entry("2", "x".repeat(rest), { MessageAttributes })]).Failed).toEqual([]);
  expect(refusal([first, entry("2", "x".repeat(rest + 1), { MessageAttributes })])).toEqual({
    code: "BatchRequestTooLong",
    status: 400,
    message: "The length of all the messages put together is more than the limit.",
  });
});

test("a topic of larger messages has larger batches", () => {
  const { batch, refusal } = aTopic({ MaximumMessageSize: "1048576" });
  expect(batch([entry("1", "x".repeat(1_048_576))]).Failed).toEqual([]);
  expect(refusal([entry("1", "x".repeat(1_048_576)), entry("2")])).toMatchObject({ code: "BatchRequestTooLong" });
});

test.for<[title: string, bad: object, message: string]>([
  ["no subject", { Subject: "" }, "Invalid parameter: Subject"],
  ["no message", { Message: "" }, "Invalid parameter: Empty message"],
  [
    "a group id that cannot be",
    { MessageGroupId: "a b" },
    "Invalid parameter: MessageGroupId Reason: can only include alphanumeric and punctuation characters, 1 to 128 in length",
  ],
])("an entry with %s fails alone", ([, bad, Message]) => {
  const { batch, deliveries } = aTopic();
  expect(batch([entry("1"), { ...entry("2"), ...bad }, entry("3")])).toMatchObject({
    Successful: [{ Id: "1" }, { Id: "3" }],
    Failed: [{ Id: "2", Code: "InvalidParameter", Message, SenderFault: true }],
  });
  expect(deliveries).toHaveLength(2);
});

test("an entry beyond the topic's own limit fails alone", () => {
  const { batch } = aTopic({ MaximumMessageSize: "1024" });
  expect(batch([entry("1", "x".repeat(1024)), entry("2", "x".repeat(1025))])).toMatchObject({
    Successful: [{ Id: "1" }],
    Failed: [{ Id: "2", Code: "InvalidParameter", Message: "Invalid parameter: Message too long" }],
  });
});

test("messages of a FIFO topic have sequence numbers", () => {
  const { batch } = aTopic({ FifoTopic: "true", ContentBasedDeduplication: "true" });
  const group = { MessageGroupId: "g" };
  expect(batch([entry("1", "a", group), entry("2", "b", group)])).toMatchObject({
    Successful: [
      { Id: "1", SequenceNumber: expect.stringMatching(/^\d{20}$/) },
      { Id: "2", SequenceNumber: expect.stringMatching(/^\d{20}$/) },
    ],
    Failed: [],
  });
});

const noDefault = { MessageStructure: "json", Message: "{}" };

test.for<[title: string, topic: Attributes, bad: object, text: string]>([
  ["no default", {}, noDefault, "Message Structure - No default entry in JSON message body"],
  [
    "a structure that is no JSON",
    {},
    { MessageStructure: "json", Message: "{" },
    "Message Structure - JSON message body failed to parse",
  ],
  ["a structure nobody knows", {}, { MessageStructure: "xml" }, "MessageStructure"],
  [
    "no group",
    { FifoTopic: "true", ContentBasedDeduplication: "true" },
    { MessageGroupId: undefined },
    "The MessageGroupId parameter is required for FIFO topics",
  ],
  [
    "no deduplication id",
    { FifoTopic: "true" },
    {},
    "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
  ],
  [
    "a deduplication id for a standard topic",
    {},
    { MessageDeduplicationId: "d" },
    "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
  ],
])("an entry with %s fails all entries", ([, attributes, bad, text]) => {
  const { deliveries, refusal } = aTopic(attributes);
  const ids = attributes.FifoTopic === undefined ? {} : { MessageGroupId: "g", MessageDeduplicationId: "d" };
  const own = attributes.FifoTopic === undefined ? {} : { MessageGroupId: "g" };
  expect(refusal([entry("1", "a", ids), { ...entry("2", "b", own), ...bad }])).toEqual(invalid(text));
  expect(deliveries).toEqual([]);
});

test("a default that is missing is told before a group that is", () => {
  const { refusal } = aTopic({ FifoTopic: "true" });
  expect(refusal([entry("1"), { ...entry("2"), ...noDefault }])).toEqual(
    invalid("Message Structure - No default entry in JSON message body"),
  );
});

test("what is wrong with the entries is told before the topic is looked for", () => {
  const { failure } = aService();
  const TopicArn = "arn:aws:sns:us-east-1:000000000000:none";
  expect(failure("PublishBatch", { TopicArn, PublishBatchRequestEntries: [] })).toMatchObject({
    code: "EmptyBatchRequest",
  });
  expect(
    failure("PublishBatch", { TopicArn, PublishBatchRequestEntries: [entry("1", "x".repeat(LIMIT + 1))] }),
  ).toEqual(notFound("Topic"));
  expect(failure("PublishBatch", { PublishBatchRequestEntries: entries(1) })).toEqual(missingValue("TopicArn"));
});
