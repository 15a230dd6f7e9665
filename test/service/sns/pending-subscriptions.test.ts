import { expect, test } from "vitest";
import { aPendingSubscription, invalid, notFound, UNSIGNED } from "../../support/sns.ts";

// AWS: links last 48 hours, and so do subscriptions that nobody confirms. What's New, 10 May 2023.

const HOUR_MS = 60 * 60_000;
const LIFE_MS = 48 * HOUR_MS;

test("until the last moment the link works and the subscription is there", () => {
  const { attributes, call, clock, token, topicAttributes, TopicArn, SubscriptionArn } = aPendingSubscription();
  clock.advance(LIFE_MS - 1);
  expect(attributes()).toMatchObject({ PendingConfirmation: "true" });
  expect(topicAttributes(TopicArn)).toMatchObject({ SubscriptionsPending: "1" });
  expect(call("ConfirmSubscription", { TopicArn, Token: token() }, UNSIGNED)).toEqual({ SubscriptionArn });
});

test("after 48 hours the link is useless", () => {
  const { clock, failure, token, TopicArn } = aPendingSubscription();
  clock.advance(LIFE_MS);
  expect(failure("ConfirmSubscription", { TopicArn, Token: token() })).toEqual(invalid("Token"));
});

/** Whatever is asked first has to notice that the time is over, so each test asks one thing only. */
test("after 48 hours the subscription cannot be looked up", () => {
  const { clock, failure, SubscriptionArn } = aPendingSubscription();
  clock.advance(LIFE_MS);
  expect(failure("GetSubscriptionAttributes", { SubscriptionArn })).toEqual(notFound("Subscription"));
});

test.for(["ListSubscriptions", "ListSubscriptionsByTopic"])("after 48 hours %s leaves it out", (operation) => {
  const { call, clock, TopicArn } = aPendingSubscription();
  clock.advance(LIFE_MS);
  const input = operation === "ListSubscriptions" ? {} : { TopicArn };
  expect(call(operation, input)).toEqual({ Subscriptions: [] });
});

test("ListSubscriptions leaves it out for who subscribed to another account's topic, too", () => {
  const { call, clock, TopicArn } = aPendingSubscription();
  const theirs = { account: "111111111111" };
  call("Subscribe", { TopicArn, Protocol: "email", Endpoint: "a@example.com" }, theirs);
  clock.advance(LIFE_MS);
  expect(call("ListSubscriptions", {}, theirs)).toEqual({ Subscriptions: [] });
});

test("after 48 hours the topic does not count it", () => {
  const { clock, topicAttributes, TopicArn } = aPendingSubscription();
  clock.advance(LIFE_MS);
  expect(topicAttributes(TopicArn)).toMatchObject({ SubscriptionsPending: "0", SubscriptionsDeleted: "0" });
});

test("after 48 hours the endpoint gets a new subscription, with another link", () => {
  const { clock, subscribe, token, TopicArn, SubscriptionArn } = aPendingSubscription();
  const firstToken = token();
  clock.advance(LIFE_MS);
  expect(subscribe(TopicArn, "http", "http://example.com/")).not.toBe(SubscriptionArn);
  expect(token()).not.toBe(firstToken);
});

test("a link that is sent again lasts 48 hours from then, and so does the subscription", () => {
  const { attributes, call, clock, confirmations, subscribe, token, TopicArn, SubscriptionArn } =
    aPendingSubscription();
  clock.advance(47 * HOUR_MS);
  expect(subscribe(TopicArn, "http", "http://example.com/")).toBe(SubscriptionArn);
  expect(confirmations().map((confirmation) => confirmation.token)).toEqual([token(), token()]);
  clock.advance(LIFE_MS - 1);
  expect(attributes()).toMatchObject({ PendingConfirmation: "true" });
  expect(call("ConfirmSubscription", { TopicArn, Token: token() })).toEqual({ SubscriptionArn });
});

test("a link that is sent again does not last longer than that", () => {
  const { clock, failure, subscribe, token, TopicArn, SubscriptionArn } = aPendingSubscription();
  clock.advance(47 * HOUR_MS);
  subscribe(TopicArn, "http", "http://example.com/");
  clock.advance(LIFE_MS);
  expect(failure("ConfirmSubscription", { TopicArn, Token: token() })).toEqual(invalid("Token"));
  expect(failure("GetSubscriptionAttributes", { SubscriptionArn })).toEqual(notFound("Subscription"));
});

test("a subscription that was confirmed stays, and its link answers for ever", () => {
  const { attributes, call, clock, token, TopicArn, SubscriptionArn } = aPendingSubscription();
  call("ConfirmSubscription", { TopicArn, Token: token() });
  clock.advance(10 * LIFE_MS);
  expect(attributes()).toMatchObject({ PendingConfirmation: "false" });
  expect(call("ConfirmSubscription", { TopicArn, Token: token() })).toEqual({ SubscriptionArn });
});

test("the link of a deleted topic's subscription is useless", () => {
  const { call, failure, token, TopicArn } = aPendingSubscription();
  const Token = token();
  call("DeleteTopic", { TopicArn });
  expect(failure("ConfirmSubscription", { TopicArn, Token })).toEqual(invalid("Token"));
});
