import { expect, test } from "vitest";
import { aService, type Failure, invalidParameter, missingParameter } from "../../support/sqs.ts";

// §5.2 and, for the checks all batches have in common, §5.5 and §5.7

const batches: readonly [operation: string, entry: object][] = [
  ["SendMessageBatch", { MessageBody: "hello" }],
  ["DeleteMessageBatch", { ReceiptHandle: "garbage" }],
  ["ChangeMessageVisibilityBatch", { ReceiptHandle: "garbage", VisibilityTimeout: 1 }],
];

const entriesOf = (count: number, entry: object) =>
  Array.from({ length: count }, (_, index) => ({ ...entry, Id: `e${index}` }));

const queryError = (name: string, message: string): Failure => ({
  code: `AWS.SimpleQueueService.${name}`,
  status: 400,
  message,
});

const badId = queryError(
  "InvalidBatchEntryId",
  "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
);

test.for(batches.flatMap(([name]) => [[name, undefined] as const, [name, []] as const]))(
  "%s wants entries, not %j",
  ([operation, Entries]) => {
    const { createQueue, failure } = aService();
    expect(failure(operation, { QueueUrl: createQueue("orders"), Entries })).toEqual(
      queryError("EmptyBatchRequest", `There should be at least one ${operation}RequestEntry in the request.`),
    );
  },
);

