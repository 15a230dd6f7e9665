import { expect, test } from "vitest";
import { aService, type Failure, invalidParameter, invalidValue, missingParameter, START } from "../../support/sqs.ts";

// §5.1

test("SendMessage answers with the id and the digest of the body, and with nothing else", () => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders");
  expect(call("SendMessage", { QueueUrl, MessageBody: "foobar" })).toEqual({
    MessageId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    MD5OfMessageBody: "3858f62230ac3c915f300c664312c63f",
  });
});

test.for<[body: string, digest: string]>([
  ["msg", "6e2baaf3b97dbeef01c0043275f9a0e7"],
  ["message", "78e731027d8fd50ed642340b7c9a63b3"],
  ["é", "66ddcd97cfdeabb2f6fb8a999b4bc76f"],
])("the body %s has the digest %s", ([body, digest]) => {
  const { createQueue, send } = aService();
  expect(send(createQueue("orders"), body).MD5OfMessageBody).toBe(digest);
});

test.for([{}, { MessageBody: "" }])("SendMessage wants a body, not %j", (input) => {
  const { createQueue, failure } = aService();
  expect(failure("SendMessage", { QueueUrl: createQueue("orders"), ...input })).toEqual(
    missingParameter("MessageBody"),
  );
});

const tooLong = (max: number): Failure =>
  invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${max} bytes.`);

const text = (StringValue: string, DataType = "String") => ({ StringValue, DataType });
const bytes = (length: number) => ({ BinaryValue: new Uint8Array(length), DataType: "Binary" });

test.for<[title: string, input: object, bytesMore: object]>([
  ["1024 letters", { MessageBody: "x".repeat(1024) }, { MessageBody: "x".repeat(1025) }],
  ["512 letters of two bytes", { MessageBody: "é".repeat(512) }, { MessageBody: `${"é".repeat(512)}x` }],
  ["256 characters of four bytes", { MessageBody: "😀".repeat(256) }, { MessageBody: `${"😀".repeat(256)}x` }],
  [
    "body, attribute name, type and text",
    { MessageBody: "x".repeat(1000), MessageAttributes: { name: text("é".repeat(7)) } },
    { MessageBody: "x".repeat(1001), MessageAttributes: { name: text("é".repeat(7)) } },
  ],
  [
    "body, attribute name, type with its label and text",
    { MessageBody: "x".repeat(1000), MessageAttributes: { name: text("1234567", "Number.int4x") } },
    { MessageBody: "x".repeat(1000), MessageAttributes: { name: text("12345678", "Number.int4xy") } },
  ],
  [
    "body, attribute name, type and bytes",
    { MessageBody: "x".repeat(1000), MessageAttributes: { name: bytes(14) } },
    { MessageBody: "x".repeat(1000), MessageAttributes: { name: bytes(15) } },
  ],
])("a message may be as long as MaximumMessageSize: %s", ([, fitting, longer]) => {
  const { createQueue, call, failure } = aService();
  const QueueUrl = createQueue("orders", { MaximumMessageSize: "1024" });
  expect(call("SendMessage", { QueueUrl, ...fitting })).toHaveProperty("MessageId");
  expect(failure("SendMessage", { QueueUrl, ...longer })).toEqual(tooLong(1024));
});

test("a message may have a megabyte unless the queue says less", () => {
  const { createQueue, send, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(send(QueueUrl, "x".repeat(1_048_576))).toHaveProperty("MessageId");
  expect(failure("SendMessage", { QueueUrl, MessageBody: "x".repeat(1_048_577) })).toEqual(tooLong(1_048_576));
});

test("system attributes do not count towards the size", () => {
  const { createQueue, send } = aService();
  const QueueUrl = createQueue("orders", { MaximumMessageSize: "1024" });
  const MessageSystemAttributes = { AWSTraceHeader: text("Root=1-5759e988-bd862e3fe1be46a994272793") };
  expect(send(QueueUrl, "x".repeat(1024), { MessageSystemAttributes })).toHaveProperty("MessageId");
});

test.for(["\t", "\n", "\r", " ", "~", "\u007f", "\ud7ff", "\ue000", "\ufffd", "\u{10000}", "\u{10ffff}"])(
  "a body can contain %j",
  (character) => {
    const { createQueue, send, receive } = aService();
    const url = createQueue("orders");
    send(url, `a${character}b`);
    expect(receive(url)).toMatchObject([{ Body: `a${character}b` }]);
  },
);

test.for<[character: string, shown: string]>([
  ["\u0000", "#x0"],
  ["\u0001", "#x1"],
  ["\u0007", "#x7"],
  ["\u0008", "#x8"],
  ["\u000b", "#xB"],
  ["\u001f", "#x1F"],
  ["\ud800", "#xD800"],
  ["\udfff", "#xDFFF"],
  ["\ufffe", "#xFFFE"],
  ["\uffff", "#xFFFF"],
])("a body cannot contain %j", ([character, shown]) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  // Only the first is named; the pair of surrogates before it is none.
  expect(failure("SendMessage", { QueueUrl, MessageBody: `😀${character}\u0002` })).toEqual({
    code: "InvalidMessageContents",
    status: 400,
    message: `Invalid binary character '${shown}' was found in the message body, the set of allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].`,
  });
});

test.for(["", "é"])("nor can a long one, be it ASCII or not: %j", (character) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  const long = `${"tab\tline\r\n".repeat(1_000)}${character}`;
  const MessageBody = `${long}\u001f${long}`;
  expect(failure("SendMessage", { QueueUrl, MessageBody }).message).toContain("'#x1F'");
});

test("the size is checked before the characters", () => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders", { MaximumMessageSize: "1024" });
  expect(failure("SendMessage", { QueueUrl, MessageBody: "\u0000".repeat(1025) })).toEqual(tooLong(1024));
});

test.for([0, 1, 900])("a message can be delayed by %i seconds", (DelaySeconds) => {
  const { createQueue, send, receive, clock } = aService();
  const url = createQueue("orders", { DelaySeconds: "5" });
  send(url, "hello", { DelaySeconds });
  clock.advance(Math.max(0, DelaySeconds * 1000 - 1));
  expect(receive(url)).toHaveLength(DelaySeconds === 0 ? 1 : 0);
  clock.advance(1);
  expect(receive(url)).toHaveLength(DelaySeconds === 0 ? 0 : 1);
});

test.for([-1, 901])("a message cannot be delayed by %i seconds", (DelaySeconds) => {
  const { createQueue, failure } = aService();
  const QueueUrl = createQueue("orders");
  expect(failure("SendMessage", { QueueUrl, MessageBody: "hello", DelaySeconds })).toEqual(
    invalidValue("DelaySeconds", DelaySeconds, "DelaySeconds must be >= 0 and <= 900."),
  );
});

test("a message without a delay of its own has the queue's", () => {
  const { createQueue, send, receive, clock } = aService();
  const url = createQueue("orders", { DelaySeconds: "5" });
  send(url, "hello");
  clock.advance(4_999);
  expect(receive(url)).toEqual([]);
  clock.advance(1);
  expect(receive(url)).toHaveLength(1);
});

// Recorded on both types of queue; the empty text counts as given.
const badIds = ["", " ", "a b", "ä", "a\n", "x".repeat(129)];
const goodIds = ["a", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "x".repeat(128)];
const kinds = [
  ["MessageGroupId", "standard"],
  ["MessageGroupId", "FIFO"],
  ["MessageDeduplicationId", "FIFO"],
  ["MessageDeduplicationId", "standard"],
] as const;

test.for(kinds.flatMap(([name, type]) => badIds.map((id) => [name, type, id] as const)))(
  "%s on a %s queue cannot be '%s'",
  ([name, type, id]) => {
    const { createQueue, createFifoQueue, failure } = aService();
    const QueueUrl = type === "FIFO" ? createFifoQueue("orders.fifo") : createQueue("orders");
    const ids = type === "FIFO" ? { MessageGroupId: "g", MessageDeduplicationId: "d" } : {};
    expect(failure("SendMessage", { QueueUrl, MessageBody: "hello", ...ids, [name]: id })).toEqual(
      invalidValue(name, id, `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`),
    );
  },
);

test.for(goodIds)("ids can be '%s'", (id) => {
  const { createQueue, createFifoQueue, send } = aService();
  const ids = { MessageGroupId: id, MessageDeduplicationId: id };
  expect(send(createFifoQueue("orders.fifo"), "hello", ids)).toHaveProperty("MessageId");
  expect(send(createQueue("orders"), "hello", { MessageGroupId: id }).SequenceNumber).toBeUndefined();
});

const wrongType = (name: string, value: unknown): Failure =>
  invalidValue(name, value, "The request include parameter that is not valid for this queue type.");

test("a standard queue takes no deduplication id", () => {
  const { createQueue, failure } = aService();
  const input = { QueueUrl: createQueue("orders"), MessageBody: "hello", MessageDeduplicationId: "d" };
  expect(failure("SendMessage", input)).toEqual(wrongType("MessageDeduplicationId", "d"));
});

const noDeduplicationId = invalidParameter(
  "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
);

test.for<[title: string, input: object, expected: Failure]>([
  ["a delay", { MessageGroupId: "g", MessageDeduplicationId: "d", DelaySeconds: 1 }, wrongType("DelaySeconds", 1)],
  ["no group", { MessageDeduplicationId: "d" }, missingParameter("MessageGroupId")],
  ["no deduplication id", { MessageGroupId: "g" }, noDeduplicationId],
  // §14.2: our order.
  ["neither", {}, missingParameter("MessageGroupId")],
  ["a delay and neither", { DelaySeconds: 1 }, wrongType("DelaySeconds", 1)],
  [
    "too long a delay",
    { DelaySeconds: 901 },
    invalidValue("DelaySeconds", 901, "DelaySeconds must be >= 0 and <= 900."),
  ],
])("a FIFO queue does not take a message with %s", ([, input, expected]) => {
  const { createFifoQueue, failure } = aService();
  const QueueUrl = createFifoQueue("orders.fifo");
  expect(failure("SendMessage", { QueueUrl, MessageBody: "hello", ...input })).toEqual(expected);
});

test("a FIFO queue takes an explicit delay of 0, and delays by its own", () => {
  const { createFifoQueue, send, receive, clock } = aService();
  const url = createFifoQueue("orders.fifo", { DelaySeconds: "5" });
  send(url, "hello", { MessageGroupId: "g", MessageDeduplicationId: "d", DelaySeconds: 0 });
  clock.advance(4_999);
  expect(receive(url)).toEqual([]);
  clock.advance(1);
  expect(receive(url)).toHaveLength(1);
});

test("with content-based deduplication a FIFO queue needs no deduplication id", () => {
  const { createFifoQueue, send } = aService();
  const url = createFifoQueue("orders.fifo", { ContentBasedDeduplication: "true" });
  expect(send(url, "hello", { MessageGroupId: "g" }).SequenceNumber).toMatch(/^\d{20}$/);
});

test("the sender is the caller's user, not the account", () => {
  const { createQueue, call, receive } = aService();
  const QueueUrl = createQueue("orders");
  for (const account of ["000000000000", "123456789012", "000000000000"]) {
    call("SendMessage", { QueueUrl, MessageBody: account }, { account });
  }
  const received = receive(QueueUrl, { MaxNumberOfMessages: 10, AttributeNames: ["SenderId"] });
  const [own, other, ownAgain] = received.map(({ Attributes }) => Attributes?.SenderId);
  expect(own).toMatch(/^AIDA[A-Z0-9]{17}$/);
  expect(other).toMatch(/^AIDA[A-Z0-9]{17}$/);
  expect(ownAgain).toBe(own);
  expect(other).not.toBe(own);
});

test("a message knows when it was sent", () => {
  const { createQueue, send, receive } = aService();
  const url = createQueue("orders");
  send(url, "hello");
  expect(receive(url, { AttributeNames: ["SentTimestamp"] })).toMatchObject([
    { Attributes: { SentTimestamp: String(START) } },
  ]);
});
