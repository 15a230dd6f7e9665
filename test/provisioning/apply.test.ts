import { describe, expect, test } from "vitest";
import { linesOf, provisioned } from "../support/declaring.ts";

const FILE = `
queues:
  orders:
    VisibilityTimeout: 60
    RedrivePolicy: { deadLetterTargetArn: orders-dead, maxReceiveCount: "3" }
    Policy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: "*", Action: "sqs:*", Resource: "*" }] }
    Tags: { team: shop }
    messages:
      - hello
      - { MessageBody: later, DelaySeconds: 5 }
  orders-dead:
    RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [orders] }
  jobs.fifo: { ContentBasedDeduplication: true }
topics:
  events:
    DisplayName: Events
    DeliveryPolicy: { http: { defaultHealthyRetryPolicy: { numRetries: 5 } } }
    Tags: { team: shop }
    subscriptions:
      - orders
      - { Endpoint: "Ann@Example.com", Protocol: email-json }
      - Endpoint: http://localhost:1/hook
      - Endpoint: arn:aws:sqs:us-east-1:000000000000:orders-dead
        RawMessageDelivery: true
        FilterPolicy: { kind: [a, { numeric: [">", 1] }] }
        RedrivePolicy: { deadLetterTargetArn: orders }
    messages: [published]
  news.fifo: { subscriptions: [jobs.fifo], ArchivePolicy: { MessageRetentionPeriod: 3 } }
streams:
  clicks:
    ShardCount: 2
    RetentionPeriodHours: 48
    KmsKeyId: alias/aws/kinesis
    ShardLevelMetrics: [OutgoingBytes, IncomingBytes]
    Tags: { team: web }
    consumers: [reader]
    records:
      - click
      - { Data: { x: 1 }, PartitionKey: a }
  views: { StreamMode: ON_DEMAND }
regions:
  eu-west-1: { queues: [orders] }
accounts:
  "111111111111":
    queues: [orders]
    regions: { eu-west-1: { topics: [events] } }
`;

const url = "http://localhost:4566/000000000000/orders";

describe("a file is applied", () => {
  test("with all that it declares", async () => {
    await using here = provisioned();
    const applied = await here.apply(FILE);
    expect(linesOf(applied)).toEqual([
      "created queue orders",
      "created queue orders-dead",
      "created queue jobs.fifo",
      "created topic events",
      "created subscription events > orders",
      "created subscription events > Ann@Example.com",
      "created subscription events > http://localhost:1/hook",
      "created subscription events > orders-dead",
      "created topic news.fifo",
      "created subscription news.fifo > jobs.fifo",
      "created stream clicks",
      "created consumer clicks > reader",
      "created stream views",
      "created queue orders",
      "created queue orders",
      "created topic events",
    ]);
    const { Attributes } = await here.call("sqs", "GetQueueAttributes", { QueueUrl: url, AttributeNames: ["All"] });
    expect(Attributes).toMatchObject({
      VisibilityTimeout: "60",
      // Two were seeded, one of them delayed, and one was published.
      ApproximateNumberOfMessages: "2",
      ApproximateNumberOfMessagesDelayed: "1",
      RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:orders-dead","maxReceiveCount":3}',
    });
    const stream = await here.call<{ StreamDescriptionSummary: object }>("kinesis", "DescribeStreamSummary", {
      StreamName: "clicks",
    });
    expect(stream.StreamDescriptionSummary).toMatchObject({
      OpenShardCount: 2,
      RetentionPeriodHours: 48,
      ConsumerCount: 1,
    });
    const elsewhere = { account: "111111111111", region: "eu-west-1" };
    expect(await here.call("sns", "ListTopics", {}, elsewhere)).toMatchObject({
      Topics: [{ TopicArn: "arn:aws:sns:eu-west-1:111111111111:events" }],
    });
  });

  test("again without doing anything, and without seeds", async () => {
    await using here = provisioned();
    await here.apply(FILE);
    const again = await here.apply(FILE);
    expect(linesOf(again)).toEqual([]);
    expect(again.unchanged).toBe(16);
    const { Attributes } = await here.call("sqs", "GetQueueAttributes", { QueueUrl: url, AttributeNames: ["All"] });
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: "2" });
  });

  test("with changes, and says which; what it does not name stays", async () => {
    await using here = provisioned();
    await here.apply(FILE);
    const changed = `
queues:
  orders: { VisibilityTimeout: 90, Tags: { team: shipping, cost: low } }
topics:
  events:
    DisplayName: All events
    subscriptions: [{ Endpoint: orders-dead, FilterPolicy: { kind: [b] } }]
streams:
  clicks: { ShardCount: 4, RetentionPeriodHours: 24, KmsKeyId: "", ShardLevelMetrics: [IncomingRecords] }
`;
    const dry = await here.plan(changed);
    const applied = await here.apply(changed);
    expect(linesOf(applied)).toEqual([
      "changed queue orders; VisibilityTimeout: 60 → 90; tag team: shop → shipping; tag cost: low",
      "changed topic events; DisplayName: Events → All events",
      'changed subscription events > orders-dead; FilterPolicy: {"kind":["a",{"numeric":[">",1]}]} → {"kind":["b"]}',
      "changed stream clicks; ShardCount: 2 → 4; RetentionPeriodHours: 48 → 24; KmsKeyId: alias/aws/kinesis → ; ShardLevelMetrics: IncomingBytes,OutgoingBytes → IncomingRecords",
    ]);
    expect(dry.changes).toEqual(applied.changes);
    expect(linesOf(await here.apply(changed))).toEqual([]);
    expect(linesOf(await here.apply(FILE))).toHaveLength(4);
  });

  test("in profile aws, too, where streams take their time and calls can come too often", async () => {
    await using here = provisioned({ profile: "aws" });
    const streams = Array.from({ length: 12 }, (_, index) => `  s${index}: { RetentionPeriodHours: 48, records: [a] }`);
    await here.apply(`streams:\n${streams.join("\n")}\n`);
    const stream = await here.call("kinesis", "DescribeStreamSummary", { StreamName: "s11" });
    expect(stream).toMatchObject({ StreamDescriptionSummary: { RetentionPeriodHours: 48, StreamStatus: "ACTIVE" } });
  });
});

