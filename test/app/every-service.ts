import {
  CreateChannelCommand,
  CreateStreamCommand,
  KinesisClient,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
} from "@aws-sdk/client-kinesis";
import {
  CreatePlatformApplicationCommand,
  CreatePlatformEndpointCommand,
  CreateTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "vitest";
import type { Emulator } from "../../src/app/emulator.ts";

export const ACCOUNT = "111111111111";
export const BUCKET = `assets-${ACCOUNT}`;
const CHANNEL_SERVICE = "Kinesis_20131202";

export function arnOf(service: string, resource: string, account = ACCOUNT): string {
  return `arn:aws:${service}:us-east-1:${account}:${resource}`;
}

/** Clients of an account that take an answer for what it is. */
export function clientsOf({ endpoint }: Emulator, account = ACCOUNT) {
  const credentials = { accessKeyId: account, secretAccessKey: "any" };
  const settings = { endpoint, region: "us-east-1", credentials, maxAttempts: 1 };
  return { sqs: new SQSClient(settings), sns: new SNSClient(settings), kinesis: new KinesisClient(settings) };
}

/** Services of which there is no client here, by what goes over the wire. */
export function wireOf({ endpoint }: Emulator, account = ACCOUNT) {
  const headersOf = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    "x-amz-date": "20260101T000000Z",
  });
  const ask = async (service: string, path: string, init: RequestInit = {}): Promise<string> => {
    const response = await fetch(`${endpoint}${path}`, {
      ...init,
      headers: { ...headersOf(service), ...(init.headers as Record<string, string>) },
    });
    const text = await response.text();
    expect(response.status, text).toBeLessThan(300);
    return text;
  };
  return {
    s3: (method: string, path: string, body?: string | Uint8Array) =>
      ask("s3", path, { method, ...(body && { body }) }),
    json: async (service: string, target: string, input: object) => {
      const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
      return JSON.parse((await ask(service, "/", { method: "POST", headers, body: JSON.stringify(input) })) || "{}");
    },
    cloudFormation: (Action: string, input: Readonly<Record<string, string>>) => {
      const body = new URLSearchParams({ Action, Version: "2010-05-15", ...input });
      return ask("cloudformation", "/", { method: "POST", body });
    },
  };
}

