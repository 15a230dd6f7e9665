import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
  SubscribeToShardCommand,
} from "@aws-sdk/client-kinesis";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test, vi } from "vitest";
import { startWaystation, UsageError } from "../../src/index.ts";

test("client makes a client of the class given that finds the emulator", async () => {
  await using aws = await startWaystation({ region: "eu-west-1" });
  const { TopicArn } = await aws.client(SNSClient).send(new CreateTopicCommand({ Name: "news" }));
  expect(TopicArn).toBe("arn:aws:sns:eu-west-1:000000000000:news");
});

test("client takes an account, and whatever the class takes", async () => {
  await using aws = await startWaystation();
  const sns = aws.client(SNSClient, { account: "111111111111", region: "us-west-2" });
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  expect(TopicArn).toBe("arn:aws:sns:us-west-2:111111111111:news");
  expect(() => aws.client(SNSClient, { account: "me" })).toThrow(UsageError);
  // @ts-expect-error the class takes nothing of that name
  aws.client(SNSClient, { regoin: "us-west-2" });
});

test("clients are destroyed when the emulator closes", async () => {
  class Client {
    readonly config: { readonly endpoint?: string };
    isDestroyed = false;
    constructor(config: { readonly endpoint?: string }) {
      this.config = config;
    }
    destroy(): void {
      this.isDestroyed = true;
    }
  }
  const aws = await startWaystation();
  const client = aws.client(Client);
  expect(client.config).toMatchObject({ endpoint: aws.endpoint, region: "us-east-1" });
  await aws.close();
  expect(client.isDestroyed).toBe(true);
});

test("an emulator that is closed says so, rather than tell of what there was", async () => {
  const aws = await startWaystation();
  const requestHandler = aws.requestHandler();
  const sqs = aws.client(SQSClient, { requestHandler });
  await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  const clock = aws.clock("111111111111");
  await aws.close();
  const asked = [
    clock.advance("1h"),
    aws.clock().set("9999-01-01T00:00:00Z"),
    aws.queue("jobs").counts(),
    aws.account("111111111111").queue("jobs").waitForMessage(),
    aws.report(),
    aws.faults.list(),
    aws.snapshot("full"),
    sqs.send(new ListQueuesCommand({})),
  ];
  for (const answer of asked) await expect(answer).rejects.toThrow("This emulator is closed: close() was called.");
  await expect(aws.queues()).rejects.toMatchObject({ name: "WaystationError", status: 503 });
  expect(() => aws.reset()).toThrow("This emulator is closed");
  expect(() => aws.client(SQSClient)).toThrow("This emulator is closed");
  expect(() => clock.freeze()).toThrow("This emulator is closed");
  expect(() => clock.resume()).toThrow("This emulator is closed");
  expect(clock.isFrozen).toBe(false);
  await aws.close();
});

test("environment leads clients past a proxy", async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  await using aws = await startWaystation();
  expect(aws.environment()).not.toHaveProperty("NO_PROXY");
  vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:9");
  const past = { NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" };
  expect(aws.environment()).toMatchObject(past);
  expect(aws.environment({ mixed: true })).toMatchObject(past);
});

test("environment has what clients in another process find the emulator by", async () => {
  await using aws = await startWaystation({ region: "eu-west-1" });
  const caller = { AWS_SECRET_ACCESS_KEY: "test", AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1" };
  expect(aws.environment()).toEqual({ AWS_ENDPOINT_URL: aws.endpoint, AWS_ACCESS_KEY_ID: "test", ...caller });
  expect(aws.environment({ account: "111111111111", mixed: true })).toEqual({
    AWS_ENDPOINT_URL_SQS: aws.endpoint,
    AWS_ENDPOINT_URL_SNS: aws.endpoint,
    AWS_ENDPOINT_URL_KINESIS: aws.endpoint,
    AWS_ACCESS_KEY_ID: "111111111111",
    ...caller,
  });
});

test("requestHandler takes requests for any endpoint, without a socket", async () => {
  await using aws = await startWaystation();
  const credentials = { accessKeyId: "111111111111", secretAccessKey: "test" };
  // Nothing listens at the endpoint that a client without one takes: AWS itself is not asked.
  const sqs = new SQSClient({ region: "eu-west-1", credentials, requestHandler: aws.requestHandler() });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  expect(QueueUrl).toBe("https://sqs.eu-west-1.amazonaws.com/111111111111/jobs");
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x".repeat(100_000) }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages?.[0]?.Body).toHaveLength(100_000);
  await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl: "https://sqs/0/none" }))).rejects.toThrow(
    "does not exist",
  );
});

test("requestHandler lets a long poll be given up, which then takes no message", async () => {
  await using aws = await startWaystation();
  const handler = aws.requestHandler();
  let handed: () => void = () => {};
  const handle: typeof handler.handle = (request, options) => {
    handed();
    return handler.handle(request, options);
  };
  const sqs = aws.client(SQSClient, { requestHandler: { ...handler, handle } });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  const isHanded = new Promise<void>((resolve) => {
    handed = resolve;
  });
  const givenUp = new AbortController();
  const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), { abortSignal: givenUp.signal });
  const failure = poll.catch((cause: Error) => cause.name);
  await isHanded;
  const clock = aws.clock();
  await new Promise<void>((resolve) => clock.at(clock.now(), resolve)); // it is read in this turn
  expect(clock.pending).toBeGreaterThan(0);
  givenUp.abort();
  expect(await failure).toBe("AbortError");
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }));
  expect(await aws.queue("jobs").counts()).toMatchObject({ visible: 1, inFlight: 0 });
});

test("requestHandler carries the events of SubscribeToShard", async () => {
  await using aws = await startWaystation();
  const kinesis = aws.client(KinesisClient, { requestHandler: aws.requestHandler() });
  const StreamName = "clicks";
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
  const { StreamARN } = StreamDescriptionSummary ?? {};
  const { Consumer } = await kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: "reader" }));
  const subscribe = new SubscribeToShardCommand({
    ConsumerARN: Consumer?.ConsumerARN,
    ShardId: "shardId-000000000000",
    StartingPosition: { Type: "LATEST" },
  });
  const { EventStream = [] } = await kinesis.send(subscribe);
  await kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: "a", Data: Buffer.from("hello") }));
  const read: string[] = [];
  for await (const { SubscribeToShardEvent } of EventStream as AsyncIterable<{
    SubscribeToShardEvent?: { Records?: { Data?: Uint8Array }[] };
  }>) {
    for (const { Data } of SubscribeToShardEvent?.Records ?? []) read.push(Buffer.from(Data ?? []).toString());
    if (read.length > 0) break;
  }
  expect(read).toEqual(["hello"]);
});

test("requestHandler breaks off as a connection does where a fault says so", async () => {
  await using aws = await startWaystation();
  await aws.faults.add({ operation: "ListQueues", effect: { type: "drop" } });
  const sqs = aws.client(SQSClient, { requestHandler: aws.requestHandler(), maxAttempts: 1 });
  await expect(sqs.send(new ListQueuesCommand({}))).rejects.toThrow("socket hang up");
});
