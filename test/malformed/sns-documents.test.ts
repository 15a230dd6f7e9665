import fc from "fast-check";
import { expect, test } from "vitest";
import { AwsError } from "../../src/kernel/aws-error.ts";
import type { Input } from "../support/service-call.ts";
import { aService, QUEUE_ARN } from "../support/sns.ts";
import { oddJson, oddJsonText } from "./sns-requests.ts";

/** A service with one of everything that holds a document, and a call for each place where a document can stand. */
function aPlaceForEach() {
  const sns = aService();
  const topic = sns.createTopic("orders");
  const fifo = sns.createFifoTopic("orders.fifo");
  const web = sns.subscribe(topic, "http", "http://127.0.0.1:1/");
  const queue = sns.subscribe(topic, "sqs", QUEUE_ARN);
  const ordered = sns.subscribe(fifo, "sqs", `${QUEUE_ARN}.fifo`);
  const ofTopic = (TopicArn: string, AttributeName: string) => (AttributeValue: string) =>
    sns.call("SetTopicAttributes", { TopicArn, AttributeName, AttributeValue });
  const ofSubscription = (SubscriptionArn: string, AttributeName: string) => (AttributeValue: string) =>
    sns.call("SetSubscriptionAttributes", { SubscriptionArn, AttributeName, AttributeValue });
  /** Once to set it and once to compare it, written a little differently. */
  const twice = (operation: string, input: Input, attribute: string) => (text: string) => {
    for (const value of [text, ` ${text}`]) sns.call(operation, { ...input, Attributes: { [attribute]: value } });
  };
  const another = { TopicArn: topic, Protocol: "sqs", Endpoint: `${QUEUE_ARN}-2` };
  const places: Readonly<Record<string, (text: string) => unknown>> = {
    "a topic's Policy": ofTopic(topic, "Policy"),
    "a topic's DeliveryPolicy": ofTopic(topic, "DeliveryPolicy"),
    "an ArchivePolicy": ofTopic(fifo, "ArchivePolicy"),
    "a FilterPolicy": ofSubscription(queue, "FilterPolicy"),
    "a RedrivePolicy": ofSubscription(queue, "RedrivePolicy"),
    "a subscription's DeliveryPolicy": ofSubscription(web, "DeliveryPolicy"),
    "a ReplayPolicy": ofSubscription(ordered, "ReplayPolicy"),
    "a FilterPolicy compared": twice("Subscribe", another, "FilterPolicy"),
    "a RedrivePolicy compared": twice("Subscribe", { ...another, Endpoint: QUEUE_ARN }, "RedrivePolicy"),
    "a Policy compared": twice("CreateTopic", { Name: "orders" }, "Policy"),
    "a Policy added to": () =>
      sns.call("AddPermission", {
        TopicArn: topic,
        Label: "a",
        AWSAccountId: ["1".repeat(12)],
        ActionName: ["Publish"],
      }),
    "a DataProtectionPolicy": (DataProtectionPolicy) =>
      sns.call("PutDataProtectionPolicy", { ResourceArn: topic, DataProtectionPolicy }),
    "a structured message": (Message) => sns.call("Publish", { TopicArn: topic, Message, MessageStructure: "json" }),
    "an attribute that is a list": (StringValue) =>
      sns.call("Publish", {
        TopicArn: topic,
        Message: StringValue,
        MessageAttributes: { default: { DataType: "String.Array", StringValue } },
      }),
    "what is shown": () => [sns.topicAttributes(topic), sns.topicAttributes(fifo), sns.subscriptionAttributes(web)],
  };
  return places;
}

/** Runs the call; whatever it is refused with has to be one of AWS's errors, and the caller's mistake. */
function survive(call: (text: string) => unknown, text: string): void {
  try {
    call(text);
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    expect(cause.fault).toBe("Sender");
  }
}

function surviveEverywhere(text: string): void {
  for (const call of Object.values(aPlaceForEach())) survive(call, text);
}

test("no JSON, and nothing that is none, is more than a refusal wherever a document can stand", () => {
  fc.assert(fc.property(oddJsonText, surviveEverywhere), { numRuns: 500 });
  fc.assert(fc.property(fc.string({ unit: "binary" }), surviveEverywhere));
  fc.assert(fc.property(fc.jsonValue(), (json) => surviveEverywhere(JSON.stringify(json))));
});

const STATEMENT = { Effect: "Allow", Principal: "*", Action: "SNS:Publish" };
const DATA_STATEMENT = {
  DataDirection: "Inbound",
  Principal: ["*"],
  DataIdentifier: ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"],
  Operation: { Deny: {} },
};

/** Documents that are good but for one member. */
const nearly = fc.constantFrom<readonly [object: object, list?: string]>(
  [{ Version: "2012-10-17", ...STATEMENT }, "Statement"],
  [{ Name: "n", Version: "2021-06-01", ...DATA_STATEMENT }, "Statement"],
  [{ numRetries: 3, minDelayTarget: 1, maxDelayTarget: 2, backoffFunction: "linear" }, "healthyRetryPolicy"],
  [{ maxReceivesPerSecond: 1 }, "throttlePolicy"],
  [{ deadLetterTargetArn: QUEUE_ARN }],
  [{ PointType: "Timestamp", StartingPoint: "2023-10-01T10:00:00.000Z", EndingPoint: "2023-10-02T10:00:00.000Z" }],
  [{ MessageRetentionPeriod: "30" }],
  [{ default: "x", sqs: "y" }],
);

test("nor is a document that is good but for one member", () => {
  const spoilt = fc.tuple(nearly, fc.nat(10), fc.oneof(oddJson, fc.jsonValue(), fc.constant({ toString: 1 })));
  fc.assert(
    fc.property(spoilt, ([[good, list], place, bad]) => {
      const members = Object.keys(good);
      const inner = { ...good, [members[place % members.length]!]: bad };
      surviveEverywhere(JSON.stringify(list === undefined ? inner : { ...good, [list]: inner }));
      surviveEverywhere(JSON.stringify(list === undefined ? inner : { ...good, [list]: [inner] }));
      surviveEverywhere(JSON.stringify({ http: { defaultHealthyRetryPolicy: inner } }));
    }),
    { numRuns: 500 },
  );
});

test("a member that cannot even be turned into a text is refused", () => {
  const stubborn = { toString: 1, valueOf: 1 };
  surviveEverywhere(JSON.stringify({ Statement: { ...STATEMENT, Effect: stubborn } }));
  surviveEverywhere(JSON.stringify({ MessageRetentionPeriod: stubborn }));
});

const DEPTHS = [1000, 1001, 10_000, 100_000];

test.for(DEPTHS)("documents %i levels deep do no harm", (depth) => {
  const lists = `${"[".repeat(depth)}${"]".repeat(depth)}`;
  surviveEverywhere(lists);
  surviveEverywhere("[".repeat(depth));
  surviveEverywhere(`${'{"a":'.repeat(depth)}[1]${"}".repeat(depth)}`);
  surviveEverywhere(`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"SNS:Publish","Condition":${lists}}]}`);
  surviveEverywhere(`{"Statement":[{"Effect":${lists},"Principal":"*","Action":"SNS:Publish"}]}`);
  surviveEverywhere(`{"MessageRetentionPeriod":"30","a":${lists}}`);
  surviveEverywhere(`{"PointType":"Timestamp","StartingPoint":"2023-10-01T10:00:00.000Z","a":${lists}}`);
  surviveEverywhere(`{"default":"x","a":${lists}}`);
  surviveEverywhere(`{"deadLetterTargetArn":"${QUEUE_ARN}","a":${lists}}`);
});