test.for(batches)("%s takes ten entries and not eleven", ([operation, entry]) => {
  const { createQueue, call, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(() => call(operation, { QueueUrl, Entries: entriesOf(10, entry) })).not.toThrow();
  expect(failure(operation, { QueueUrl, Entries: entriesOf(11, entry) })).toEqual(
    queryError("TooManyEntriesInBatchRequest", "Maximum number of entries per request are 10. You have sent 11."),
  );
});

test.for(
  batches.flatMap(([name, entry]) => ["", "a b", "a.b", "ä", "x".repeat(81)].map((id) => [name, id, entry] as const)),
)("%s does not take the Id '%s'", ([operation, Id, entry]) => {
  const { createQueue, failure } = aService();
  const Entries = [
    { ...entry, Id: "good" },
    { ...entry, Id },
  ];
  expect(failure(operation, { QueueUrl: createQueue("orders"), Entries })).toEqual(badId);
});

test.for(batches)("%s takes Ids of 1 to 80 letters, digits, hyphens and underscores", ([operation, entry]) => {
  const { createQueue, call } = aService();
  const Entries = ["a", "A-z_0", "x".repeat(80)].map((Id) => ({ ...entry, Id }));
  expect(() => call(operation, { QueueUrl: createQueue("orders"), Entries })).not.toThrow();
});

test.for(batches)("%s takes an Id once", ([operation, entry]) => {
  const { createQueue, failure } = aService();
  const Entries = ["a", "b", "a", "b"].map((Id) => ({ ...entry, Id }));
  expect(failure(operation, { QueueUrl: createQueue("orders"), Entries })).toEqual(
    queryError("BatchEntryIdsNotDistinct", "Id a repeated."),
  );
});

test.for(batches)(
  "%s looks at the number of entries before their Ids, and at Ids before whether they repeat",
  ([operation, entry]) => {
    const { createQueue, failure } = aService();
    const QueueUrl = createQueue("orders");
    const repeated = (count: number) => Array.from({ length: count }, () => ({ ...entry, Id: "a b" }));
    expect(failure(operation, { QueueUrl, Entries: repeated(11) }).code).toContain("TooManyEntriesInBatchRequest");
    expect(failure(operation, { QueueUrl, Entries: repeated(2) })).toEqual(badId);
  },
);

test.for(batches)("%s fails as a whole without an entry's Id, which is told by its place", ([operation, entry]) => {
  const { createQueue, failure } = aService();
  const input = { QueueUrl: createQueue("orders"), Entries: [{ ...entry, Id: "a" }, entry] };
  const expected = missingParameter(`${operation}RequestEntry.2.Id`);
  expect(failure(operation, input)).toEqual(expected);
  expect(failure(operation, input, { dialect: "query" })).toEqual(expected);
});

/** Observed of bodies in Query answers; the others by analogy. */
const needed: readonly (readonly [operation: string, name: string, entry: object])[] = [
  ["SendMessageBatch", "MessageBody", {}],
  ["DeleteMessageBatch", "ReceiptHandle", {}],
  ["ChangeMessageVisibilityBatch", "ReceiptHandle", { VisibilityTimeout: 1 }],
];

test.for(needed)("an entry of %s whose %s is empty or missing fails alone", ([operation, name, entry]) => {
  const { createQueue, call } = aService();
  const Entries = [
    { Id: "a", ...entry },
    { Id: "b", ...entry, [name]: "" },
  ];
  const failed = (Id: string, place: number) => {
    const Message = `No Value Found for ${operation}RequestEntry.${place}.${name}.`;
    return { Id, SenderFault: true, Code: "EmptyValue", Message };
  };
  expect(call(operation, { QueueUrl: createQueue("orders"), Entries })).toStrictEqual({
    Failed: [failed("a", 1), failed("b", 2)],
  });
});

test("every entry that was sent is answered, in the order of the list, and Failed is left out", () => {
  const { createQueue, call, receive } = aService();
  const QueueUrl = createQueue("orders");
  const MessageAttributes = { Hello: { StringValue: "There", DataType: "String" } };
  const Entries = [
    { Id: "a", MessageBody: "msg" },
    { Id: "b", MessageBody: "message", MessageAttributes },
  ];
  const sent = call("SendMessageBatch", { QueueUrl, Entries });
  expect(sent).toEqual({
    Successful: [
      { Id: "a", MessageId: expect.any(String), MD5OfMessageBody: "6e2baaf3b97dbeef01c0043275f9a0e7" },
      {
        Id: "b",
        MessageId: expect.any(String),
        MD5OfMessageBody: "78e731027d8fd50ed642340b7c9a63b3",
        MD5OfMessageAttributes: "a311262e065454b75da111d535b8dacd",
      },
    ],
  });
  expect(sent).not.toHaveProperty("Failed");
  expect(receive(QueueUrl, { MaxNumberOfMessages: 10 }).map(({ Body }) => Body)).toEqual(["msg", "message"]);
});

test("when every entry fails, Successful is left out", () => {
  const { createQueue, call } = aService();
  const sent = call("SendMessageBatch", { QueueUrl: createQueue("orders"), Entries: [{ Id: "a", MessageBody: "" }] });
  expect(sent).toStrictEqual({
    Failed: [
      {
        Id: "a",
        SenderFault: true,
        Code: "EmptyValue",
        Message: "No Value Found for SendMessageBatchRequestEntry.1.MessageBody.",
      },
    ],
  });
});

test("a message too long for the queue fails alone, in words of its own", () => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders", { MaximumMessageSize: "1024" });
  const Entries = [
    { Id: "a", MessageBody: "x".repeat(1024) },
    { Id: "b", MessageBody: "x".repeat(1025) },
  ];
  expect(call("SendMessageBatch", { QueueUrl, Entries })).toMatchObject({
    Successful: [{ Id: "a" }],
    Failed: [
      {
        Id: "b",
        SenderFault: true,
        Code: "InvalidParameterValue",
        Message: "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.",
      },
    ],
  });
});

test.for<[title: string, entry: object, code: string, message: string]>([
  [
    "a bad delay",
    { DelaySeconds: 901 },
    "InvalidParameterValue",
    "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
  ],
  [
    "a bad character",
    { MessageBody: "\u0001" },
    "InvalidMessageContents",
    "Invalid binary character '#x1' was found in the message body, the set of allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].",
  ],
  [
    "a deduplication id",
    { MessageDeduplicationId: "d" },
    "InvalidParameterValue",
    // Reported: not the text of SendMessage.
    "The request include parameter that is not valid for this queue type",
  ],
  [
    "a bad attribute",
    { MessageAttributes: { name: { StringValue: "", DataType: "String" } } },
    "InvalidParameterValue",
    "Message (user) attribute 'name' must contain a non-empty value of type 'String'.",
  ],
  [
    "a bad group id",
    { MessageGroupId: "" },
    "InvalidParameterValue",
    "Value  for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
  ],
])("an entry with %s fails alone", ([, entry, Code, Message]) => {
  const { createQueue, call } = aService();
  const Entries = [
    { Id: "bad", MessageBody: "hello", ...entry },
    { Id: "good", MessageBody: "hello" },
  ];
  expect(call("SendMessageBatch", { QueueUrl: createQueue("orders"), Entries })).toMatchObject({
    Successful: [{ Id: "good" }],
    Failed: [{ Id: "bad", SenderFault: true, Code, Message }],
  });
});

