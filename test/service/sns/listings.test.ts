import { expect, test } from "vitest";
import { aService, invalid, notFound, QUEUE_ARN } from "../../support/sns.ts";

// §1.7, §7.6

type Page = Readonly<Record<string, readonly Record<string, string>[]>> & { readonly NextToken?: string };

const ARN = "arn:aws:sns:us-east-1:000000000000:orders";

test("listings are empty, not absent, at first", () => {
  const { call, createTopic } = aService();
  expect(call("ListTopics", {})).toEqual({ Topics: [] });
  expect(call("ListSubscriptions", {})).toEqual({ Subscriptions: [] });
  expect(call("ListPlatformApplications", {})).toEqual({ PlatformApplications: [] });
  expect(call("ListPhoneNumbersOptedOut", {})).toEqual({ phoneNumbers: [] });
  expect(call("ListSMSSandboxPhoneNumbers", {})).toEqual({ PhoneNumbers: [] });
  expect(call("ListOriginationNumbers", {})).toEqual({ PhoneNumbers: [] });
  expect(call("ListSubscriptionsByTopic", { TopicArn: createTopic("orders") })).toEqual({ Subscriptions: [] });
});

test("topics and subscriptions are those of the caller's account and region", () => {
  const { call, createTopic, subscribe } = aService();
  subscribe(createTopic("orders"), "sqs", QUEUE_ARN);
  for (const options of [{ region: "eu-west-1" }, { account: "111111111111" }]) {
    expect(call("ListTopics", {}, options)).toEqual({ Topics: [] });
    expect(call("ListSubscriptions", {}, options)).toEqual({ Subscriptions: [] });
  }
  expect(call("ListTopics", {})).toEqual({ Topics: [{ TopicArn: ARN }] });
});

test("a subscription belongs to the listing of who made it, and to its topic's", () => {
  const { call, createTopic } = aService();
  const TopicArn = createTopic("orders");
  const theirs = { account: "111111111111" };
  call("Subscribe", { TopicArn, Protocol: "sms", Endpoint: "+15551234567" }, theirs);
  expect(call("ListSubscriptions", {})).toEqual({ Subscriptions: [] });
  expect(call("ListSubscriptions", {}, theirs)).toEqual(call("ListSubscriptionsByTopic", { TopicArn }));
});

test("a subscription shows who gets what; while it is pending, not its ARN", () => {
  const { call, clock, createTopic, subscribe } = aService();
  const TopicArn = createTopic("orders");
  const SubscriptionArn = subscribe(TopicArn, "sqs", QUEUE_ARN);
  clock.advance(1);
  subscribe(TopicArn, "http", "http://example.com/");
  const expected = {
    Subscriptions: [
      { SubscriptionArn, Owner: "000000000000", Protocol: "sqs", Endpoint: QUEUE_ARN, TopicArn },
      {
        SubscriptionArn: "PendingConfirmation",
        Owner: "000000000000",
        Protocol: "http",
        Endpoint: "http://example.com/",
        TopicArn,
      },
    ],
  };
  expect(call("ListSubscriptions", {})).toEqual(expected);
  expect(call("ListSubscriptionsByTopic", { TopicArn })).toEqual(expected);
});

test("what is deleted is not listed", () => {
  const { call, createTopic, subscribe } = aService();
  const TopicArn = createTopic("orders");
  call("Unsubscribe", { SubscriptionArn: subscribe(TopicArn, "sqs", QUEUE_ARN) });
  expect(call("ListSubscriptions", {})).toEqual({ Subscriptions: [] });
  expect(call("ListSubscriptionsByTopic", { TopicArn })).toEqual({ Subscriptions: [] });
  call("DeleteTopic", { TopicArn });
  expect(call("ListTopics", {})).toEqual({ Topics: [] });
});

test("a page holds a hundred, and the last one has no token", () => {
  const { call, createTopic } = aService();
  for (let index = 0; index < 101; index++) createTopic(`topic-${index}`);
  const first = call("ListTopics", {}) as Page;
  expect(first.Topics).toHaveLength(100);
  const second = call("ListTopics", { NextToken: first.NextToken }) as Page;
  expect(second.Topics).toHaveLength(1);
  expect(second.NextToken).toBeUndefined();
  const arns = [...first.Topics!, ...second.Topics!].map(({ TopicArn }) => TopicArn);
  expect(new Set(arns).size).toBe(101);
});

test("a hundred need no second page", () => {
  const { call, createTopic, subscribe } = aService();
  const TopicArn = createTopic("orders");
  for (let index = 0; index < 100; index++) subscribe(TopicArn, "sms", `+1555000${1000 + index}`);
  expect(call("ListSubscriptionsByTopic", { TopicArn })).not.toHaveProperty("NextToken", expect.anything());
});

test("whoever deletes what a page shows before asking for the next misses nothing", () => {
  const { call, createTopic, subscribe } = aService();
  const TopicArn = createTopic("orders");
  for (let index = 0; index < 250; index++) subscribe(TopicArn, "sms", `+1555000${1000 + index}`);
  let NextToken: string | undefined;
  const sizes: number[] = [];
  do {
    const page = call("ListSubscriptions", { NextToken }) as Page;
    for (const { SubscriptionArn } of page.Subscriptions!) call("Unsubscribe", { SubscriptionArn });
    sizes.push(page.Subscriptions!.length);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(sizes).toEqual([100, 100, 50]);
  expect(call("ListSubscriptions", {})).toEqual({ Subscriptions: [] });
});

test.for([
  "ListTopics",
  "ListSubscriptions",
  "ListPlatformApplications",
  "ListSMSSandboxPhoneNumbers",
  "ListOriginationNumbers",
])("%s takes no token of one's own, but for one that is empty", (operation) => {
  const { call, failure } = aService();
  expect(failure(operation, { NextToken: "mine" })).toEqual(invalid("NextToken"));
  expect(call(operation, { NextToken: "" })).toEqual(call(operation, {}));
});

test("ListPhoneNumbersOptedOut takes no token of one's own, and spells it small", () => {
  const { call, failure } = aService();
  expect(failure("ListPhoneNumbersOptedOut", { nextToken: "mine" })).toEqual(invalid("NextToken"));
  expect(call("ListPhoneNumbersOptedOut", { NextToken: "mine" })).toEqual({ phoneNumbers: [] });
});

test("a topic that is not there has no subscriptions", () => {
  const { failure } = aService();
  expect(failure("ListSubscriptionsByTopic", { TopicArn: ARN })).toEqual(notFound("Topic"));
});

test("nobody reads the password of an endpoint; deliveries have it", () => {
  const { call, createTopic, deliveries, subscribe, subscriptionAttributes } = aService();
  const TopicArn = createTopic("orders");
  const endpoint = "https://user:secret@example.com/hook";
  const arn = subscribe(TopicArn, "https", endpoint);
  const Endpoint = "https://user:****@example.com/hook";
  expect(subscriptionAttributes(arn)).toMatchObject({ Endpoint });
  expect(call("ListSubscriptions", {})).toMatchObject({ Subscriptions: [{ Endpoint }] });
  expect(call("ListSubscriptionsByTopic", { TopicArn })).toMatchObject({ Subscriptions: [{ Endpoint }] });
  expect(deliveries).toMatchObject([{ subscription: { endpoint } }]);
  expect(subscribe(TopicArn, "https", endpoint)).toBe(arn);
});
