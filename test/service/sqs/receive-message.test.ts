import { expect, test, vi } from "vitest";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { ACCOUNT, aService, invalidValue, REGION, START } from "../../support/sqs.ts";

// §5.3

test("nothing to receive is answered with nothing at all", () => {
  const { createQueue, call } = aService();
  expect(call("ReceiveMessage", { QueueUrl: createQueue("orders") })).toStrictEqual({});
});

test("a message comes with its id, handle, body and digest, and with nothing that was not asked for", () => {
  const { createQueue, send, call } = aService();
  const QueueUrl = createQueue("orders");
  const { MessageId } = send(QueueUrl, "foobar", {
    MessageAttributes: { Hello: { StringValue: "There", DataType: "String" } },
  });
  expect(call("ReceiveMessage", { QueueUrl })).toEqual({
    Messages: [
      {
        MessageId,
        ReceiptHandle: expect.stringMatching(/^AQEB[A-Za-z0-9+/]+=*$/),
        MD5OfBody: "3858f62230ac3c915f300c664312c63f",
        Body: "foobar",
      },
    ],
  });
});

test.for<[max: number | undefined, received: number]>([
  [undefined, 1],
  [1, 1],
  [10, 10],
])("MaxNumberOfMessages %s receives %i of twelve messages", ([MaxNumberOfMessages, received]) => {
  const { createQueue, send, receive } = aService();
  const url = createQueue("orders");
  for (let index = 0; index < 12; index++) send(url, `${index}`);
  expect(receive(url, { MaxNumberOfMessages })).toHaveLength(received);
});

test.for<[name: string, value: number, reason: string]>([
  ["MaxNumberOfMessages", 0, "Must be between 1 and 10, if provided."],
  ["MaxNumberOfMessages", 11, "Must be between 1 and 10, if provided."],
  ["WaitTimeSeconds", -1, "Must be >= 0 and <= 20, if provided."],
  ["WaitTimeSeconds", 21, "Must be >= 0 and <= 20, if provided."],
  // §14.1: the text is ours.
  ["VisibilityTimeout", -1, "Must be >= 0 and <= 43200, if provided."],
  ["VisibilityTimeout", 43_201, "Must be >= 0 and <= 43200, if provided."],
])("%s cannot be %i", ([name, value, reason]) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("ReceiveMessage", { QueueUrl, [name]: value })).toEqual(invalidValue(name, value, reason));
});

test.for<[name: string, value: number]>([
  ["MaxNumberOfMessages", 1],
  ["MaxNumberOfMessages", 10],
  ["WaitTimeSeconds", 0],
  ["WaitTimeSeconds", 20],
  ["VisibilityTimeout", 0],
  ["VisibilityTimeout", 43_200],
])("%s can be %i", ([name, value]) => {
  const { createQueue, send, receive } = aService();
  const url = createQueue("orders");
  send(url, "hello");
  expect(receive(url, { [name]: value })).toHaveLength(1);
});

test.for<[seconds: number | undefined, hiddenMs: number]>([
  [undefined, 45_000],
  [10, 10_000],
])(
  "VisibilityTimeout %s hides the message for %i ms, which the queue would for 45 s",
  ([VisibilityTimeout, hiddenMs]) => {
    const { createQueue, send, receive, clock } = aService();
    const url = createQueue("orders", { VisibilityTimeout: "45" });
    send(url, "hello");
    receive(url, { VisibilityTimeout });
    clock.advance(hiddenMs - 1);
    expect(receive(url)).toEqual([]);
    clock.advance(1);
    expect(receive(url)).toHaveLength(1);
  },
);

test("with VisibilityTimeout 0 a message can be received again at once, with another handle", () => {
  const { createQueue, send, receive } = aService();
  const url = createQueue("orders");
  send(url, "hello");
  const wished = { VisibilityTimeout: 0, AttributeNames: ["ApproximateReceiveCount"] };
  const [first] = receive(url, wished);
  const [second] = receive(url, wished);
  expect(first?.Attributes).toEqual({ ApproximateReceiveCount: "1" });
  expect(second?.Attributes).toEqual({ ApproximateReceiveCount: "2" });
  expect(second?.MessageId).toBe(first?.MessageId);
  expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
});

const plain = {
  ApproximateFirstReceiveTimestamp: String(START + 1000),
  ApproximateReceiveCount: "1",
  SenderId: expect.stringMatching(/^AIDA/),
  SentTimestamp: String(START),
};

test.for<[title: string, send: object, expected: object]>([
  ["a plain message", {}, plain],
  ["a message with a group", { MessageGroupId: "tenant" }, { ...plain, MessageGroupId: "tenant" }],
])("All shows exactly these attributes of %s on a standard queue", ([, more, expected]) => {
  const { createQueue, send, receive, clock } = aService();
  const url = createQueue("orders");
  send(url, "hello", { ...more });
  clock.advance(1000);
  expect(receive(url, { MessageSystemAttributeNames: ["All"] })[0]?.Attributes).toStrictEqual(expected);
});

test("All shows three more attributes on a FIFO queue", () => {
  const { createFifoQueue, send, receive, clock } = aService();
  const url = createFifoQueue("orders.fifo");
  const { SequenceNumber } = send(url, "hello", { MessageGroupId: "g", MessageDeduplicationId: "d" });
  clock.advance(1000);
  expect(receive(url, { MessageSystemAttributeNames: ["All"] })[0]?.Attributes).toStrictEqual({
    ...plain,
    MessageGroupId: "g",
    MessageDeduplicationId: "d",
    SequenceNumber,
  });
});