describe("what cannot be", () => {
  test.for([
    [
      "queues:\n  jobs: { VisibilityTimeout: 99999 }",
      "2:3: queue jobs: Invalid value for the parameter VisibilityTimeout.",
    ],
    [
      "queues:\n  jobs: { VisibilityTimout: 9 }",
      "2:11: there is no VisibilityTimout here; did you mean VisibilityTimeout?",
    ],
    ["queue:\n  jobs:", "1:1: there is no queue here; did you mean queues?"],
    ["queues:\n  a b:", "2:3: queue a b: "],
    ["queues:\n  jobs: { messages: [''] }", "2:22: message to queue jobs: "],
    ["topics:\n  t:\n    subscriptions:\n      - { Endpoint: q, Protocol: pigeon }", "4:9: subscription of topic t: "],
    ["topics:\n  t:\n    subscriptions:\n      - { Protocol: sqs }", "4:9: Endpoint must be a text"],
    ["streams:\n  s: { ShardCount: none }", "2:3: stream s: "],
    ["accounts:\n  12: {}", "2:3: an account id has 12 digits"],
    ["regions:\n  Here!: {}", "2:3: "],
    ["queues: jobs", "1:1: queues must have members"],
    ["queues:\n  jobs: 3", "2:3: jobs must have members"],
  ] as const)("%j is refused with its place", async ([text, message]) => {
    await using here = provisioned();
    await expect(here.apply(text)).rejects.toThrow(`waystation.yaml:${message}`);
  });

  test("leaves nothing half done: what was created is gone, what was changed is as before", async () => {
    await using here = provisioned();
    await here.apply("queues: { old: { VisibilityTimeout: 10, Tags: { a: b } } }\nstreams: { clicks: }\n");
    const bad = `
queues:
  old: { VisibilityTimeout: 20, Tags: { a: c, d: e } }
  new: { messages: [a, { MessageBody: b, DelaySeconds: 99999 }] }
topics: { events: { subscriptions: [new] } }
streams: { clicks: { RetentionPeriodHours: 72, consumers: [reader] }, views: }
`;
    await expect(here.apply(bad)).rejects.toThrow("waystation.yaml:4:24: message to queue new: ");
    expect(await here.call("sqs", "ListQueues", {})).toEqual({
      QueueUrls: ["http://localhost:4566/000000000000/old"],
    });
    expect(await here.call("sns", "ListTopics", {})).toMatchObject({ Topics: [] });
    expect(await here.call("sns", "ListSubscriptions", {})).toMatchObject({ Subscriptions: [] });
    const QueueUrl = "http://localhost:4566/000000000000/old";
    expect(await here.call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] })).toMatchObject({
      Attributes: { VisibilityTimeout: "10" },
    });
    expect(await here.call("sqs", "ListQueueTags", { QueueUrl })).toEqual({ Tags: { a: "b" } });
    const streams = await here.call("kinesis", "ListStreams", {});
    expect(streams).toMatchObject({ StreamNames: ["clicks"] });
    expect(await here.call("kinesis", "DescribeStreamSummary", { StreamName: "clicks" })).toMatchObject({
      StreamDescriptionSummary: { RetentionPeriodHours: 24, ConsumerCount: 0 },
    });
  });

  test("is told before anything is done, where the form alone shows it", async () => {
    await using here = provisioned();
    await expect(here.apply("queues: { good: }\ntopics: { t: { Displayname: a } }")).rejects.toThrow("DisplayName");
    expect(await here.call("sqs", "ListQueues", {})).toEqual({});
  });
});
