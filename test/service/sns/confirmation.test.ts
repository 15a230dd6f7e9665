import { describe, expect, test } from "vitest";
import type { ConfirmationDelivery } from "../../../src/engine/topic/delivery.ts";
import { aService, invalid, missingValue, notFound, QUEUE_ARN, textsOf, UNSIGNED } from "../../support/sns.ts";

// §8

const ARN = "arn:aws:sns:us-east-1:000000000000:orders";
const DAY_MS = 24 * 60 * 60_000;

function aPendingSubscription() {
  const service = aService();
  const TopicArn = service.createTopic("orders");
  const SubscriptionArn = service.subscribe(TopicArn, "http", "http://example.com/");
  const confirmations = () => service.deliveries.filter(isConfirmation);
  return {
    ...service,
    TopicArn,
    SubscriptionArn,
    confirmations,
    /** The token the endpoint was sent last. */
    token: () => confirmations().at(-1)!.token,
    attributes: () => service.subscriptionAttributes(SubscriptionArn),
  };
}

function isConfirmation(delivery: { readonly type: string }): delivery is ConfirmationDelivery {
  return delivery.type !== "Notification";
}

describe("ConfirmSubscription", () => {
  test("a token is 288 hexadecimal digits and confirms its subscription, once and again", () => {
    const { call, token, TopicArn, SubscriptionArn, attributes } = aPendingSubscription();
    expect(token()).toMatch(/^[0-9a-f]{288}$/);
    for (let times = 0; times < 2; times++) {
      expect(call("ConfirmSubscription", { TopicArn, Token: token() })).toEqual({ SubscriptionArn });
    }
    expect(attributes()).toMatchObject({ PendingConfirmation: "false" });
  });

  test("messages come from the confirmation on", () => {
    const { call, deliveries, publish, token, TopicArn } = aPendingSubscription();
    publish({ TopicArn, Message: "before" });
    call("ConfirmSubscription", { TopicArn, Token: token() }, UNSIGNED);
    publish({ TopicArn, Message: "after" });
    expect(textsOf(deliveries)).toEqual(["after"]);
  });

  test.for([
    [true, "true"],
    [false, "false"],
  ] as const)("whether the confirmation was signed (%s) shows", ([isSigned, shown]) => {
    const { call, token, TopicArn, attributes } = aPendingSubscription();
    call("ConfirmSubscription", { TopicArn, Token: token() }, { isSigned });
    expect(attributes()).toMatchObject({ ConfirmationWasAuthenticated: shown });
  });

  test("a second confirmation changes nothing", () => {
    const { call, token, TopicArn, attributes } = aPendingSubscription();
    call("ConfirmSubscription", { TopicArn, Token: token() }, UNSIGNED);
    call("ConfirmSubscription", { TopicArn, Token: token() });
    expect(attributes()).toMatchObject({ ConfirmationWasAuthenticated: "false" });
  });

  test.for(["orders", "arn:aws:sns:us-east-1:000000000000"])("'%s' is no topic", (TopicArn) => {
    const { failure, token } = aPendingSubscription();
    // AWS: said of Topic, not of TopicArn, and without counting elements.
    expect(failure("ConfirmSubscription", { TopicArn, Token: token() })).toEqual(invalid("Topic"));
  });

  test("a topic of another region is no topic, unless a link says so", () => {
    const { call, failure, token, TopicArn, SubscriptionArn } = aPendingSubscription();
    const region = "eu-west-1";
    expect(failure("ConfirmSubscription", { TopicArn, Token: token() }, { region })).toEqual(invalid("Topic"));
    expect(call("ConfirmSubscription", { TopicArn, Token: token() }, { region, ...UNSIGNED })).toEqual({
      SubscriptionArn,
    });
  });

  test("the topic need not exist", () => {
    const { call, token, TopicArn, SubscriptionArn } = aPendingSubscription();
    expect(call("ConfirmSubscription", { TopicArn: `${TopicArn}-other`, Token: token() })).toEqual({ SubscriptionArn });
  });

  test("another token confirms nothing", () => {
    const { failure, TopicArn } = aPendingSubscription();
    expect(failure("ConfirmSubscription", { TopicArn, Token: "abc" })).toEqual(invalid("Token"));
  });

  test("a token lasts two days, and for ever once it was used", () => {
    const { call, clock, createTopic, deliveries, failure, subscribe, token, TopicArn } = aPendingSubscription();
    const used = token();
    call("ConfirmSubscription", { TopicArn, Token: used });
    subscribe(createTopic("other"), "http", "http://example.com/");
    const unused = token();
    expect(deliveries).toHaveLength(2);
    clock.advance(2 * DAY_MS);
    expect(failure("ConfirmSubscription", { TopicArn, Token: unused })).toEqual(invalid("Token"));
    expect(call("ConfirmSubscription", { TopicArn, Token: used })).toHaveProperty("SubscriptionArn");
  });

  test("a token works until its two days are over", () => {
    const { call, clock, token, TopicArn } = aPendingSubscription();
    clock.advance(2 * DAY_MS - 1);
    expect(call("ConfirmSubscription", { TopicArn, Token: token() })).toHaveProperty("SubscriptionArn");
  });

  test("a token of a deleted topic confirms nothing", () => {
    const { call, failure, token, TopicArn } = aPendingSubscription();
    const Token = token();
    call("DeleteTopic", { TopicArn });
    expect(failure("ConfirmSubscription", { TopicArn, Token })).toEqual(invalid("Token"));
  });

  test("a topic and a token are wanted", () => {
    const { failure } = aService();
    expect(failure("ConfirmSubscription", { Token: "x" })).toEqual(missingValue("TopicArn"));
    expect(failure("ConfirmSubscription", { TopicArn: ARN })).toEqual(missingValue("Token"));
  });
});

