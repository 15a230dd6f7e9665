import { expect, test } from "vitest";
import { scopeOf } from "../../src/kernel/scope.ts";
import { aKinesis } from "../support/kinesis.ts";
import { ACCOUNT, type Input, REGION } from "../support/service-call.ts";
import { aService as anSns } from "../support/sns.ts";
import { aService as anSqs } from "../support/sqs.ts";

const COUNT = 2000;
const PAGE = 100;
/** A page costs its own items and a binary search, each with a few looks at what an item is listed by. */
const MOST_LOOKS = 4 * PAGE;
const scope = scopeOf(ACCOUNT, REGION);
const numbers = Array.from({ length: COUNT }, (_, number) => String((number * 7919) % COUNT).padStart(4, "0"));

/** Counts how often anybody looks at a member of the items from now on. */
function watch<Item extends object>(items: readonly Item[], member: keyof Item): { looks: number } {
  const counted = { looks: 0 };
  for (const item of items) {
    const value = item[member];
    const get = () => {
      counted.looks++;
      return value;
    };
    Object.defineProperty(item, member, { get });
  }
  return counted;
}

interface Case {
  readonly call: (operation: string, input: Input) => unknown;
  readonly counted: { looks: number };
  readonly input: Input;
}

function queues(attributes: Readonly<Record<string, string>> = {}): Case {
  const { call, createQueue, directory } = anSqs();
  const target = createQueue("target");
  for (const number of numbers) createQueue(`queue-${number}`, attributes);
  const counted = watch([...directory.in(scope).list()], "name");
  return { call, counted, input: { QueueUrl: target, MaxResults: PAGE } };
}

function topics(): Case {
  const { call, createTopic, topics: directory } = anSns();
  for (const number of numbers) createTopic(`topic-${number}`);
  return { call, counted: watch([...directory.in(scope).list()], "name"), input: {} };
}

function subscriptions(): Case {
  const { call, createTopic, subscribe, topics: directory } = anSns();
  const TopicArn = createTopic("topic");
  for (const number of numbers) subscribe(TopicArn, "sqs", `arn:aws:sqs:${REGION}:${ACCOUNT}:${number}`);
  return { call, counted: watch(directory.byArn(TopicArn)!.subscriptions, "createdAt"), input: { TopicArn } };
}

function applications(): Case {
  const { call, mobile } = anSns();
  const platforms = mobile.in(scope);
  for (const number of numbers) platforms.create("GCM", number, { isEnabled: true, attributes: {} });
  return { call, counted: watch([...platforms.list()], "arn"), input: {} };
}

function endpoints(): Case {
  const { call, mobile } = anSns();
  const platforms = mobile.in(scope);
  const application = platforms.create("GCM", "app", { isEnabled: true, attributes: {} });
  for (const token of numbers) {
    platforms.createEndpoint(application, { token, isEnabled: true, customUserData: undefined });
  }
  const counted = watch([...application.endpoints()], "createdAt");
  return { call, counted, input: { PlatformApplicationArn: application.arn } };
}

function streams(): Case {
  const { call, create, directory } = aKinesis();
  // To create a stream costs time for each there is.
  for (const number of numbers.slice(0, 5 * PAGE)) create(`stream-${number}`);
  return { call, counted: watch([...directory.in(scope).list()], "name"), input: { Limit: PAGE } };
}

const redrive = {
  RedrivePolicy: JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:target`,
    maxReceiveCount: 1,
  }),
};

test.for<[operation: string, prepare: () => Case, listed: string]>([
  ["ListQueues", queues, "QueueUrls"],
  ["ListDeadLetterSourceQueues", () => queues(redrive), "queueUrls"],
  ["ListTopics", topics, "Topics"],
  ["ListSubscriptions", subscriptions, "Subscriptions"],
  ["ListSubscriptionsByTopic", subscriptions, "Subscriptions"],
  ["ListPlatformApplications", applications, "PlatformApplications"],
  ["ListEndpointsByPlatformApplication", endpoints, "Endpoints"],
  ["ListStreams", streams, "StreamNames"],
])("a page of %s costs a page, and the next one too", ([operation, prepare, listed]) => {
  const { call, counted, input } = prepare();
  let NextToken: string | undefined;
  for (const _page of [1, 2]) {
    counted.looks = 0;
    const page = call(operation, { ...input, NextToken }) as Readonly<Record<string, never>>;
    expect(page[listed]).toHaveLength(PAGE);
    expect(counted.looks).toBeLessThan(MOST_LOOKS);
    expect(page.NextToken).toEqual(expect.any(String));
    NextToken = page.NextToken;
  }
});