export async function control({ endpoint }: Emulator, method: string, path: string, body?: object | string) {
  const response = await fetch(`${endpoint}/_waystation/${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(response.status, text).toBeLessThan(300);
  return text;
}

/** All there is, as the lines of a snapshot, but for when it was taken. */
export async function linesOf(emulator: Emulator, account?: string): Promise<readonly string[]> {
  const query = account === undefined ? "" : `&account=${account}`;
  const text = await control(emulator, "GET", `snapshots/document?withSecrets=true${query}`);
  return text.trimEnd().split("\n").slice(1);
}

const TEMPLATE = {
  Parameters: { Name: { Type: "String", Default: "from-a-stack" } },
  Resources: { Jobs: { Type: "AWS::SQS::Queue", Properties: { QueueName: { Ref: "Name" } } } },
  Outputs: { Arn: { Value: { "Fn::GetAtt": ["Jobs", "Arn"] }, Export: { Name: "jobs-arn" } } },
};

/** A world with something of every service in every state in which it stays. Time is to stand still. */
export async function fillEveryService(emulator: Emulator, { largeBytes = 2 * 1024 * 1024 } = {}): Promise<void> {
  await fillQueues(emulator);
  await fillTopics(emulator);
  await fillStreams(emulator);
  await fillDeployments(emulator, largeBytes);
}

async function fillQueues(emulator: Emulator): Promise<void> {
  const { sqs } = clientsOf(emulator);
  const { QueueUrl: dead } = await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf("sqs", "dead"), maxReceiveCount: 1 });
  const Attributes = { RedrivePolicy, VisibilityTimeout: "0" };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs", Attributes }));
  for (const MessageBody of ["one", "two", "three"]) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 600 }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 600 }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "later", DelaySeconds: 60 }));
  const fifo = { QueueName: "orders.fifo", Attributes: { FifoQueue: "true", ContentBasedDeduplication: "true" } };
  const { QueueUrl: orders } = await sqs.send(new CreateQueueCommand(fifo));
  for (const [number, group] of ["a", "a", "b"].entries()) {
    const message = { MessageBody: `${number} of ${group}`, MessageGroupId: group };
    await sqs.send(new SendMessageCommand({ QueueUrl: orders, ...message }));
  }
  await sqs.send(new ReceiveMessageCommand({ QueueUrl: orders }));
  for (let sent = 0; sent < 3; sent++) {
    await sqs.send(new SendMessageCommand({ QueueUrl: dead, MessageBody: `dead ${sent}` }));
  }
  const move = { SourceArn: arnOf("sqs", "dead"), DestinationArn: arnOf("sqs", "jobs") };
  await sqs.send(new StartMessageMoveTaskCommand({ ...move, MaxNumberOfMessagesPerSecond: 1 }));
}

async function fillTopics(emulator: Emulator): Promise<void> {
  const { sns } = clientsOf(emulator);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  const subscriptions = [
    { Protocol: "sqs", Endpoint: arnOf("sqs", "jobs"), Attributes: { FilterPolicy: '{"type":["a"]}' } },
    { Protocol: "email-json", Endpoint: "me@example.com" },
    { Protocol: "sms", Endpoint: "+15551234567" },
  ];
  for (const subscription of subscriptions) await sns.send(new SubscribeCommand({ TopicArn, ...subscription }));
  await sns.send(new PublishCommand({ TopicArn, Message: "hello", Subject: "greeting" }));
  const Attributes = { PlatformCredential: "key", PlatformPrincipal: "certificate" };
  const application = await sns.send(
    new CreatePlatformApplicationCommand({ Name: "app", Platform: "GCM", Attributes }),
  );
  const { PlatformApplicationArn } = application;
  const endpoint = await sns.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token: "device" }));
  await sns.send(new PublishCommand({ TargetArn: endpoint.EndpointArn, Message: "ping" }));
  await sns.send(new PublishCommand({ PhoneNumber: "+15557654321", Message: "ring" }));
}

async function fillStreams(emulator: Emulator): Promise<void> {
  const { kinesis } = clientsOf(emulator);
  const StreamARN = arnOf("kinesis", "stream/clicks");
  const StreamModeDetails = { StreamMode: "ON_DEMAND" } as const;
  await kinesis.send(new CreateStreamCommand({ StreamName: "clicks", StreamModeDetails }));
  await kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: "counter" }));
  const queue = { QueueName: "clicked", QueueAttributes: {}, Tags: { owner: "us" } };
  const StreamConfigurationList = [{ StreamARN, StartingPosition: { Type: "TRIM_HORIZON" } }];
  const wire = wireOf(emulator);
  await wire.json("kinesis", `${CHANNEL_SERVICE}.CreateQueue`, { ...queue, StreamConfigurationList });
  await kinesis.send(
    new CreateChannelCommand({
      ChannelName: "archive",
      ServiceExecutionRoleARN: `arn:aws:iam::${ACCOUNT}:role/delivery`,
      StreamConfigurationList: [{ StreamARN, RecordConfiguration: { RecordFormatType: "STRING" } }],
      S3DestinationConfiguration: {
        StorageConfiguration: {
          BucketARN: "arn:aws:s3:::bucket",
          ExpectedBucketOwner: ACCOUNT,
          CompressionType: "NONE",
        },
      },
    }),
  );
  for (const PartitionKey of ["a", "b", "c"]) {
    await kinesis.send(new PutRecordCommand({ StreamARN, PartitionKey, Data: Buffer.from(`click ${PartitionKey}\n`) }));
  }
}

async function fillDeployments(emulator: Emulator, largeBytes: number): Promise<void> {
  const { json, s3, cloudFormation } = wireOf(emulator);
  const put = { Name: "/shop/limit", Value: "1", Type: "String", Description: "how many" };
  await json("ssm", "AmazonSSM.PutParameter", put);
  await json("ssm", "AmazonSSM.PutParameter", { ...put, Value: "2", Overwrite: true });
  await json("ssm", "AmazonSSM.DeleteParameter", { Name: "/cdk-bootstrap/hnb659fds/version" });
  await s3("PUT", `/${BUCKET}`);
  const tagging = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
  await s3("PUT", `/${BUCKET}?tagging`, tagging);
  await s3("PUT", `/${BUCKET}/one.json`, "{}");
  await s3("PUT", `/${BUCKET}/empty`);
  await s3("PUT", `/${BUCKET}/large.bin`, new Uint8Array(largeBytes).fill(7));
  const [, upload = ""] = /<UploadId>(.*)<\/UploadId>/.exec(await s3("POST", `/${BUCKET}/parts?uploads`)) ?? [];
  await s3("PUT", `/${BUCKET}/parts?partNumber=1&uploadId=${upload}`, "first ");
  const TemplateBody = JSON.stringify(TEMPLATE);
  await cloudFormation("CreateStack", { StackName: "shop", TemplateBody });
  const changed = JSON.stringify({ ...TEMPLATE, Description: "changed" });
  await cloudFormation("CreateChangeSet", { StackName: "shop", ChangeSetName: "change", TemplateBody: changed });
  const other = TemplateBody.replace("jobs-arn", "gone").replace("from-a-stack", "goes");
  await cloudFormation("CreateStack", { StackName: "gone", TemplateBody: other });
  await cloudFormation("DeleteStack", { StackName: "gone" });
}
