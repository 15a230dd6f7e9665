import { expect, test } from "vitest";
import { applyWorld } from "../../../src/provisioning/apply/apply.ts";
import { readFormat } from "../../../src/provisioning/format/read-format.ts";
import { provisioned } from "../../support/declaring.ts";

const ELASTICMQ = `
include classpath("application.conf")
node-address { host = "*", port = 9324 } # as the documentation has it
aws { region = us-west-2
  accountId = 000000000000 }
defaults.timeout = 10 seconds
queues {
  orders {
    defaultVisibilityTimeout = \${defaults.timeout}
    delay = 5 seconds, receiveMessageWait = 0 seconds
    deadLettersQueue { name = "orders-dead"; maxReceiveCount = 3 }
    tags { team = shop, "a b": c }
    moveTo = "elsewhere"
  }
  orders-dead { defaultVisibilityTimeout = 1500 ms }
  "jobs.fifo" { fifo = true, contentBasedDeduplication = true }
  steps { fifo = true } // the suffix is appended
}
queues.orders.delay = 6s
`.replace("; max", "\n max");

const GOAWS = `
Other: { Queues: [{ Name: never }] }
Local:
  Host: goaws.com
  Port: 4100
  Region: eu-west-1
  AccountId: queue
  QueueAttributeDefaults: { VisibilityTimeout: 25, ReceiveMessageWaitTimeSeconds: 0 }
  Queues:
    - Name: orders
      RedrivePolicy: '{"maxReceiveCount": 100, "deadLetterTargetArn": "arn:aws:sqs:eu-west-1:000000000000:dead"}'
    - { Name: dead, MessageRetentionPeriod: 3600 }
  Topics:
    - Name: events
      Subscriptions:
        - { QueueName: orders, Raw: true, FilterPolicy: '{"a": ["b"]}' }
        - { QueueName: made-for-it }
        - { Protocol: http, EndPoint: "http://localhost:1/hook", TopicArn: x, Raw: false }
`;

const FAUXQS = JSON.stringify({
  region: "eu-west-1",
  queues: [
    { name: "orders", attributes: { VisibilityTimeout: "25" }, tags: { a: "b" } },
    { name: "far", region: "us-east-2" },
  ],
  topics: [{ name: "events" }],
  subscriptions: [{ topic: "events", queue: "orders", attributes: { RawMessageDelivery: "true" } }],
  buckets: ["files"],
});

/** What a server exports to which the file was applied, and what the file says that has no counterpart. */
async function madeOf(name: string, text: string, region: string) {
  await using here = provisioned();
  const { format, world } = readFormat(name, text);
  await applyWorld(world, here.deps);
  return { format, notes: world.notes, exported: await here.export({ account: "000000000000", region }) };
}

test("elasticmq.conf", async () => {
  expect(await madeOf("elasticmq.conf", ELASTICMQ, "us-west-2")).toEqual({
    format: "elasticmq",
    notes: [
      "node-address: queue URLs are those under which a caller reaches the server.",
      "queues.orders.moveTo: there is no such thing on AWS.",
    ],
    exported: `regions:
  us-west-2:
    queues:
      jobs.fifo:
        ContentBasedDeduplication: true
      orders:
        VisibilityTimeout: 10
        DelaySeconds: 6
        RedrivePolicy:
          deadLetterTargetArn: orders-dead
          maxReceiveCount: 3
        Tags:
          team: shop
          a b: c
      orders-dead:
        VisibilityTimeout: 1
      steps.fifo: {}
`,
  });
});

test("goaws.yaml", async () => {
  const made = await madeOf("goaws.yaml", GOAWS, "eu-west-1");
  expect(made).toEqual({
    format: "goaws",
    notes: [
      "Host: --host says where to listen.",
      "Port: --port says where to listen.",
      "AccountId: an account id has 12 digits; the server's own is taken.",
    ],
    exported: `regions:
  eu-west-1:
    queues:
      dead:
        VisibilityTimeout: 25
        MessageRetentionPeriod: 3600
      made-for-it:
        VisibilityTimeout: 25
      orders:
        VisibilityTimeout: 25
        RedrivePolicy:
          deadLetterTargetArn: dead
          maxReceiveCount: 100
    topics:
      events:
        subscriptions:
          - made-for-it
          - Endpoint: orders
            RawMessageDelivery: true
            FilterPolicy:
              a:
                - b
          - http://localhost:1/hook
`,
  });
});

test("the init file of fauxqs", async () => {
  expect(await madeOf("init.json", FAUXQS, "eu-west-1")).toEqual({
    format: "fauxqs",
    notes: ["buckets: S3 takes assets of deployments here, and none is made beforehand."],
    exported: `regions:
  eu-west-1:
    queues:
      orders:
        VisibilityTimeout: 25
        Tags:
          a: b
    topics:
      events:
        subscriptions:
          - Endpoint: orders
            RawMessageDelivery: true
`,
  });
});

test.for([
  ["a.conf", "queues { a {", "a.conf:1:13: a brace is missing"],
  ["a.conf", "queues { a { delay = often } }", "a.conf:1:14: delay is no duration such as 10 seconds"],
  ["a.conf", "queues { a { delay = ${x} } }", "a.conf:1:22: there is no x"],
  ["a.conf", "a = ${a}", "a.conf:1:1: a substitution stands for something it is in"],
  ["a.conf", `${"a {".repeat(200)}`, "it is nested too deeply"],
  ["a.conf", "}", "a.conf:1:1: a name is expected here"],
  ["goaws.yaml", "Local:\n  Queues:\n    - { VisibilityTimeout: 3 }", "goaws.yaml:3:7: Name must be a text"],
  ["init.json", '{"queues": [{"nam": "a"}]}', "init.json:1:13: name must be a text"],
  [
    "init.json",
    '{"topics": [], "subscriptions": [{"topic": "t", "queue": "q"}]}',
    "init.json:1:34: there is no topic t",
  ],
  ["other.yaml", "a: b", "other.yaml is neither elasticmq.conf, goaws.yaml nor an init file of fauxqs"],
] as const)("%s with %j is refused with its place", ([name, text, message]) => {
  expect(() => readFormat(name, text)).toThrow(message);
});

const SERVERLESS = "service: shop\nprovider: { name: aws }\nfunctions: {}\n";

test.for([
  [
    "stack.yaml",
    "Resources:\n  Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub 'a-${x}' } }",
    "stack.yaml is a CloudFormation template: --template stack.yaml has it be a stack",
  ],
  [
    "sam.json",
    '{"AWSTemplateFormatVersion": "2010-09-09"}',
    "sam.json is a CloudFormation template: --template sam.json",
  ],
  [
    "serverless.yml",
    SERVERLESS,
    "after `serverless package`, --template .serverless/cloudformation-template-update-stack.json",
  ],
  [
    "manifest.json",
    '{"version": "1", "artifacts": {}}',
    "manifest.json is written by cdk synth: --template and its folder",
  ],
  ["mine.yaml", "queues: { jobs: }", "mine.yaml is a configuration of ours: --config mine.yaml reads it"],
] as const)("%s, which others read, is refused with what to give instead", ([name, text, message]) => {
  expect(() => readFormat(name, text)).toThrow(message);
});
