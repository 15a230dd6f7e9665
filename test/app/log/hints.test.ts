import { describe, expect, test } from "vitest";
import { createEmulator } from "../../../src/index.ts";
import type { Logger } from "../../../src/server/log.ts";
import { awsHeaders } from "../../support/looking.ts";

type Fields = Readonly<Record<string, unknown>>;

const TARGETS = { sqs: "sqs", kinesis: "kinesis" } as const;

/** A server, with what its log says of calls that are refused. */
async function aServer() {
  const lines: Fields[] = [];
  const logger: Logger = {
    isEnabled: (level) => level === "info",
    log: (_level, fields) => lines.push(fields),
  };
  const emulator = await createEmulator({ logger });
  emulator.clock().freeze();
  const call = async (service: keyof typeof TARGETS, operation: string, input: object, region = "us-east-1") => {
    const headers = awsHeaders(service, operation, { region });
    const response = await fetch(emulator.endpoint, { method: "POST", headers, body: JSON.stringify(input) });
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it.
    return (text === "" ? {} : JSON.parse(text)) as any;
  };
  const sns = (query: Readonly<Record<string, string>>) =>
    fetch(`${emulator.endpoint}/?${new URLSearchParams(query)}`, {
      headers: { authorization: awsHeaders("sqs", "x").authorization!.replace("/sqs/", "/sns/") },
    }).then((response) => response.text());
  return {
    emulator,
    sqs: (operation: string, input: object, region?: string) => call("sqs", operation, input, region),
    kinesis: (operation: string, input: object, region?: string) => call("kinesis", operation, input, region),
    sns,
    /** The code and the hint of the latest line. */
    hint: () => {
      const { errorCode, hint } = lines.at(-1) ?? {};
      return hint === undefined ? errorCode : `${errorCode} — ${hint}`;
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

describe("a queue that does not exist", () => {
  test.for([
    ["jobs", "eu-west-1", "there is one in us-east-1"],
    ["jbos", "us-east-1", "did you mean jobs?"],
    ["jobs.fifo", "us-east-1", "did you mean jobs?"],
    ["events", "us-east-1", "did you mean events.fifo?"],
    [
      "jobs",
      "us-east-1/111111111111",
      "there is one in 000000000000/us-east-1; the URL says account 111111111111, the caller's is 000000000000",
    ],
    ["completely-different", "us-east-1", "there is no such queue in any account or region"],
    ["x", "ap-south-1", "there is no queue in 000000000000/ap-south-1"],
  ] as const)("%s in %s: %s", async ([name, place, hint]) => {
    await using server = await aServer();
    await server.sqs("CreateQueue", { QueueName: "jobs" });
    await server.sqs("CreateQueue", { QueueName: "events.fifo", Attributes: { FifoQueue: "true" } });
    const [region, account = "000000000000"] = place.split("/");
    await server.sqs("ReceiveMessage", { QueueUrl: `http://127.0.0.1/${account}/${name}` }, region);
    expect(server.hint()).toBe(`QueueDoesNotExist — ${hint}`);
  });

  test("in another region by its URL", async () => {
    await using server = await aServer();
    await server.sqs("CreateQueue", { QueueName: "jobs" });
    await server.sqs("ReceiveMessage", { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/000000000000/jobs" });
    expect(server.hint()).toBe(
      "InvalidAddress — there is one in us-east-1; the URL says eu-west-1, the call is signed for us-east-1",
    );
  });
});

test.for([
  [{ QueueName: "jobs.fifo" }, "InvalidParameterValueException — did you mean FifoQueue=true?"],
  [
    { QueueName: "jobs", Attributes: { FifoQueue: "true" } },
    "InvalidParameterValueException — did you mean jobs.fifo?",
  ],
  [
    { QueueName: "jobs", Attributes: { FifoQueue: "false" } },
    "InvalidAttributeName — leave FifoQueue out for a standard queue",
  ],
  [
    { QueueName: "jobs", Attributes: { ContentBasedDeduplication: "true" } },
    "InvalidAttributeName — ContentBasedDeduplication is for FIFO queues: did you mean FifoQueue=true?",
  ],
  [
    { QueueName: "jobs", Attributes: { VisibiltyTimeout: "30" } },
    "InvalidAttributeName — did you mean VisibilityTimeout?",
  ],
  [
    { QueueName: "jobs", Attributes: { VisibilityTimeout: "43201" } },
    "InvalidAttributeValue — VisibilityTimeout takes 0–43200",
  ],
  [
    { QueueName: "jobs", Attributes: { SqsManagedSseEnabled: "yes" } },
    "InvalidAttributeValue — SqsManagedSseEnabled takes true or false",
  ],
  [
    { QueueName: "there", Attributes: { DelaySeconds: "5" } },
    "QueueNameExists — there has DelaySeconds 0; SetQueueAttributes changes it",
  ],
  [{ QueueName: "a queue" }, "InvalidParameterValueException"],
] as const)("CreateQueue with %o: %s", async ([input, hint]) => {
  await using server = await aServer();
  await server.sqs("CreateQueue", { QueueName: "there" });
  await server.sqs("CreateQueue", input);
  expect(server.hint()).toBe(hint);
});

describe("a receipt", () => {
  async function aReceipt() {
    const server = await aServer();
    const { QueueUrl } = await server.sqs("CreateQueue", {
      QueueName: "jobs.fifo",
      Attributes: { FifoQueue: "true", ContentBasedDeduplication: "true" },
    });
    const { MessageId } = await server.sqs("SendMessage", { QueueUrl, MessageBody: "x", MessageGroupId: "g" });
    const receive = async () => (await server.sqs("ReceiveMessage", { QueueUrl })).Messages[0].ReceiptHandle as string;
    const handle = await receive();
    const remove = (ReceiptHandle: string) => server.sqs("DeleteMessage", { QueueUrl, ReceiptHandle });
    return { server, MessageId, handle, receive, remove };
  }

  test("of a receive whose visibility timeout has ended, or after which the message was received again", async () => {
    const { server, MessageId, handle, receive, remove } = await aReceipt();
    await using _ = server;
    await server.emulator.clock().advance(30_000);
    await remove(handle);
    expect(server.hint()).toMatch(
      new RegExp(`— the receipt is of the receive of message ${MessageId} at .*Z, whose visibility timeout has ended$`),
    );
    await receive();
    await remove(handle);
    expect(server.hint()).toMatch(
      new RegExp(`— the receipt is of receive 1 of message ${MessageId}, which was received again at .*Z$`),
    );
  });

  test("that is cut, or of another queue", async () => {
    const { server, handle, remove } = await aReceipt();
    await using _ = server;
    await remove(handle.slice(1));
    expect(server.hint()).toBe(
      "ReceiptHandleIsInvalid — a receipt handle is what ReceiveMessage gave, whole and unchanged",
    );
    const { QueueUrl } = await server.sqs("CreateQueue", { QueueName: "other" });
    await server.sqs("DeleteMessage", { QueueUrl, ReceiptHandle: handle });
    expect(server.hint()).toBe("ReceiptHandleIsInvalid — it is a receipt of jobs.fifo");
  });
});

test("topics, streams and operations that there are not", async () => {
  await using server = await aServer();
  const arn = "arn:aws:sns:us-east-1:000000000000";
  await server.sns({ Action: "CreateTopic", Name: "news" });
  await server.sns({ Action: "Publish", TopicArn: `${arn}:nwes`, Message: "x" });
  expect(server.hint()).toBe("NotFoundException — did you mean news?");
  await server.sns({ Action: "Publish", TopicArn: `${arn.replace("us-east-1", "eu-west-1")}:news`, Message: "x" });
  expect(server.hint()).toBe("InvalidParameterException — the ARN says eu-west-1, the call is signed for us-east-1");
  await server.sns({ Action: "CreateTopic", Name: "news.fifo" });
  expect(server.hint()).toBe("InvalidParameterException — did you mean FifoTopic=true?");
  await server.kinesis("CreateStream", { StreamName: "clicks" });
  await server.kinesis("DescribeStreamSummary", { StreamName: "click" });
  expect(server.hint()).toBe("ResourceNotFoundException — did you mean clicks?");
  await server.kinesis("DescribeStreamSummary", { StreamName: "clicks" }, "eu-west-1");
  expect(server.hint()).toBe("ResourceNotFoundException — there is one in us-east-1");
  await server.sqs("SendMesage", {});
  expect(server.hint()).toBe("UnknownOperationException — did you mean SendMessage?");
});

test.for([
  [{ Action: "Publish", TopicArn: "news", Message: "x" }, "did you mean arn:aws:sns:us-east-1:000000000000:news?"],
  [{ Action: "Publish", TopicArn: "olds", Message: "x" }, "a topic's ARN is what CreateTopic gave"],
  [
    { Action: "Publish", TopicArn: "arn:aws:sns:eu-west-1:000000000000:news", Message: "x" },
    "the ARN says eu-west-1, the call is signed for us-east-1",
  ],
  [
    { Action: "Subscribe", Protocol: "sqs", Endpoint: "http://localhost:4566/111111111111/jobs" },
    "the Endpoint of a queue is its ARN: did you mean arn:aws:sqs:us-east-1:111111111111:jobs?",
  ],
  [{ Action: "Subscribe", Protocol: "lambda", Endpoint: "worker" }, "the Endpoint of a function is its ARN"],
  [{ Action: "Subscribe", Protocol: "https", Endpoint: "http://localhost:8080/in" }, "did you mean Protocol=http?"],
] as const)("an SNS parameter that is not what is wanted: %o", async ([query, hint]) => {
  await using server = await aServer();
  await server.sns({ Action: "CreateTopic", Name: "news" });
  await server.sns({ TopicArn: "arn:aws:sns:us-east-1:000000000000:news", ...query });
  expect(server.hint()).toBe(`InvalidParameterException — ${hint}`);
});

test("an ARN that is not a topic's", async () => {
  await using server = await aServer();
  await server.sns({ Action: "CreateTopic", Name: "news" });
  await server.sns({ Action: "Publish", TopicArn: "arn:aws:sqs:us-east-1:000000000000:news", Message: "x" });
  expect(server.hint()).toBe("NotFoundException — it is an ARN of sqs, not of a topic");
});

test("an iterator that lasted too long, and a request without a signature", async () => {
  await using server = await aServer();
  await server.kinesis("CreateStream", { StreamName: "clicks" });
  const { ShardIterator } = await server.kinesis("GetShardIterator", {
    StreamName: "clicks",
    ShardId: "shardId-000000000000",
    ShardIteratorType: "LATEST",
  });
  await server.emulator.clock().advance(301_000);
  await server.kinesis("GetRecords", { ShardIterator });
  expect(server.hint()).toMatch(/^ExpiredIteratorException — a shard iterator lasts for five minutes; /);
});

test("a delivery that a filter policy keeps out has a line at level debug", async () => {
  const lines: string[] = [];
  const logger: Logger = {
    isEnabled: () => true,
    log: (level, { endpoint, reason }, text) => {
      if (text === "delivery filtered") lines.push(`${level} ${endpoint} ${reason}`);
    },
  };
  await using emulator = await createEmulator({ logger });
  const TopicArn = "arn:aws:sns:us-east-1:000000000000:news";
  const ask = async (query: Readonly<Record<string, string>>) => {
    const response = await fetch(`${emulator.endpoint}/?${new URLSearchParams(query)}`);
    expect(response.status).toBe(200);
  };
  await ask({ Action: "CreateTopic", Name: "news" });
  const Endpoint = "arn:aws:sqs:us-east-1:000000000000:jobs";
  const filter = { "Attributes.entry.1.key": "FilterPolicy", "Attributes.entry.1.value": '{"a":["b"]}' };
  await ask({ Action: "Subscribe", TopicArn, Protocol: "sqs", Endpoint, ...filter });
  await ask({ Action: "Subscribe", TopicArn, Protocol: "sms", Endpoint: "+15551234567" });
  await ask({ Action: "Publish", TopicArn, Message: "x" });
  expect(lines).toEqual([`debug ${Endpoint} NoMessageAttributes`]);
});

describe("a message that nobody gets has a line at level info", () => {
  const TopicArn = "arn:aws:sns:us-east-1:000000000000:news";
  const queue = { Action: "Subscribe", TopicArn, Protocol: "sqs", Endpoint: "arn:aws:sqs:us-east-1:000000000000:jobs" };
  const filtered = { ...queue, "Attributes.entry.1.key": "FilterPolicy", "Attributes.entry.1.value": '{"a":["b"]}' };
  const onBody = {
    ...filtered,
    "Attributes.entry.2.key": "FilterPolicyScope",
    "Attributes.entry.2.value": "MessageBody",
  };
  const attribute = (value: string) => ({
    "MessageAttributes.entry.1.Name": "a",
    "MessageAttributes.entry.1.Value.DataType": "String",
    "MessageAttributes.entry.1.Value.StringValue": value,
  });
  const publish = { Action: "Publish", TopicArn, Message: '{"a":"b"}' };

  /** A topic with these subscriptions to which these messages are published, and the lines that come of it. */
  async function linesOf(...queries: readonly Readonly<Record<string, string>>[]): Promise<readonly unknown[]> {
    const lines: unknown[] = [];
    const logger: Logger = {
      isEnabled: (level) => level === "info",
      log: (_level, { topic, hint }, text) => void (topic === TopicArn && lines.push(`${text}: ${hint}`)),
    };
    await using emulator = await createEmulator({ logger });
    for (const query of [{ Action: "CreateTopic", Name: "news" }, ...queries]) {
      const response = await fetch(`${emulator.endpoint}/?${new URLSearchParams(query)}`);
      expect(response.status).toBe(200);
    }
    return lines;
  }

  test.for([
    ["without subscriptions", [], publish, "the topic has no subscription"],
    [
      "where none is confirmed",
      [{ ...queue, Protocol: "http", Endpoint: "http://127.0.0.1:1/" }],
      publish,
      "no subscription of the topic is confirmed yet",
    ],
    [
      "without the attributes of the policy",
      [filtered],
      publish,
      "no filter policy of the topic's subscriptions lets it through: it has no attributes, and FilterPolicyScope=MessageBody would be about its body",
    ],
    [
      "with others",
      [filtered],
      { ...publish, ...attribute("c") },
      "no filter policy of the topic's subscriptions lets it through: its attributes do not match",
    ],
    [
      "with another body",
      [onBody],
      { ...publish, Message: '{"a":"c"}' },
      "no filter policy of the topic's subscriptions lets it through: its body does not match",
    ],
  ] as const)("%s", async ([, subscriptions, message, hint]) => {
    expect(await linesOf(...subscriptions, message, message)).toEqual([`published to nobody: ${hint}`]);
  });

  test("and none where somebody gets it, or has got the first ten", async () => {
    const other = { ...filtered, Endpoint: `${queue.Endpoint}-2` };
    const lines = await linesOf(
      filtered,
      other,
      ...Array.from({ length: 10 }, () => ({ ...publish, ...attribute("b") })),
      publish,
    );
    expect(lines).toEqual([]);
  });
});

test("nothing is looked for where no line is written", async () => {
  const asked: string[] = [];
  const logger: Logger = { isEnabled: () => false, log: (level) => asked.push(level) };
  await using emulator = await createEmulator({ logger });
  const headers = awsHeaders("sqs", "GetQueueUrl");
  const response = await fetch(emulator.endpoint, { method: "POST", headers, body: '{"QueueName":"x"}' });
  expect([response.status, asked]).toEqual([400, []]);
});

test.for([
  ["/000000000000/jobs//", "the QueueUrl ends with a slash too many"],
  ["/jobs", "a queue URL is such as http://127.0.0.1:4566/000000000000/jobs"],
] as const)("a QueueUrl that ends with %s is none, and the log says why", async ([path, hint]) => {
  await using server = await aServer();
  await server.sqs("CreateQueue", { QueueName: "jobs" });
  await server.sqs("SendMessage", { QueueUrl: `${server.emulator.endpoint}${path}`, MessageBody: "x" });
  expect(server.hint()).toBe(`QueueDoesNotExist — ${hint}`);
});

test("an ARN in the place of a queue URL is told from one", async () => {
  await using server = await aServer();
  await server.sqs("SendMessage", { QueueUrl: "arn:aws:sqs:us-east-1:000000000000:jobs", MessageBody: "x" });
  expect(server.hint()).toBe("InvalidAddress — an ARN is no queue URL; GetQueueUrl gives the URL by the queue's name");
});

test("whoever names no service is told where it says what there is", async () => {
  await using server = await aServer();
  await fetch(`${server.emulator.endpoint}/nowhere`);
  expect(server.hint()).toMatch(
    /^UnknownOperationException — nothing in the request says which service it is for; GET \/ /,
  );
});
