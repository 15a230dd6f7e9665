import { describe, expect, test } from "vitest";
import { anEmulator } from "../support/emulator.ts";
import { jsonCaller, type Members, queryCaller, type SqsCaller } from "../support/sqs-callers.ts";

/** A server and a caller that close together, and a queue to begin with. */
async function aCaller(connect: (endpoint: string) => SqsCaller) {
  const emulator = await anEmulator();
  const caller = connect(emulator.endpoint);
  const create = async (QueueName: string, Attributes: Members = {}): Promise<string> => {
    await caller.call("CreateQueue", { QueueName, Attributes });
    return `${emulator.endpoint}/000000000000/${QueueName}`;
  };
  const receive = async (QueueUrl: string, more: Members = {}): Promise<readonly Message[]> => {
    const { Messages = [] } = await caller.call("ReceiveMessage", { QueueUrl, ...more });
    return Messages as readonly Message[];
  };
  const attributes = async (QueueUrl: string, ...AttributeNames: string[]): Promise<Members> =>
    (await caller.call("GetQueueAttributes", { QueueUrl, AttributeNames })).Attributes as Members;
  return {
    emulator,
    clock: emulator.clock(),
    call: caller.call,
    refusal: caller.refusal,
    create,
    receive,
    attributes,
    async [Symbol.asyncDispose]() {
      caller[Symbol.dispose]();
      await emulator.close();
    },
  };
}

interface Message {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Members;
  readonly MD5OfMessageAttributes?: string;
}

