import { describe, expect, test } from "vitest";
import type { ResourceEvent } from "../../../src/provisioning/resource/apply/application.ts";
import { aStack, STACK } from "../../support/provisioning.ts";

/** A template of these resources, each `[type, properties]`. */
const templateOf = (
  resources: Readonly<Record<string, readonly [type: string, properties?: object, more?: object]>>,
) => ({
  Resources: Object.fromEntries(
    Object.entries(resources).map(([id, [type, Properties = {}, more = {}]]) => [
      id,
      { Type: `AWS::${type}`, Properties, ...more },
    ]),
  ),
});

const failures = (events: readonly ResourceEvent[]) =>
  events.filter(({ status }) => status.endsWith("FAILED")).map(({ logicalId, reason }) => `${logicalId}: ${reason}`);

const POLICY = policyOf("*");
const TOPIC_POLICY = policyOf("sns:Publish");
const ref = (Ref: string) => ({ Ref });
const arn = (id: string) => ({ "Fn::GetAtt": [id, "Arn"] });

const systemTags = (logicalId: string) =>
  Object.entries({
    "aws:cloudformation:stack-name": STACK.name,
    "aws:cloudformation:stack-id": STACK.id,
    "aws:cloudformation:logical-id": logicalId,
  }).map(([Key, Value]) => ({ Key, Value }));

/** Every served type, once, and all that can be said of it. */
const everything = templateOf({
  Jobs: [
    "SQS::Queue",
    { QueueName: "jobs.fifo", FifoQueue: "true", ContentBasedDeduplication: "true", Tags: [{ Key: "a", Value: "1" }] },
  ],
  Plain: ["SQS::Queue", { RedriveAllowPolicy: { redrivePermission: "allowAll" }, KmsMasterKeyId: "alias/aws/sqs" }],
  JobsPolicy: ["SQS::QueuePolicy", { PolicyDocument: POLICY, Queues: [ref("Jobs")] }],
  PlainPolicy: ["SQS::QueueInlinePolicy", { PolicyDocument: POLICY, Queue: ref("Plain") }],
  Orders: [
    "SNS::Topic",
    {
      DisplayName: "orders",
      Subscription: [{ Protocol: "sqs", Endpoint: arn("Plain") }],
      DeliveryStatusLogging: [{ Protocol: "http/s", SuccessFeedbackSampleRate: "10" }],
      Tags: [{ Key: "b", Value: 2 }],
    },
  ],
  Fifo: [
    "SNS::Topic",
    { FifoTopic: true, ArchivePolicy: { MessageRetentionPeriod: "30" }, FifoThroughputScope: "MessageGroup" },
  ],
  OrdersPolicy: ["SNS::TopicPolicy", { PolicyDocument: TOPIC_POLICY, Topics: [ref("Orders")] }],
  FifoPolicy: ["SNS::TopicInlinePolicy", { PolicyDocument: TOPIC_POLICY, TopicArn: ref("Fifo") }],
  Sub: [
    "SNS::Subscription",
    {
      TopicArn: ref("Fifo"),
      Protocol: "sqs",
      Endpoint: arn("Jobs"),
      RawMessageDelivery: "true",
      FilterPolicyScope: "MessageBody",
      FilterPolicy: { price: [{ numeric: [">", 100] }] },
    },
  ],
  Clicks: [
    "Kinesis::Stream",
    {
      ShardCount: 2,
      RetentionPeriodHours: 48,
      StreamEncryption: { EncryptionType: "KMS", KeyId: "alias/aws/kinesis" },
      DesiredShardLevelMetrics: ["IncomingBytes"],
      MaxRecordSizeInKiB: 2048,
    },
  ],
  Views: ["Kinesis::Stream", { StreamModeDetails: { StreamMode: "ON_DEMAND" } }],
  Small: ["Kinesis::Stream"],
  Reader: [
    "Kinesis::StreamConsumer",
    { ConsumerName: "reader", StreamARN: arn("Clicks"), Tags: [{ Key: "c", Value: "3" }] },
  ],
  ReaderPolicy: [
    "Kinesis::ResourcePolicy",
    {
      ResourceArn: arn("Clicks"),
      ResourcePolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "111111111111" },
            Action: "kinesis:GetRecords",
            Resource: arn("Clicks"),
          },
        ],
      },
    },
  ],
});