test("a generated deduplication id is the SHA-256 of the body", () => {
  const { createFifoQueue, send, receive } = aService();
  const url = createFifoQueue("orders.fifo", { ContentBasedDeduplication: "true" });
  send(url, "hello", { MessageGroupId: "g" });
  expect(receive(url, { AttributeNames: ["MessageDeduplicationId"] })[0]?.Attributes).toEqual({
    MessageDeduplicationId: "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
  });
});

test.for<[older: readonly string[] | undefined, newer: readonly string[] | undefined, shown: readonly string[]]>([
  [undefined, undefined, []],
  [[], [], []],
  [["SentTimestamp"], undefined, ["SentTimestamp"]],
  [undefined, ["SentTimestamp"], ["SentTimestamp"]],
  [["SenderId"], ["SentTimestamp"], ["SenderId", "SentTimestamp"]],
  [["SenderId"], ["All"], Object.keys(plain)],
  [["All"], ["SenderId"], Object.keys(plain)],
  [["AWSTraceHeader", "DeadLetterQueueSourceArn", "SequenceNumber"], undefined, []],
])("AttributeNames %j and MessageSystemAttributeNames %j show %j", ([AttributeNames, newer, shown]) => {
  const { createQueue, send, receive } = aService();
  const url = createQueue("orders");
  send(url, "hello");
  const [message] = receive(url, { AttributeNames, MessageSystemAttributeNames: newer });
  expect(Object.keys(message?.Attributes ?? {}).sort()).toEqual([...shown].sort());
  expect(message?.Attributes === undefined).toBe(shown.length === 0);
});

test.for(["AttributeNames", "MessageSystemAttributeNames"])("%s does not take other names", (list) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  for (const name of ["Colour", "senderId", "Policy"]) {
    expect(failure("ReceiveMessage", { QueueUrl, [list]: ["All", name] })).toEqual({
      code: "InvalidAttributeName",
      status: 400,
      message: `Unknown Attribute ${name}.`,
    });
  }
});

const RETRYABLE = { MessageGroupId: "g", MessageDeduplicationId: "d" };

test("a receive repeated with its attempt id returns the same message with the same handle", () => {
  const { createFifoQueue, send, receive } = aService();
  const url = createFifoQueue("orders.fifo");
  send(url, "hello", RETRYABLE);
  const first = receive(url, { ReceiveRequestAttemptId: "again" });
  expect(first).toHaveLength(1);
  expect(receive(url, { ReceiveRequestAttemptId: "again" })).toEqual(first);
  expect(receive(url, { ReceiveRequestAttemptId: "other" })).toEqual([]);
});

const notRetryable = invalidValue(
  "ReceiveRequestAttemptId",
  "again",
  "The receiveRequestAttemptId is not valid anymore since the receive call is not retryable.",
);

test.for([0, 20])(
  "a receive whose message was deleted cannot be repeated, waiting %i seconds or not",
  (WaitTimeSeconds) => {
    const { createFifoQueue, send, receive, call, failure } = aService();
    const QueueUrl = createFifoQueue("orders.fifo");
    send(QueueUrl, "hello", RETRYABLE);
    const request = { ReceiveRequestAttemptId: "again", WaitTimeSeconds };
    const [message] = receive(QueueUrl, request);
    call("DeleteMessage", { QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    expect(failure("ReceiveMessage", { QueueUrl, ...request })).toEqual(notRetryable);
  },
);

test("a standard queue ignores the attempt id", () => {
  const { createQueue, send, receive } = aService();
  const url = createQueue("orders");
  send(url, "hello");
  expect(receive(url, { ReceiveRequestAttemptId: "again" })).toHaveLength(1);
  expect(receive(url, { ReceiveRequestAttemptId: "again" })).toEqual([]);
});

test.for(["", "a b", "x".repeat(129)])("the attempt id cannot be '%s'", (id) => {
  const { createFifoQueue, failure } = aService();
  const input = { QueueUrl: createFifoQueue("orders.fifo"), ReceiveRequestAttemptId: id };
  expect(failure("ReceiveMessage", input)).toEqual(
    invalidValue(
      "ReceiveRequestAttemptId",
      id,
      "ReceiveRequestAttemptId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
    ),
  );
});

test("messages whose answer could not be delivered are as if they had not been received", () => {
  const { createQueue, send, call, receive } = aService();
  const QueueUrl = createQueue("orders");
  send(QueueUrl, "hello");
  let undeliver = (): void => expect.unreachable();
  const onUndelivered = (task: () => void): void => {
    undeliver = task;
  };
  call("ReceiveMessage", { QueueUrl }, { onUndelivered });
  expect(receive(QueueUrl)).toEqual([]);
  undeliver();
  expect(receive(QueueUrl, { AttributeNames: ["ApproximateReceiveCount"] })).toMatchObject([
    { Attributes: { ApproximateReceiveCount: "1" } },
  ]);
});

test("a body that many messages share is made once for each that is returned", () => {
  const { createQueue, directory, receive } = aService();
  const url = createQueue("orders");
  const textFor = vi.fn((reader: string) => `for ${reader}`);
  directory.in(scopeOf(ACCOUNT, REGION)).find("orders")!.send({ body: { textFor }, senderId: "AIDAEXAMPLE" }, "me");
  expect(receive(url)).toMatchObject([{ Body: "for me", MD5OfBody: "36927d73ba2e78c1ed325204388c47e3" }]);
  expect(textFor).toHaveBeenCalledOnce();
});

test("there is nothing to return when nothing was received", () => {
  const { createQueue, call } = aService();
  const onUndelivered = (): void => expect.unreachable();
  expect(call("ReceiveMessage", { QueueUrl: createQueue("orders") }, { onUndelivered })).toStrictEqual({});
});
