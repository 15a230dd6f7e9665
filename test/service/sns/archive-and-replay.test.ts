import { expect, test } from "vitest";
import { type Attributes, aService, invalid, QUEUE_ARN } from "../../support/sns.ts";

// §16

const DAY_MS = 24 * 60 * 60_000;
const START = "2026-01-02T03:04:05.678Z";
const ARCHIVE: Attributes = { ArchivePolicy: '{"MessageRetentionPeriod":"30"}' };
const replayFrom = (StartingPoint: string, more: object = {}) =>
  JSON.stringify({ PointType: "Timestamp", StartingPoint, ...more });

function aTopic(attributes: Attributes = ARCHIVE) {
  const service = aService();
  const TopicArn = service.createFifoTopic("orders.fifo", { ContentBasedDeduplication: "true", ...attributes });
  const SubscriptionArn = service.subscribe(TopicArn, "sqs", QUEUE_ARN);
  const archive = (AttributeValue: string) => ({ TopicArn, AttributeName: "ArchivePolicy", AttributeValue });
  const replay = (AttributeValue: string) => ({ SubscriptionArn, AttributeName: "ReplayPolicy", AttributeValue });
  return {
    ...service,
    TopicArn,
    SubscriptionArn,
    archive,
    replay,
    say: (Message: string) => service.publish({ TopicArn, Message, MessageGroupId: "g" }),
    /** What subscribers got since the last time, replayed messages with a mark. */
    heard: () =>
      service.deliveries
        .splice(0)
        .map(
          (delivery) =>
            delivery.type === "Notification" &&
            `${delivery.notification.content.message}${delivery.isFromArchive ? " again" : ""}`,
        ),
  };
}

test.for(['{"MessageRetentionPeriod":"1"}', '{"MessageRetentionPeriod":1}', '{ "MessageRetentionPeriod" : "365" }'])(
  "an archive policy can be %s",
  (ArchivePolicy) => {
    const { topicAttributes, TopicArn } = aTopic({ ArchivePolicy });
    expect(topicAttributes(TopicArn)).toMatchObject({ ArchivePolicy, BeginningArchiveTime: START });
  },
);

test.for<[policy: string, reason: string]>([
  ["", "Unable to parse JSON"],
  ["x", "Unable to parse JSON"],
  ["[]", "Unable to parse JSON"],
  ['{"Days":1}', "JSON is missing required fields"],
  ['{"MessageRetentionPeriod":"0"}', "MessageRetentionPeriod value is invalid"],
  ['{"MessageRetentionPeriod":366}', "MessageRetentionPeriod value is invalid"],
  ['{"MessageRetentionPeriod":1.5}', "MessageRetentionPeriod value is invalid"],
  ['{"MessageRetentionPeriod":"1.5"}', "MessageRetentionPeriod value is invalid"],
  ['{"MessageRetentionPeriod":true}', "MessageRetentionPeriod value is invalid"],
])("an archive policy cannot be '%s'", ([policy, reason]) => {
  const { archive, failure } = aTopic();
  expect(failure("SetTopicAttributes", archive(policy))).toEqual(invalid(`ArchivePolicy: ${reason}`));
  const Attributes = { FifoTopic: "true", ArchivePolicy: policy };
  expect(failure("CreateTopic", { Name: "other.fifo", Attributes })).toEqual(
    invalid(`Attributes Reason: ArchivePolicy: ${reason}`),
  );
});

test("an empty policy ends archiving, and a topic can be deleted only then", () => {
  const { archive, call, failure, topicAttributes, TopicArn } = aTopic();
  expect(failure("DeleteTopic", { TopicArn })).toEqual({
    code: "InvalidState",
    status: 400,
    message: "Invalid state: Cannot delete a topic with an ArchivePolicy",
  });
  call("SetTopicAttributes", archive("{}"));
  expect(topicAttributes(TopicArn)).not.toHaveProperty("ArchivePolicy");
  expect(topicAttributes(TopicArn)).not.toHaveProperty("BeginningArchiveTime");
  expect(call("DeleteTopic", { TopicArn })).toBeUndefined();
});