describe("a stack with every type that is served", () => {
  test("is made, is what the template says, and a second time there is nothing to do", async () => {
    await using stack = aStack();
    const { status } = await stack.deploy(everything, { tags: { team: "x" } });
    expect(failures(stack.events)).toEqual([]);
    expect(status).toBe("complete");
    const again = await stack.plan(everything, { tags: { team: "x" } });
    expect([...again.steps, ...again.removals]).toEqual([]);
    const id = (logicalId: string) => stack.physicalId(logicalId)!;
    expect(await stack.ask("sqs", "ListQueueTags", { QueueUrl: id("Jobs") })).toEqual({ Tags: { team: "x", a: "1" } });
    expect(await stack.ask("sns", "GetTopicAttributes", { TopicArn: id("Orders") })).toMatchObject({
      Attributes: { DisplayName: "orders", HTTPSuccessFeedbackSampleRate: "10", Policy: JSON.stringify(TOPIC_POLICY) },
    });
    expect(await stack.ask("sns", "ListTagsForResource", { ResourceArn: id("Orders") })).toEqual({
      Tags: [{ Key: "team", Value: "x" }, { Key: "b", Value: "2" }, ...systemTags("Orders")],
    });
    expect(id("Fifo")).toMatch(/:app-Fifo-[A-Za-z0-9]{12}\.fifo$/);
    expect(await stack.ask("sns", "GetSubscriptionAttributes", { SubscriptionArn: id("Sub") })).toMatchObject({
      Attributes: {
        RawMessageDelivery: "true",
        FilterPolicyScope: "MessageBody",
        FilterPolicy: '{"price":[{"numeric":[">",100]}]}',
      },
    });
    expect(await stack.ask("kinesis", "DescribeStreamSummary", { StreamName: id("Clicks") })).toMatchObject({
      StreamDescriptionSummary: {
        RetentionPeriodHours: 48,
        EncryptionType: "KMS",
        OpenShardCount: 2,
        MaxRecordSizeInKiB: 2048,
      },
    });
    expect(await stack.ask("kinesis", "DescribeStreamSummary", { StreamName: id("Small") })).toMatchObject({
      StreamDescriptionSummary: { OpenShardCount: 1, StreamModeDetails: { StreamMode: "PROVISIONED" } },
    });
  });

  test("goes without leaving anything", async () => {
    await using stack = aStack();
    await stack.deploy(everything);
    const { status } = await stack.deploy(undefined);
    expect(failures(stack.events)).toEqual([]);
    expect(status).toBe("complete");
    expect(await stack.ask("sqs", "ListQueues")).toEqual({});
    expect(await stack.ask("sns", "ListTopics")).toMatchObject({ Topics: [] });
    expect(await stack.ask("sns", "ListSubscriptions")).toMatchObject({ Subscriptions: [] });
    expect(await stack.ask("kinesis", "ListStreams")).toMatchObject({ StreamNames: [] });
  });
});