describe("AuthenticateOnUnsubscribe", () => {
  test("wants a signature itself", () => {
    const { failure, token, TopicArn } = aPendingSubscription();
    const input = { TopicArn, Token: token(), AuthenticateOnUnsubscribe: "true" };
    expect(failure("ConfirmSubscription", input, UNSIGNED)).toMatchObject({ code: "AuthorizationError", status: 403 });
  });

  test("keeps links from unsubscribing", () => {
    const { attributes, call, failure, token, TopicArn, SubscriptionArn } = aPendingSubscription();
    call("ConfirmSubscription", { TopicArn, Token: token(), AuthenticateOnUnsubscribe: "true" });
    expect(failure("Unsubscribe", { SubscriptionArn }, UNSIGNED)).toEqual({
      code: "AuthorizationError",
      status: 403,
      message: `User: anonymous is not authorized to perform: SNS:Unsubscribe on resource: ${SubscriptionArn}`,
    });
    expect(attributes()).toMatchObject({ PendingConfirmation: "false" });
    expect(call("Unsubscribe", { SubscriptionArn })).toBeUndefined();
    expect(failure("GetSubscriptionAttributes", { SubscriptionArn })).toEqual(notFound("Subscription"));
  });

  test.for(["false", "", undefined])("may be %s", (AuthenticateOnUnsubscribe) => {
    const { call, token, TopicArn, SubscriptionArn } = aPendingSubscription();
    call("ConfirmSubscription", { TopicArn, Token: token(), AuthenticateOnUnsubscribe }, UNSIGNED);
    expect(call("Unsubscribe", { SubscriptionArn }, UNSIGNED)).toBeUndefined();
  });
});