test("the archive begins with its policy, and moves on with the retention", () => {
  const { clock, topicAttributes, TopicArn } = aTopic();
  clock.advance(30 * DAY_MS);
  expect(topicAttributes(TopicArn)).toMatchObject({ BeginningArchiveTime: START });
  clock.advance(1);
  expect(topicAttributes(TopicArn)).toMatchObject({ BeginningArchiveTime: "2026-01-02T03:04:05.679Z" });
});

test("a replay without an end brings what was published, and live messages go on", () => {
  const { call, clock, heard, replay, say, subscriptionAttributes, SubscriptionArn } = aTopic();
  say("early");
  clock.advance(1000);
  say("late");
  expect(heard()).toEqual(["early", "late"]);
  const policy = replayFrom("2026-01-02T03:04:06.678Z");
  call("SetSubscriptionAttributes", replay(policy));
  say("live");
  expect(heard()).toEqual(["late again", "live"]);
  expect(subscriptionAttributes(SubscriptionArn)).toMatchObject({ ReplayPolicy: policy, ReplayStatus: "Completed" });
});

test("a replay with an end brings that part, and pauses the subscription after it", () => {
  const { call, clock, heard, replay, say, subscriptionAttributes, SubscriptionArn } = aTopic();
  say("early");
  clock.advance(1000);
  say("late");
  heard();
  call("SetSubscriptionAttributes", replay(replayFrom(START, { EndingPoint: "2026-01-02T03:04:06.000Z" })));
  say("live");
  expect(heard()).toEqual(["early again"]);
  expect(subscriptionAttributes(SubscriptionArn)).toMatchObject({ ReplayStatus: "Completed" });
  call("SetSubscriptionAttributes", replay(replayFrom("2026-01-02T03:04:06.678Z")));
  say("more");
  expect(heard()).toEqual(["late again", "live again", "more"]);
});

test("a replay whose end is still to come is in progress until then", () => {
  const { call, clock, replay, say, heard, subscriptionAttributes, SubscriptionArn } = aTopic();
  call("SetSubscriptionAttributes", replay(replayFrom(START, { EndingPoint: "2026-01-02T03:04:06.678Z" })));
  say("before");
  clock.advance(1000);
  expect(subscriptionAttributes(SubscriptionArn)).toMatchObject({ ReplayStatus: "In progress" });
  clock.advance(1);
  expect(subscriptionAttributes(SubscriptionArn)).toMatchObject({ ReplayStatus: "Completed" });
  say("after");
  expect(heard()).toEqual(["before"]);
});

test("filter policies apply to what is replayed", () => {
  const { call, heard, replay, say, SubscriptionArn } = aTopic();
  say('{"kind":"old"}');
  say('{"kind":"new"}');
  heard();
  call("SetSubscriptionAttributes", {
    SubscriptionArn,
    AttributeName: "FilterPolicyScope",
    AttributeValue: "MessageBody",
  });
  call("SetSubscriptionAttributes", {
    SubscriptionArn,
    AttributeName: "FilterPolicy",
    AttributeValue: '{"kind":["new"]}',
  });
  call("SetSubscriptionAttributes", replay(replayFrom(START)));
  expect(heard()).toEqual(['{"kind":"new"} again']);
});

test("a new subscription can ask for a replay at once", () => {
  const { heard, say, subscribe, TopicArn } = aTopic();
  say("early");
  heard();
  subscribe(TopicArn, "sqs", `${QUEUE_ARN}2`, { ReplayPolicy: replayFrom(START) });
  expect(heard()).toEqual(["early again"]);
});

const FOREIGN_QUEUE_ARN = "arn:aws:sqs:us-east-1:111111111111:orders.fifo";

test.for<[title: string, more: object, heard: readonly string[], status: string]>([
  ["and live messages follow", {}, ["early again", "meanwhile again", "live"], "Completed"],
  ["up to its end, where it pauses", { EndingPoint: "2026-01-02T03:04:06.000Z" }, ["early again"], "Completed"],
])("a replay waits until its subscription is confirmed, %s", ([, more, expected, status]) => {
  const { call, clock, deliveries, heard, say, subscribe, subscriptionAttributes, topics, TopicArn, ...first } =
    aTopic();
  call("Unsubscribe", { SubscriptionArn: first.SubscriptionArn });
  say("early");
  const ReplayPolicy = replayFrom(START, more);
  const SubscriptionArn = subscribe(TopicArn, "sqs", FOREIGN_QUEUE_ARN, { ReplayPolicy });
  expect(deliveries.splice(0)).toMatchObject([{ type: "SubscriptionConfirmation" }]);
  expect(subscriptionAttributes(SubscriptionArn)).toMatchObject({ ReplayPolicy, ReplayStatus: "Pending" });
  clock.advance(1000);
  say("meanwhile");
  expect(deliveries).toEqual([]);
  const { token: Token } = topics.subscription(SubscriptionArn)!.subscription;
  call("ConfirmSubscription", { TopicArn, Token });
  call("ConfirmSubscription", { TopicArn, Token });
  expect(subscriptionAttributes(SubscriptionArn)).toMatchObject({ ReplayStatus: status });
  say("live");
  expect(heard()).toEqual(expected);
});