describe.for([
  ["the SDK, in JSON", jsonCaller],
  ["a signed Query client", queryCaller],
] as const)("through %s", ([, connect]) => {
  test("a message is sent, received and deleted", async () => {
    await using sqs = await aCaller(connect);
    const QueueUrl = await sqs.create("orders");
    const sent = await sqs.call("SendMessage", { QueueUrl, MessageBody: "héllo <&> 𝄞" });
    const [message] = await sqs.receive(QueueUrl);
    expect(message).toMatchObject({ Body: "héllo <&> 𝄞", MessageId: sent.MessageId, MD5OfBody: sent.MD5OfMessageBody });
    await sqs.call("DeleteMessage", { QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    await sqs.clock.advance(30_000);
    expect(await sqs.receive(QueueUrl)).toEqual([]);
  });

  test("message attributes of every type come back, with the digest of what is returned", async () => {
    await using sqs = await aCaller(connect);
    const QueueUrl = await sqs.create("orders");
    const MessageAttributes = {
      Hello: { DataType: "String", StringValue: "There" },
      "Help.Me": { DataType: "String", StringValue: "Me" },
      b: { DataType: "Binary.png", BinaryValue: new Uint8Array([0, 255]) },
      n: { DataType: "Number", StringValue: "001.50" },
    };
    await sqs.call("SendMessage", { QueueUrl, MessageBody: "msg", MessageAttributes });
    const [all] = await sqs.receive(QueueUrl, { MessageAttributeNames: ["All"], VisibilityTimeout: 0 });
    expect(all?.MessageAttributes).toEqual(MessageAttributes);
    const [some] = await sqs.receive(QueueUrl, { MessageAttributeNames: ["Hel.*"] });
    expect(some).toMatchObject({ MD5OfMessageAttributes: "83fee93c1bcd8b9a5a923ffacdc636c7" }); // [aws-recorded]
  });

  test("system attributes tell of the message's life", async () => {
    await using sqs = await aCaller(connect);
    const QueueUrl = await sqs.create("orders");
    const sentAt = sqs.clock.now();
    await sqs.call("SendMessage", { QueueUrl, MessageBody: "msg", MessageGroupId: "tenant" });
    await sqs.clock.advance(1_234);
    const [message] = await sqs.receive(QueueUrl, { AttributeNames: ["All"] });
    expect(message?.Attributes).toEqual({
      ApproximateFirstReceiveTimestamp: String(sentAt + 1_234),
      ApproximateReceiveCount: "1",
      MessageGroupId: "tenant",
      SenderId: expect.stringMatching(/^AIDA[A-Z0-9]{17}$/),
      SentTimestamp: String(sentAt),
    });
  });

  test("a FIFO queue keeps order in a group, deduplicates and numbers its messages", async () => {
    await using sqs = await aCaller(connect);
    const QueueUrl = await sqs.create("orders.fifo", { FifoQueue: "true", ContentBasedDeduplication: "true" });
    const send = (MessageBody: string) => sqs.call("SendMessage", { QueueUrl, MessageBody, MessageGroupId: "g" });
    const first = await send("one");
    expect(await send("one")).toEqual(first);
    const second = await send("two");
    expect(String(second.SequenceNumber) > String(first.SequenceNumber)).toBe(true);
    const messages = await sqs.receive(QueueUrl, { MaxNumberOfMessages: 10 });
    expect(messages.map(({ Body }) => Body)).toEqual(["one", "two"]);
    expect(await sqs.receive(QueueUrl)).toEqual([]);
  });

  test("a long poll is answered by the send itself", async () => {
    await using sqs = await aCaller(connect);
    const QueueUrl = await sqs.create("orders");
    const waiting = sqs.receive(QueueUrl, { WaitTimeSeconds: 20 });
    await sqs.call("SendMessage", { QueueUrl, MessageBody: "here" });
    expect(await waiting).toMatchObject([{ Body: "here" }]);
  });

  test("a batch reports each entry, and leaves out the list that would be empty", async () => {
    await using sqs = await aCaller(connect);
    const QueueUrl = await sqs.create("orders", { MaximumMessageSize: "1024" });
    const Entries = [
      { Id: "fits", MessageBody: "x".repeat(1024) },
      { Id: "does-not", MessageBody: "x".repeat(1025) },
    ];
    const mixed = await sqs.call("SendMessageBatch", { QueueUrl, Entries });
    expect(mixed).toMatchObject({
      Successful: [{ Id: "fits" }],
      Failed: [
        {
          Id: "does-not",
          Code: "InvalidParameterValue",
          Message: "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.",
        },
      ],
    });
    expect(await sqs.call("SendMessageBatch", { QueueUrl, Entries: [Entries[0]] })).not.toHaveProperty("Failed");
    expect(await sqs.call("SendMessageBatch", { QueueUrl, Entries: [Entries[1]] })).not.toHaveProperty("Successful");
  });

  test("a message received too often goes to the dead-letter queue, and a move task brings it back", async () => {
    await using sqs = await aCaller(connect);
    const dead = await sqs.create("dead");
    const deadLetterTargetArn = "arn:aws:sqs:us-east-1:000000000000:dead";
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
    const QueueUrl = await sqs.create("orders", { RedrivePolicy });
    await sqs.call("SendMessage", { QueueUrl, MessageBody: "bad" });
    expect(await sqs.receive(QueueUrl, { VisibilityTimeout: 0 })).toHaveLength(1);
    expect(await sqs.receive(QueueUrl)).toEqual([]);
    const [letter] = await sqs.receive(dead, { AttributeNames: ["All"], VisibilityTimeout: 0 });
    expect(letter?.Attributes).toMatchObject({
      ApproximateReceiveCount: "2",
      DeadLetterQueueSourceArn: "arn:aws:sqs:us-east-1:000000000000:orders",
    });
    await sqs.call("StartMessageMoveTask", { SourceArn: deadLetterTargetArn });
    expect(await sqs.receive(QueueUrl)).toMatchObject([{ Body: "bad" }]);
  });

  test("attributes, tags and permissions of a queue come back as they were set", async () => {
    await using sqs = await aCaller(connect);
    const QueueUrl = await sqs.create("orders", { VisibilityTimeout: "5" });
    await sqs.call("SetQueueAttributes", { QueueUrl, Attributes: { DelaySeconds: "3" } });
    await sqs.call("AddPermission", {
      QueueUrl,
      Label: "l",
      AWSAccountIds: ["111122223333"],
      Actions: ["SendMessage"],
    });
    const attributes = await sqs.attributes(QueueUrl, "All");
    expect(attributes).toMatchObject({ VisibilityTimeout: "5", DelaySeconds: "3" });
    expect(JSON.parse(String(attributes.Policy))).toMatchObject({ Statement: [{ Sid: "l" }] });
    await sqs.call("TagQueue", { QueueUrl, Tags: { team: "a", env: "test" } });
    await sqs.call("UntagQueue", { QueueUrl, TagKeys: ["env"] });
    expect(await sqs.call("ListQueueTags", { QueueUrl })).toEqual({ Tags: { team: "a" } });
  });

  test("queues are listed, purged and deleted", async () => {
    await using sqs = await aCaller(connect);
    const QueueUrl = await sqs.create("orders");
    await sqs.create("other");
    expect(await sqs.call("ListQueues", { QueueNamePrefix: "or" })).toEqual({ QueueUrls: [QueueUrl] });
    await sqs.call("SendMessage", { QueueUrl, MessageBody: "x" });
    await sqs.call("PurgeQueue", { QueueUrl });
    expect(await sqs.attributes(QueueUrl, "ApproximateNumberOfMessages")).toEqual({ ApproximateNumberOfMessages: "0" });
    await sqs.call("DeleteQueue", { QueueUrl });
    expect(await sqs.refusal("GetQueueUrl", { QueueName: "orders" })).toMatchObject({
      code: "AWS.SimpleQueueService.NonExistentQueue",
      status: 400,
    });
  });

  test.for([
    ["SendMessage", { MessageBody: "x", DelaySeconds: 901 }, 400, "InvalidParameterValue"],
    ["DeleteMessage", { ReceiptHandle: "garbage" }, 404, "ReceiptHandleIsInvalid"],
    ["GetQueueAttributes", { AttributeNames: ["Unknown"] }, 400, "InvalidAttributeName"],
    ["SendMessageBatch", { Entries: [] }, 400, "AWS.SimpleQueueService.EmptyBatchRequest"],
    ["ReceiveMessage", { WaitTimeSeconds: 21 }, 400, "InvalidParameterValue"],
  ] as const)("%s is refused with AWS's code and status", async ([operation, input, status, code]) => {
    await using sqs = await aCaller(connect);
    const QueueUrl = await sqs.create("orders");
    expect(await sqs.refusal(operation, { QueueUrl, ...input })).toMatchObject({ status, code });
  });
});

test("accounts do not see each other's queues, and a 12-digit access key is the account", async () => {
  await using emulator = await anEmulator();
  using one = jsonCaller(emulator.endpoint, { accessKeyId: "111111111111", secretAccessKey: "x" });
  using two = jsonCaller(emulator.endpoint, { accessKeyId: "222222222222", secretAccessKey: "x" });
  const { QueueUrl } = await one.call("CreateQueue", { QueueName: "mine" });
  expect(QueueUrl).toBe(`${emulator.endpoint}/111111111111/mine`);
  expect(await two.call("ListQueues", {})).toEqual({});
});

test("advancing one account's clock leaves another's where it was", async () => {
  await using emulator = await anEmulator();
  const other = emulator.clock("222222222222");
  other.freeze();
  const before = other.now();
  await emulator.clock("111111111111").advance(60_000);
  expect(other.now()).toBe(before);
});

test("a reset forgets one account and nobody else", async () => {
  await using emulator = await anEmulator();
  using one = jsonCaller(emulator.endpoint, { accessKeyId: "111111111111", secretAccessKey: "x" });
  using two = jsonCaller(emulator.endpoint, { accessKeyId: "222222222222", secretAccessKey: "x" });
  await one.call("CreateQueue", { QueueName: "a" });
  await two.call("CreateQueue", { QueueName: "b" });
  const answer = await fetch(`${emulator.endpoint}/_waystation/reset?account=111111111111`, { method: "POST" });
  expect(answer.ok).toBe(true);
  expect(await one.call("ListQueues", {})).toEqual({});
  expect(await two.call("ListQueues", {})).toHaveProperty("QueueUrls");
});

test("closing the server answers a waiting long poll", async () => {
  const emulator = await anEmulator();
  using caller = jsonCaller(emulator.endpoint);
  const { QueueUrl } = await caller.call("CreateQueue", { QueueName: "orders" });
  const waiting = caller.call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
  await caller.call("ListQueues", {});
  await emulator.close();
  expect(await waiting).toEqual({});
});
