import { expect, test } from "vitest";
import { createEmulator } from "../../../src/index.ts";

const OTHER_ACCOUNT = "111111111111";

interface Shown {
  readonly name: string;
  readonly positions: readonly { readonly unseen: number; readonly nextSequenceNumber?: string }[];
}

async function aServer() {
  const emulator = await createEmulator();
  const call = async <Answer>(operation: string, input: object, account = "test", region = "us-east-1") => {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-date": "20260101T000000Z",
      "x-amz-target": `Kinesis_20131202.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/kinesis/aws4_request, SignedHeaders=host, Signature=0`,
    };
    const response = await fetch(emulator.endpoint, { method: "POST", headers, body: JSON.stringify(input) });
    const text = await response.text();
    expect({ status: response.status, text }).toMatchObject({ status: 200 });
    return (text === "" ? undefined : JSON.parse(text)) as Answer;
  };
  const createQueue = async (stream: string, name: string, account = "000000000000", region = "us-east-1") => {
    const StreamARN = `arn:aws:kinesis:${region}:${account}:stream/${stream}`;
    const StreamConfigurationList = [{ StreamARN, StartingPosition: { Type: "TRIM_HORIZON" } }];
    const input = { QueueName: name, StreamConfigurationList };
    const { QueueDescription } = await call<{ QueueDescription: { QueueARN: string } }>(
      "CreateQueue",
      input,
      account,
      region,
    );
    return { QueueARN: QueueDescription.QueueARN, StreamARN };
  };
  return {
    call,
    createQueue,
    createStream: (name: string, account?: string, region?: string) =>
      call("CreateStream", { StreamName: name, StreamModeDetails: { StreamMode: "ON_DEMAND" } }, account, region),
    ask: async (query = "") => {
      const response = await fetch(`${emulator.endpoint}/_waystation/stream-queues${query}`);
      return {
        status: response.status,
        body: (await response.json()) as { readonly queues: readonly Shown[]; readonly next?: string },
      };
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

test("a queue shows its counts and how far it has come in each shard", async () => {
  await using server = await aServer();
  await server.createStream("orders");
  const { QueueARN, StreamARN } = await server.createQueue("orders", "workers");
  const Records = ["a", "b", "c"].map((data) => ({ PartitionKey: "key", Data: btoa(data) }));
  const put = await server.call<{ Records: readonly { ShardId: string; SequenceNumber: string }[] }>("PutRecords", {
    StreamName: "orders",
    Records,
  });
  await server.call("ReceiveQueueRecords", { QueueARN, Limit: 1 });

  const { status, body } = await server.ask();
  expect(status).toBe(200);
  expect(body.queues).toEqual([
    {
      name: "workers",
      arn: QueueARN,
      account: "000000000000",
      region: "us-east-1",
      streamArn: StreamARN,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      status: "ACTIVE",
      visibilityTimeoutSeconds: 30,
      maxReceiveCount: 6,
      waitingReceives: 0,
      visible: 2,
      inFlight: 1,
      deadVisible: 0,
      deadInFlight: 0,
      positions: expect.arrayContaining([
        { shardId: put.Records[1]!.ShardId, unseen: 2, nextSequenceNumber: put.Records[1]!.SequenceNumber },
      ]),
    },
  ]);
  const { positions } = body.queues[0]!;
  expect(positions).toHaveLength(4);
  expect(positions.filter(({ nextSequenceNumber }) => nextSequenceNumber === undefined)).toHaveLength(3);
});

test("dead letters are counted by themselves", async () => {
  await using server = await aServer();
  await server.createStream("orders");
  const { QueueARN } = await server.createQueue("orders", "workers");
  const DeadLetterConfiguration = { TargetType: "BUILT_IN", MaxReceiveCount: 1 };
  await server.call("UpdateQueue", { QueueARN, QueueAttributes: { DeadLetterConfiguration } });
  await server.call("PutRecord", { StreamName: "orders", PartitionKey: "key", Data: "YQ==" });
  await server.call("ReceiveQueueRecords", { QueueARN, VisibilityTimeoutSeconds: 0 });
  const dead = { visible: 0, inFlight: 0, deadVisible: 1, deadInFlight: 0 };
  expect((await server.ask()).body.queues).toMatchObject([{ ...dead, maxReceiveCount: 1 }]);
  await server.call("ReceiveDeadLetterQueueRecords", { QueueARN });
  expect((await server.ask()).body.queues).toMatchObject([{ ...dead, deadVisible: 0, deadInFlight: 1 }]);
});

test("queues are chosen by account, region and stream, and a page has a limit", async () => {
  await using server = await aServer();
  await server.createStream("orders");
  await server.createStream("returns");
  await server.createStream("orders", OTHER_ACCOUNT, "eu-west-1");
  const { StreamARN } = await server.createQueue("orders", "b");
  await server.createQueue("returns", "a");
  await server.createQueue("orders", "c", OTHER_ACCOUNT, "eu-west-1");
  const names = async (query: string) => (await server.ask(query)).body.queues.map(({ name }) => name);
  expect(await names("")).toEqual(["a", "b", "c"]);
  expect(await names(`?account=${OTHER_ACCOUNT}`)).toEqual(["c"]);
  expect(await names("?region=us-east-1")).toEqual(["a", "b"]);
  expect(await names("?stream=orders")).toEqual(["b", "c"]);
  expect(await names(`?stream=${StreamARN}`)).toEqual(["b"]);
  expect(await names("?stream=orders&account=222222222222")).toEqual([]);
  expect(await names("?limit=2")).toEqual(["a", "b"]);
  expect(await names("?queue=b")).toEqual(["b"]);
  expect(await names("?queue=b&stream=returns")).toEqual([]);
});

test("a page leads on to the next, and the last one to none", async () => {
  await using server = await aServer();
  await server.createStream("orders");
  await server.createStream("orders", OTHER_ACCOUNT, "eu-west-1");
  for (const name of ["b", "a"]) await server.createQueue("orders", name);
  for (const name of ["a", "c"]) await server.createQueue("orders", name, OTHER_ACCOUNT, "eu-west-1");
  const pages: (readonly string[])[] = [];
  for (let next: string | undefined = ""; next !== undefined; ) {
    const { body } = await server.ask(`?stream=orders&limit=1${next === "" ? "" : `&next=${next}`}`);
    pages.push(body.queues.map(({ name }) => name));
    next = body.next;
  }
  expect(pages).toEqual([["a"], ["b"], ["a"], ["c"]]);
});

test.for([
  ["?next=x", "What goes on with an answer is its `next`, as it stands there."],
  ["?account=me", "An account id has 12 digits."],
  ["?region=", "The region is one such as us-east-1."],
  ["?stream=a&stream=b", "There can be one stream only."],
  ["?limit=0", "The limit is a whole number from 1 to 1000."],
  ["?limit=1001", "The limit is a whole number from 1 to 1000."],
] as const)("GET stream-queues%s is refused", async ([query, message]) => {
  await using server = await aServer();
  expect(await server.ask(query)).toEqual({ status: 400, body: { message } });
});