describe("Unsubscribe", () => {
  test("ends deliveries, and can be done again", () => {
    const { call, createTopic, deliveries, publish, subscribe } = aService();
    const TopicArn = createTopic("orders");
    const SubscriptionArn = subscribe(TopicArn, "sqs", QUEUE_ARN);
    expect(call("Unsubscribe", { SubscriptionArn })).toBeUndefined();
    expect(call("Unsubscribe", { SubscriptionArn })).toBeUndefined();
    publish({ TopicArn, Message: "hello" });
    expect(deliveries).toEqual([]);
  });

  test("a link is followed whatever region it is thought to be of", () => {
    const { call, createTopic, failure, subscribe } = aService();
    const SubscriptionArn = subscribe(createTopic("orders"), "sqs", QUEUE_ARN);
    const region = "eu-west-1";
    expect(failure("Unsubscribe", { SubscriptionArn }, { region })).toEqual(invalid("SubscriptionArn"));
    expect(call("Unsubscribe", { SubscriptionArn }, { region, ...UNSIGNED })).toBeUndefined();
    expect(failure("GetSubscriptionAttributes", { SubscriptionArn })).toEqual(notFound("Subscription"));
  });

  test.for([
    ["orders", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"],
    ["pending confirmation", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"],
    ["arn:aws:sns:us-east-1:000000000000", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 5"],
    [ARN, "SubscriptionId"],
    [undefined, "SubscriptionArn Reason: no value for required parameter"],
  ] as const)("%s is no subscription", ([SubscriptionArn, message]) => {
    const { createTopic, failure } = aService();
    createTopic("orders");
    expect(failure("Unsubscribe", { SubscriptionArn })).toEqual(invalid(message));
  });

  test("a subscription that never was is no error", () => {
    const { call } = aService();
    expect(call("Unsubscribe", { SubscriptionArn: `${ARN}:7f3c0a5e-0000-4000-8000-000000000000` })).toBeUndefined();
  });
});

describe("UnsubscribeConfirmation", () => {
  test("tells an HTTP endpoint that a link was followed, and how to undo it", () => {
    const { call, confirmations, deliveries, publish, token, TopicArn, SubscriptionArn } = aPendingSubscription();
    const first = token();
    call("ConfirmSubscription", { TopicArn, Token: first });
    call("Unsubscribe", { SubscriptionArn }, { ...UNSIGNED, origin: "http://sns:4566" });
    expect(confirmations().slice(1)).toMatchObject([
      { type: "UnsubscribeConfirmation", origin: "http://sns:4566", subscription: { arn: SubscriptionArn } },
    ]);
    expect(token()).not.toBe(first);
    expect(call("ConfirmSubscription", { TopicArn, Token: token() }, UNSIGNED)).toEqual({ SubscriptionArn });
    publish({ TopicArn, Message: "back" });
    expect(textsOf(deliveries)).toEqual(["back"]);
  });

  test("makes the old link useless", () => {
    const { call, failure, token, TopicArn, SubscriptionArn } = aPendingSubscription();
    const Token = token();
    call("ConfirmSubscription", { TopicArn, Token });
    call("Unsubscribe", { SubscriptionArn }, UNSIGNED);
    expect(failure("ConfirmSubscription", { TopicArn, Token })).toEqual(invalid("Token"));
  });

  test("undone, the subscription is found under its endpoint again", () => {
    const { call, subscribe, token, TopicArn, SubscriptionArn } = aPendingSubscription();
    call("ConfirmSubscription", { TopicArn, Token: token() });
    call("Unsubscribe", { SubscriptionArn }, UNSIGNED);
    call("ConfirmSubscription", { TopicArn, Token: token() });
    expect(subscribe(TopicArn, "http", "http://example.com/")).toBe(SubscriptionArn);
  });

  test.for<[title: string, options: { account?: string; isSigned?: boolean }, count: number]>([
    ["by a link", { isSigned: false }, 1],
    ["by its owner", {}, 0],
    ["by a stranger", { account: "111111111111" }, 1],
  ])("is sent or not when unsubscribed %s", ([, options, count]) => {
    const { call, confirmations, token, TopicArn, SubscriptionArn } = aPendingSubscription();
    call("ConfirmSubscription", { TopicArn, Token: token() });
    call("Unsubscribe", { SubscriptionArn }, options);
    expect(confirmations().filter(({ type }) => type === "UnsubscribeConfirmation")).toHaveLength(count);
  });

  test("is not sent for a subscription nobody confirmed", () => {
    const { call, confirmations, SubscriptionArn } = aPendingSubscription();
    call("Unsubscribe", { SubscriptionArn }, UNSIGNED);
    expect(confirmations()).toHaveLength(1);
  });

  test.for([
    ["sqs", QUEUE_ARN],
    ["sms", "+15551234567"],
  ] as const)("is not sent to %s", ([protocol, endpoint]) => {
    const { call, createTopic, deliveries, subscribe } = aService();
    call("Unsubscribe", { SubscriptionArn: subscribe(createTopic("orders"), protocol, endpoint) }, UNSIGNED);
    expect(deliveries).toEqual([]);
  });
});