/** What a resource is after a change in place, by what is asked of it. */
const changes = [
  {
    what: "a policy taken away from a queue leaves none",
    before: { Q: ["SQS::Queue"], P: ["SQS::QueuePolicy", { PolicyDocument: POLICY, Queues: [ref("Q")] }] },
    after: { Q: ["SQS::Queue"] },
    ask: ["sqs", "GetQueueAttributes", "Q", (QueueUrl: string) => ({ QueueUrl, AttributeNames: ["Policy"] })],
    answer: {},
  },
  {
    what: "a subscription is changed in place, and what is taken away gets its default",
    before: {
      Q: ["SQS::Queue"],
      T: ["SNS::Topic"],
      S: ["SNS::Subscription", { TopicArn: ref("T"), Protocol: "sqs", Endpoint: arn("Q"), RawMessageDelivery: true }],
    },
    after: {
      Q: ["SQS::Queue"],
      T: ["SNS::Topic"],
      S: ["SNS::Subscription", { TopicArn: ref("T"), Protocol: "sqs", Endpoint: arn("Q"), FilterPolicy: { a: ["b"] } }],
    },
    ask: ["sns", "GetSubscriptionAttributes", "S", (SubscriptionArn: string) => ({ SubscriptionArn })],
    answer: { Attributes: { RawMessageDelivery: "false", FilterPolicy: '{"a":["b"]}' } },
  },
  {
    what: "a topic's own subscriptions come and go, and its attributes are written",
    before: {
      Q: ["SQS::Queue"],
      T: ["SNS::Topic", { DisplayName: "a", Subscription: [{ Protocol: "sqs", Endpoint: arn("Q") }] }],
    },
    after: {
      Q: ["SQS::Queue"],
      T: ["SNS::Topic", { Subscription: [{ Protocol: "email", Endpoint: "a@example.com" }] }],
    },
    ask: ["sns", "GetTopicAttributes", "T", (TopicArn: string) => ({ TopicArn })],
    answer: { Attributes: { DisplayName: "", SubscriptionsConfirmed: "0", SubscriptionsPending: "1" } },
  },
  {
    what: "a stream grows, is kept shorter and is not encrypted any more",
    before: {
      K: [
        "Kinesis::Stream",
        { ShardCount: 1, RetentionPeriodHours: 72, StreamEncryption: { EncryptionType: "KMS", KeyId: "k" } },
      ],
    },
    after: { K: ["Kinesis::Stream", { ShardCount: 2, RetentionPeriodHours: 48 }] },
    ask: ["kinesis", "DescribeStreamSummary", "K", (StreamName: string) => ({ StreamName })],
    answer: { StreamDescriptionSummary: { OpenShardCount: 2, RetentionPeriodHours: 48, EncryptionType: "NONE" } },
  },
  {
    what: "a stream becomes one on demand",
    before: { K: ["Kinesis::Stream", { ShardCount: 1, DesiredShardLevelMetrics: ["ALL"] }] },
    after: {
      K: [
        "Kinesis::Stream",
        { StreamModeDetails: { StreamMode: "ON_DEMAND" }, DesiredShardLevelMetrics: ["IncomingBytes"] },
      ],
    },
    ask: ["kinesis", "DescribeStreamSummary", "K", (StreamName: string) => ({ StreamName })],
    answer: { StreamDescriptionSummary: { StreamModeDetails: { StreamMode: "ON_DEMAND" } } },
  },
] as const;

test.for(changes)("$what", async ({ before, after, ask: [service, operation, logicalId, input], answer }) => {
  await using stack = aStack();
  await stack.deploy(templateOf(before as never));
  const id = stack.physicalId(logicalId)!;
  await stack.deploy(templateOf(after as never));
  expect(failures(stack.events)).toEqual([]);
  expect(stack.physicalId(logicalId)).toBe(id);
  expect(await stack.ask(service, operation, input(id))).toMatchObject(answer);
  const again = await stack.plan(templateOf(after as never));
  expect([...again.steps, ...again.removals]).toEqual([]);
});

test("tags of the stack that change are changed on its resources", async () => {
  await using stack = aStack();
  const template = templateOf({ Q: ["SQS::Queue"], T: ["SNS::Topic"], K: ["Kinesis::Stream"], R: ["IAM::Role"] });
  await stack.deploy(template, { tags: { a: "1", b: "1" } });
  await stack.deploy(template, { tags: { a: "2" } });
  expect(stack.told).toEqual(expect.arrayContaining(["Q UPDATE_COMPLETE", "T UPDATE_COMPLETE", "K UPDATE_COMPLETE"]));
  expect(await stack.ask("sqs", "ListQueueTags", { QueueUrl: stack.physicalId("Q") })).toEqual({ Tags: { a: "2" } });
});

test("topics and streams have tags of the stack's own, which only a stack can give and nobody takes away", async () => {
  await using stack = aStack();
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, ""]));
  await stack.deploy(templateOf({ T: ["SNS::Topic"], K: ["Kinesis::Stream"] }), { tags });
  expect(failures(stack.events)).toEqual([]);
  const [ResourceArn, StreamName] = [stack.physicalId("T"), stack.physicalId("K")];
  const topic = await stack.ask<{ Tags: object[] }>("sns", "ListTagsForResource", { ResourceArn });
  expect(topic.Tags.slice(-3)).toEqual(systemTags("T"));
  const stream = await stack.ask<{ Tags: object[] }>("kinesis", "ListTagsForStream", { StreamName });
  expect(stream.Tags).toEqual(expect.arrayContaining(systemTags("K")));
  const { Key, Value } = systemTags("T")[0]!;
  await expect(stack.ask("sns", "UntagResource", { ResourceArn, TagKeys: [Key] })).rejects.toThrow("aws:");
  await expect(stack.ask("sns", "TagResource", { ResourceArn, Tags: [{ Key, Value }] })).rejects.toThrow("aws:");
  await expect(stack.ask("kinesis", "AddTagsToStream", { StreamName, Tags: { [Key]: Value } })).rejects.toThrow("aws:");
});

