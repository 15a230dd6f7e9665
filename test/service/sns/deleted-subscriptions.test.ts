import { expect, test } from "vitest";
import { aPendingSubscription, aService, invalid, notFound, UNSIGNED } from "../../support/sns.ts";

// §3.5, §8.4. A link that undoes lasts as long as one that confirms.

const HOUR_MS = 60 * 60_000;
const LINK_MS = 48 * HOUR_MS;
const KEPT_MS = 72 * HOUR_MS;

/** A service with a subscription that was confirmed, and deleted by a link after a while. */
function aDeletedSubscription(ageMs = 0) {
  const service = aPendingSubscription();
  const { call, clock, token, TopicArn, SubscriptionArn } = service;
  call("ConfirmSubscription", { TopicArn, Token: token() });
  clock.advance(ageMs);
  call("Unsubscribe", { SubscriptionArn }, UNSIGNED);
  return service;
}

test.for([0, 47 * HOUR_MS, 48 * HOUR_MS - 1, 72 * HOUR_MS - 1, 1000 * HOUR_MS])(
  "a subscription that was %i ms old can be brought back for 48 hours",
  (ageMs) => {
    const { attributes, call, clock, token, TopicArn, SubscriptionArn } = aDeletedSubscription(ageMs);
    clock.advance(LINK_MS - 1);
    // Looking for something that is not there lets time catch up.
    call("Unsubscribe", { SubscriptionArn: `${SubscriptionArn}-other` });
    expect(call("ConfirmSubscription", { TopicArn, Token: token() }, UNSIGNED)).toEqual({ SubscriptionArn });
    expect(attributes()).toMatchObject({ PendingConfirmation: "false" });
  },
);

test("after 48 hours it cannot be brought back", () => {
  const { clock, failure, token, TopicArn } = aDeletedSubscription();
  clock.advance(LINK_MS);
  expect(failure("ConfirmSubscription", { TopicArn, Token: token() })).toEqual(invalid("Token"));
});

test("brought back, it stays", () => {
  const { attributes, call, clock, token, TopicArn } = aDeletedSubscription();
  call("ConfirmSubscription", { TopicArn, Token: token() }, UNSIGNED);
  clock.advance(10 * KEPT_MS);
  expect(attributes()).toMatchObject({ PendingConfirmation: "false" });
});

test("a subscription can be deleted and brought back over and over", () => {
  const { call, clock, token, TopicArn, SubscriptionArn } = aDeletedSubscription();
  for (let times = 0; times < 3; times++) {
    clock.advance(LINK_MS - 1);
    expect(call("ConfirmSubscription", { TopicArn, Token: token() }, UNSIGNED)).toEqual({ SubscriptionArn });
    call("Unsubscribe", { SubscriptionArn }, UNSIGNED);
  }
});

test("the link is useless once the topic is deleted", () => {
  const { call, failure, token, TopicArn } = aDeletedSubscription();
  const Token = token();
  call("DeleteTopic", { TopicArn });
  expect(failure("ConfirmSubscription", { TopicArn, Token })).toEqual(invalid("Token"));
});

test.for([0, 71 * HOUR_MS, 1000 * HOUR_MS])(
  "subscriptions of a topic that is deleted when they are %i ms old can be looked at for 72 hours",
  (ageMs) => {
    const { call, clock, createTopic, failure, subscribe, subscriptionAttributes } = aService();
    const TopicArn = createTopic("orders");
    const SubscriptionArn = subscribe(TopicArn, "sms", "+15551234567");
    const before = subscriptionAttributes(SubscriptionArn);
    clock.advance(ageMs);
    call("DeleteTopic", { TopicArn });
    clock.advance(KEPT_MS - 1);
    expect(subscriptionAttributes(SubscriptionArn)).toEqual(before);
    clock.advance(1);
    expect(failure("GetSubscriptionAttributes", { SubscriptionArn })).toEqual(notFound("Subscription"));
  },
);

test("subscriptions of a deleted topic can neither be changed nor listed", () => {
  const { call, createTopic, failure, subscribe } = aService();
  const TopicArn = createTopic("orders");
  const SubscriptionArn = subscribe(TopicArn, "sms", "+15551234567");
  call("DeleteTopic", { TopicArn });
  expect(call("ListSubscriptions", {})).toEqual({ Subscriptions: [] });
  const change = { SubscriptionArn, AttributeName: "FilterPolicy", AttributeValue: "{}" };
  expect(failure("SetSubscriptionAttributes", change)).toEqual(notFound("Subscription"));
});