const attribute = { name: { StringValue: "value", DataType: "String" } };

test("all messages together may have a megabyte, attributes included and whatever the queue's limit", () => {
  const { createQueue, call, failure } = aService();
  const QueueUrl = createQueue("orders", { MaximumMessageSize: "1024" });
  const batch = (total: number) => [
    { Id: "a", MessageBody: "x".repeat(total - 15 - 2 * 512), MessageAttributes: attribute },
    { Id: "b", MessageBody: "é".repeat(512) },
  ];
  expect(call("SendMessageBatch", { QueueUrl, Entries: batch(1_048_576) })).toMatchObject({
    Successful: [{ Id: "b" }],
    Failed: [{ Id: "a" }],
  });
  expect(failure("SendMessageBatch", { QueueUrl, Entries: batch(1_048_577) })).toEqual(
    queryError(
      "BatchRequestTooLong",
      "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
    ),
  );
});

test("nothing is sent when the request as a whole is refused", () => {
  const { createQueue, failure, receive } = aService();
  const QueueUrl = createQueue("orders");
  const Entries = [
    { Id: "a", MessageBody: "hello" },
    { Id: "a", MessageBody: "hello" },
  ];
  failure("SendMessageBatch", { QueueUrl, Entries });
  expect(receive(QueueUrl)).toEqual([]);
});

test("on a FIFO queue an entry without a group fails the whole batch, and not as a missing parameter", () => {
  const { createFifoQueue, failure, receive } = aService();
  const QueueUrl = createFifoQueue("orders.fifo", { ContentBasedDeduplication: "true" });
  const Entries = [
    { Id: "a", MessageBody: "x", MessageGroupId: "g" },
    { Id: "b", MessageBody: "y" },
  ];
  expect(failure("SendMessageBatch", { QueueUrl, Entries })).toEqual(
    invalidParameter("The request must contain the parameter MessageGroupId."),
  );
  expect(receive(QueueUrl)).toEqual([]);
});

test("on a FIFO queue an entry without a deduplication id fails the whole batch", () => {
  const { createFifoQueue, failure } = aService();
  const QueueUrl = createFifoQueue("orders.fifo");
  const Entries = [
    { Id: "a", MessageBody: "x", MessageGroupId: "g", MessageDeduplicationId: "d" },
    { Id: "b", MessageBody: "y", MessageGroupId: "g" },
  ];
  expect(failure("SendMessageBatch", { QueueUrl, Entries })).toEqual(
    invalidParameter(
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    ),
  );
});

test("on a FIFO queue entries arrive in the order of the list, and a delay fails its entry alone", () => {
  const { createFifoQueue, call, receive } = aService();
  const QueueUrl = createFifoQueue("orders.fifo", { ContentBasedDeduplication: "true" });
  const Entries = ["a", "b", "c"].map((Id) => ({
    Id,
    MessageBody: Id,
    MessageGroupId: "g",
    ...(Id === "b" && { DelaySeconds: 1 }),
  }));
  expect(call("SendMessageBatch", { QueueUrl, Entries })).toMatchObject({
    Successful: [
      { Id: "a", SequenceNumber: expect.stringMatching(/^\d{20}$/) },
      { Id: "c", SequenceNumber: expect.stringMatching(/^\d{20}$/) },
    ],
    Failed: [
      {
        Id: "b",
        Code: "InvalidParameterValue",
        Message: "The request include parameter that is not valid for this queue type",
      },
    ],
  });
  expect(receive(QueueUrl, { MaxNumberOfMessages: 10 }).map(({ Body }) => Body)).toEqual(["a", "c"]);
});