const refused: readonly (readonly [what: string, type: string, properties: object, reason: string])[] = [
  [
    "a property there is not",
    "SQS::Queue",
    { Colour: "red" },
    "Properties validation failed for resource R with message: #: extraneous key [Colour] is not permitted",
  ],
  [
    "a property of another type",
    "SQS::Queue",
    { DelaySeconds: "soon" },
    "Properties validation failed for resource R with message: #/DelaySeconds: expected type: Integer, found: String",
  ],
  [
    "a property that is missing",
    "SNS::Subscription",
    { Protocol: "sqs" },
    "Properties validation failed for resource R with message: #: required key [TopicArn] not found",
  ],
  [
    "a provisioned stream without a number of shards",
    "Kinesis::Stream",
    { StreamModeDetails: { StreamMode: "PROVISIONED" } },
    'Resource handler returned message: "ShardCount is expected when StreamMode=PROVISIONED',
  ],
  [
    "a metric beside all of them",
    "Kinesis::Stream",
    { DesiredShardLevelMetrics: ["ALL", "IncomingBytes"] },
    'Resource handler returned message: "DesiredShardLevelMetrics cannot have ALL with other metric names',
  ],
  [
    "a warm throughput beside a number of shards",
    "Kinesis::Stream",
    { ShardCount: 1, WarmThroughputMiBps: 1 },
    'Resource handler returned message: "WarmThroughputMiBps can only be set for ON_DEMAND streams',
  ],
  [
    "what the service refuses",
    "SQS::Queue",
    { DelaySeconds: 901 },
    'Resource handler returned message: "Invalid value for the parameter DelaySeconds. (Service: Sqs, Status Code: 400',
  ],
];

test.for(refused)("%s fails the resource", async ([, type, properties, reason]) => {
  await using stack = aStack();
  const { status } = await stack.deploy(templateOf({ R: [type, properties] }));
  expect(status).toBe("rolledBack");
  expect(failures(stack.events)).toEqual([expect.stringContaining(`R: ${reason}`)]);
});

test("a FIFO topic whose name does not say so fails, and the stack is undone", async () => {
  await using stack = aStack();
  const { status } = await stack.deploy(templateOf({ T: ["SNS::Topic", { TopicName: "orders", FifoTopic: true }] }));
  expect(status).toBe("rolledBack");
});

test("a named queue that has to be replaced needs another name", async () => {
  await using stack = aStack();
  const fifo = (FifoQueue: boolean, QueueName: string) => templateOf({ Q: ["SQS::Queue", { FifoQueue, QueueName }] });
  await stack.deploy(fifo(true, "q.fifo"));
  await stack.deploy(fifo(false, "q.fifo"));
  expect(failures(stack.events)).toEqual([
    expect.stringContaining(
      "CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename q.fifo and update the stack again.",
    ),
  ]);
});

test("what is to be retained stays when its stack goes, when it is replaced and when it is removed", async () => {
  await using stack = aStack();
  const kept = { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" };
  const template = (QueueName: string) => templateOf({ Q: ["SQS::Queue", { QueueName }, kept], P: ["SQS::Queue"] });
  await stack.deploy(template("a"));
  await stack.deploy(template("b"));
  expect(stack.told.at(-1)).toBe("Q DELETE_SKIPPED");
  await stack.deploy(undefined);
  expect(stack.told).toContain("Q DELETE_SKIPPED");
  const { QueueUrls } = await stack.ask<{ QueueUrls: string[] }>("sqs", "ListQueues");
  expect(QueueUrls.map((url) => url.split("/").at(-1))).toEqual(["a", "b"]);
});

function policyOf(Action: string) {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action, Resource: "*" }] };
}
