import { expect, test } from "vitest";
import type { CallOptions } from "../../support/service-call.ts";
import { aPendingSubscription, aService, invalid, textsOf, UNSIGNED } from "../../support/sns.ts";

// §8.4

const THEIR_ACCOUNT = "111111111111";

/** A service with a subscription that its HTTP endpoint confirmed. */
function aConfirmedSubscription() {
  const service = aPendingSubscription();
  const { call, confirmations, token, TopicArn } = service;
  const firstToken = token();
  call("ConfirmSubscription", { TopicArn, Token: firstToken });
  return { ...service, firstToken, told: () => confirmations().slice(1) };
}

test("an HTTP endpoint is told that a link was followed, and how to undo it", () => {
  const { call, deliveries, firstToken, publish, token, told, TopicArn, SubscriptionArn } = aConfirmedSubscription();
  call("Unsubscribe", { SubscriptionArn }, { ...UNSIGNED, origin: "http://sns:4566" });
  expect(told()).toMatchObject([
    { type: "UnsubscribeConfirmation", origin: "http://sns:4566", subscription: { arn: SubscriptionArn } },
  ]);
  expect(token()).not.toBe(firstToken);
  expect(call("ConfirmSubscription", { TopicArn, Token: token() }, UNSIGNED)).toEqual({ SubscriptionArn });
  publish({ TopicArn, Message: "back" });
  expect(textsOf(deliveries)).toEqual(["back"]);
});

test("the old link is useless from then on", () => {
  const { call, failure, firstToken, TopicArn, SubscriptionArn } = aConfirmedSubscription();
  call("Unsubscribe", { SubscriptionArn }, UNSIGNED);
  expect(failure("ConfirmSubscription", { TopicArn, Token: firstToken })).toEqual(invalid("Token"));
});

test("undone, the subscription is found under its endpoint again", () => {
  const { call, subscribe, token, TopicArn, SubscriptionArn } = aConfirmedSubscription();
  call("Unsubscribe", { SubscriptionArn }, UNSIGNED);
  call("ConfirmSubscription", { TopicArn, Token: token() });
  expect(subscribe(TopicArn, "http", "http://example.com/")).toBe(SubscriptionArn);
});

test.for<[who: string, options: CallOptions, count: number]>([
  ["by a link", UNSIGNED, 1],
  ["by its owner", {}, 0],
  ["by a stranger", { account: THEIR_ACCOUNT }, 1],
])("is sent or not to who is unsubscribed %s", ([, options, count]) => {
  const { call, told, SubscriptionArn } = aConfirmedSubscription();
  call("Unsubscribe", { SubscriptionArn }, options);
  expect(told()).toHaveLength(count);
});

test.for(["email", "email-json"])("is sent to %s, too", (protocol) => {
  const { call, confirmations, subscribe, token, TopicArn } = aPendingSubscription();
  const SubscriptionArn = subscribe(TopicArn, protocol, "a@example.com");
  call("ConfirmSubscription", { TopicArn, Token: token() });
  call("Unsubscribe", { SubscriptionArn }, UNSIGNED);
  expect(confirmations().at(-1)).toMatchObject({
    type: "UnsubscribeConfirmation",
    subscription: { arn: SubscriptionArn },
  });
});

test.for<[who: string, options: CallOptions, count: number]>([
  ["the topic's owner", {}, 1],
  ["its own", { account: THEIR_ACCOUNT }, 0],
])("a queue gets it or not when unsubscribed by %s", ([, options, count]) => {
  const { call, createTopic, deliveries } = aService();
  const input = {
    TopicArn: createTopic("orders"),
    Protocol: "sqs",
    Endpoint: `arn:aws:sqs:us-east-1:${THEIR_ACCOUNT}:orders`,
  };
  const { SubscriptionArn } = call("Subscribe", input, { account: THEIR_ACCOUNT }) as { SubscriptionArn: string };
  call("Unsubscribe", { SubscriptionArn }, options);
  expect(deliveries.map(({ type }) => type)).toEqual(Array(count).fill("UnsubscribeConfirmation"));
});

test.for([
  ["sms", "+15551234567"],
  ["lambda", "arn:aws:lambda:us-east-1:000000000000:function:f"],
] as const)("is not sent to %s", ([protocol, endpoint]) => {
  const { call, createTopic, deliveries, subscribe } = aService();
  call("Unsubscribe", { SubscriptionArn: subscribe(createTopic("orders"), protocol, endpoint) }, UNSIGNED);
  expect(deliveries).toEqual([]);
});