test("the policy of a pending subscription can be changed before it is confirmed", () => {
  const { call, clock, deliveries, heard, say, subscribe, topics, TopicArn } = aTopic();
  say("early");
  clock.advance(1000);
  say("late");
  deliveries.splice(0);
  const SubscriptionArn = subscribe(TopicArn, "sqs", FOREIGN_QUEUE_ARN, { ReplayPolicy: replayFrom(START) });
  deliveries.splice(0);
  const AttributeValue = replayFrom("2026-01-02T03:04:06.678Z");
  call("SetSubscriptionAttributes", { SubscriptionArn, AttributeName: "ReplayPolicy", AttributeValue });
  expect(deliveries).toEqual([]);
  call("ConfirmSubscription", { TopicArn, Token: topics.subscription(SubscriptionArn)!.subscription.token });
  expect(heard()).toEqual(["late again"]);
});

test("a subscription that is brought back gets no replay again", () => {
  const { call, deliveries, heard, say, subscribe, topics, TopicArn } = aTopic();
  say("early");
  const SubscriptionArn = subscribe(TopicArn, "sqs", `${QUEUE_ARN}2`, { ReplayPolicy: replayFrom(START) });
  expect(heard()).toEqual(["early", "early again"]);
  call("Unsubscribe", { SubscriptionArn });
  deliveries.splice(0);
  call("ConfirmSubscription", { TopicArn, Token: topics.subscription(SubscriptionArn)!.subscription.token });
  expect(heard()).toEqual([]);
});

test("without an archive nothing is replayed", () => {
  const { call, heard, replay, say } = aTopic({});
  say("early");
  heard();
  call("SetSubscriptionAttributes", replay(replayFrom(START)));
  expect(heard()).toEqual([]);
});

test("the empty text takes a replay policy away, and the pause with it", () => {
  const { call, heard, replay, say, subscriptionAttributes, SubscriptionArn } = aTopic();
  call("SetSubscriptionAttributes", replay(replayFrom("2026-01-01T00:00:00Z", { EndingPoint: START })));
  say("paused");
  call("SetSubscriptionAttributes", replay(""));
  say("live");
  expect(heard()).toEqual(["live"]);
  expect(subscriptionAttributes(SubscriptionArn)).not.toHaveProperty("ReplayPolicy");
  expect(subscriptionAttributes(SubscriptionArn)).not.toHaveProperty("ReplayStatus");
});

test.for<[policy: string, reason: string]>([
  ["x", "Unable to parse JSON"],
  ["{}", "JSON is missing required fields"],
  [`{"StartingPoint":"${START}"}`, "JSON is missing required fields"],
  ['{"PointType":"Timestamp"}', "JSON is missing required fields"],
  [replayFrom(START, { PointType: "Sequence" }), "Invalid PointType"],
  [replayFrom("yesterday"), "Invalid StartingPoint value"],
  [replayFrom(START, { EndingPoint: "tomorrow" }), "Invalid EndingPoint value"],
  [replayFrom(START, { EndingPoint: START }), "Invalid EndingPoint value"],
])("a replay policy cannot be %s", ([policy, reason]) => {
  const { failure, replay, TopicArn } = aTopic();
  expect(failure("SetSubscriptionAttributes", replay(policy))).toEqual(invalid(`ReplayPolicy: ${reason}`));
  const Attributes = { ReplayPolicy: policy };
  expect(failure("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: `${QUEUE_ARN}2`, Attributes })).toEqual(
    invalid(`Attributes Reason: ReplayPolicy: ${reason}`),
  );
});
