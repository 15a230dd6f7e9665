import { expect, test } from "vitest";
import { exportWorld } from "../../src/provisioning/export/export-world.ts";
import { linesOf, provisioned } from "../support/declaring.ts";

const POLICY = '{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: "*", Action: "*", Resource: "*" }] }';
const FILE = `queues:
  dead:
    RedriveAllowPolicy: { redrivePermission: allowAll }
  jobs:
    VisibilityTimeout: 60
    RedrivePolicy: { deadLetterTargetArn: dead, maxReceiveCount: 3 }
    Policy: ${POLICY}
    Tags: { a: b }
  keyed: { KmsMasterKeyId: alias/a }
  jobs.fifo: { ContentBasedDeduplication: true }
topics:
  events:
    DisplayName: Events
    Tags: { a: b }
    subscriptions:
      - jobs
      - { Endpoint: dead, RawMessageDelivery: true, FilterPolicy: { a: [b] }, FilterPolicyScope: MessageBody }
      - { Endpoint: ann@example.com, Protocol: email-json }
  plain: {}
streams:
  clicks:
    ShardCount: 2
    RetentionPeriodHours: 48
    ShardLevelMetrics: [IncomingBytes]
    Tags: { a: b }
    consumers: [reader]
  views: { StreamMode: ON_DEMAND }
regions:
  eu-west-1: { queues: { jobs: {} } }
accounts:
  "111111111111":
    queues: { jobs: {} }
`;

const places = [
  { account: "000000000000", region: "us-east-1" },
  { account: "000000000000", region: "eu-west-1" },
  { account: "111111111111", region: "us-east-1" },
];

test("what is exported makes the same of a server that has nothing", async () => {
  await using here = provisioned();
  await here.apply(FILE);
  const exported = await here.export(...places);
  expect(linesOf(await here.apply(exported))).toEqual([]);
  await using other = provisioned();
  const applied = await other.apply(exported);
  expect(await other.export(...places)).toBe(exported);
  expect(linesOf(applied)).toHaveLength(14);
});

test("it says no more than has to be said", async () => {
  await using here = provisioned();
  await here.apply(FILE);
  expect(await here.export(places[0]!)).toBe(`queues:
  dead:
    RedriveAllowPolicy:
      redrivePermission: allowAll
  jobs:
    VisibilityTimeout: 60
    RedrivePolicy:
      deadLetterTargetArn: dead
      maxReceiveCount: 3
    Policy:
      Version: 2012-10-17
      Statement:
        - Effect: Allow
          Principal: "*"
          Action: "*"
          Resource: "*"
    Tags:
      a: b
  jobs.fifo:
    ContentBasedDeduplication: true
  keyed:
    KmsMasterKeyId: alias/a
topics:
  events:
    DisplayName: Events
    Tags:
      a: b
    subscriptions:
      - Endpoint: ann@example.com
        Protocol: email-json
      - Endpoint: dead
        RawMessageDelivery: true
        FilterPolicy:
          a:
            - b
        FilterPolicyScope: MessageBody
      - jobs
  plain: {}
streams:
  clicks:
    ShardCount: 2
    RetentionPeriodHours: 48
    ShardLevelMetrics:
      - IncomingBytes
    Tags:
      a: b
    consumers:
      - reader
  views:
    StreamMode: ON_DEMAND
`);
});

test("tags that CloudFormation gives are not exported, since no file can give them", async () => {
  await using here = provisioned();
  const of = { ...places[0]!, stackId: "arn:aws:cloudformation:us-east-1:000000000000:stack/app/1" };
  const Key = "aws:cloudformation:logical-id";
  const topic = { Name: "events", Tags: [{ Key, Value: "T" }] };
  await here.deps.operate("sns", "CreateTopic", topic, of);
  await here.deps.operate("kinesis", "CreateStream", { StreamName: "clicks", Tags: { [Key]: "K", a: "b" } }, of);
  const text = await here.export(places[0]!);
  expect(text).not.toContain("aws:");
  expect(text).toContain("    Tags:\n      a: b\n");
});

test("a server that has nothing has nothing to export", async () => {
  await using here = provisioned();
  expect(await here.export(...places)).toBe("{}\n");
});

test("others have their turn while many are exported, and what is gone by then is left out", async () => {
  await using here = provisioned();
  const names = Array.from({ length: 60 }, (_, index) => `n${index + 10}`);
  await here.apply(
    `queues: { ${names.map((name) => `${name}: {}`)} }\ntopics: { ${names.map((name) => `${name}: {}`)} }`,
  );
  const [place] = places;
  let turns = 0;
  const nextTurn = async (): Promise<void> => {
    if (turns++ > 0) return;
    await here.call("sqs", "DeleteQueue", { QueueUrl: `http://localhost:4566/${place?.account}/n69` });
    await here.call("sns", "DeleteTopic", { TopicArn: `arn:aws:sns:${place?.region}:${place?.account}:n68` });
  };
  const { world } = await exportWorld(place === undefined ? [] : [place], { ...here.deps, nextTurn });
  const { queues, topics } = world as Record<"queues" | "topics", object>;
  expect(Object.keys(queues)).toEqual(names.filter((name) => name !== "n69"));
  expect(Object.keys(topics)).toEqual(names.filter((name) => name !== "n68"));
  expect(turns).toBeGreaterThan(4);
});
