import { describe, expect, test } from "vitest";
import type { Failure } from "../../support/service-call.ts";
import { aPendingSubscription, aService, invalid, notFound, QUEUE_ARN, UNSIGNED } from "../../support/sns.ts";

// §8.3

const ARN = "arn:aws:sns:us-east-1:000000000000:orders";
const THEIR_ACCOUNT = "111111111111";
const THEIR_QUEUE = `arn:aws:sqs:us-east-1:${THEIR_ACCOUNT}:orders`;

function refused(caller: string, SubscriptionArn: string): Failure {
  return {
    code: "AuthorizationError",
    status: 403,
    message: `User: ${caller} is not authorized to perform: SNS:Unsubscribe on resource: ${SubscriptionArn}`,
  };
}

/** A service with a subscription that its HTTP endpoint confirmed. */
function aConfirmedSubscription(confirmation: { readonly AuthenticateOnUnsubscribe?: string } = {}) {
  const service = aPendingSubscription();
  const { call, token, TopicArn } = service;
  call("ConfirmSubscription", { TopicArn, Token: token(), ...confirmation });
  return service;
}

test("a subscription that is deleted gets no messages, and can be deleted again", () => {
  const { call, createTopic, deliveries, publish, subscribe } = aService();
  const TopicArn = createTopic("orders");
  const SubscriptionArn = subscribe(TopicArn, "sqs", QUEUE_ARN);
  expect(call("Unsubscribe", { SubscriptionArn })).toBeUndefined();
  expect(call("Unsubscribe", { SubscriptionArn })).toBeUndefined();
  publish({ TopicArn, Message: "hello" });
  expect(deliveries).toEqual([]);
});

test.for([
  ["orders", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"],
  ["pending confirmation", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"],
  ["PendingConfirmation", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"],
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

test("whether another account has a subscription is not told to those who sign", () => {
  const { call, failure } = aService();
  const SubscriptionArn = `arn:aws:sns:us-east-1:${THEIR_ACCOUNT}:orders:7f3c0a5e-0000-4000-8000-000000000000`;
  const caller = "arn:aws:iam::000000000000:user/waystation";
  expect(failure("Unsubscribe", { SubscriptionArn })).toEqual(refused(caller, SubscriptionArn));
  expect(call("Unsubscribe", { SubscriptionArn }, UNSIGNED)).toBeUndefined();
});

test("a subscription of a deleted topic is no error", () => {
  const { call, createTopic, subscribe } = aService();
  const TopicArn = createTopic("orders");
  const SubscriptionArn = subscribe(TopicArn, "sqs", QUEUE_ARN);
  call("DeleteTopic", { TopicArn });
  expect(call("Unsubscribe", { SubscriptionArn })).toBeUndefined();
});

test.for([{}, UNSIGNED])("a subscription that nobody confirmed cannot be deleted, by a call like %j", (options) => {
  const { attributes, failure, SubscriptionArn } = aPendingSubscription();
  // AWS: known from the Terraform provider, which lets such subscriptions be.
  expect(failure("Unsubscribe", { SubscriptionArn }, options)).toEqual(
    invalid("SubscriptionArn Reason: Cannot unsubscribe a subscription that is pending confirmation"),
  );
  expect(attributes()).toMatchObject({ PendingConfirmation: "true" });
});

test("a link is followed whatever region it is thought to be of", () => {
  const { call, failure, SubscriptionArn } = aConfirmedSubscription();
  const region = "eu-west-1";
  expect(failure("Unsubscribe", { SubscriptionArn }, { region })).toEqual(invalid("SubscriptionArn"));
  expect(call("Unsubscribe", { SubscriptionArn }, { region, ...UNSIGNED })).toBeUndefined();
  expect(failure("GetSubscriptionAttributes", { SubscriptionArn })).toEqual(notFound("Subscription"));
});

test("a stranger can delete a subscription of an HTTP endpoint", () => {
  const { call, failure, SubscriptionArn } = aConfirmedSubscription();
  expect(call("Unsubscribe", { SubscriptionArn }, { account: THEIR_ACCOUNT })).toBeUndefined();
  expect(failure("GetSubscriptionAttributes", { SubscriptionArn })).toEqual(notFound("Subscription"));
});

describe("with AuthenticateOnUnsubscribe", () => {
  test.for<[who: string, options: object]>([
    ["anonymous", UNSIGNED],
    [`arn:aws:iam::${THEIR_ACCOUNT}:user/waystation`, { account: THEIR_ACCOUNT }],
  ])("%s cannot delete the subscription", ([who, options]) => {
    const { attributes, failure, SubscriptionArn } = aConfirmedSubscription({ AuthenticateOnUnsubscribe: "true" });
    expect(failure("Unsubscribe", { SubscriptionArn }, options)).toEqual(refused(who, SubscriptionArn));
    expect(attributes()).toMatchObject({ PendingConfirmation: "false" });
  });

  test("its owner can", () => {
    const { call, failure, SubscriptionArn } = aConfirmedSubscription({ AuthenticateOnUnsubscribe: "TRUE" });
    expect(call("Unsubscribe", { SubscriptionArn })).toBeUndefined();
    expect(failure("GetSubscriptionAttributes", { SubscriptionArn })).toEqual(notFound("Subscription"));
  });

  test.for(["false", "", undefined])("being %s, links are followed", (AuthenticateOnUnsubscribe) => {
    const { call, token, TopicArn, SubscriptionArn } = aPendingSubscription();
    const given = AuthenticateOnUnsubscribe === undefined ? {} : { AuthenticateOnUnsubscribe };
    call("ConfirmSubscription", { TopicArn, Token: token(), ...given }, UNSIGNED);
    expect(call("Unsubscribe", { SubscriptionArn }, UNSIGNED)).toBeUndefined();
  });
});

describe("a subscription of a queue", () => {
  /** Theirs, to a topic of the default account's. */
  function aQueueSubscription() {
    const service = aService();
    const TopicArn = service.createTopic("orders");
    const input = { TopicArn, Protocol: "sqs", Endpoint: THEIR_QUEUE };
    const { SubscriptionArn } = service.call("Subscribe", input, { account: THEIR_ACCOUNT }) as {
      SubscriptionArn: string;
    };
    return { ...service, SubscriptionArn };
  }

  test.for<[who: string, options: object]>([
    ["anonymous", UNSIGNED],
    ["arn:aws:iam::222222222222:user/waystation", { account: "222222222222" }],
  ])("cannot be deleted by %s", ([who, options]) => {
    const { failure, subscriptionAttributes, SubscriptionArn } = aQueueSubscription();
    expect(failure("Unsubscribe", { SubscriptionArn }, options)).toEqual(refused(who, SubscriptionArn));
    expect(subscriptionAttributes(SubscriptionArn)).toMatchObject({ SubscriptionArn });
  });

  test.for<[who: string, options: object]>([
    ["its owner", { account: THEIR_ACCOUNT }],
    ["the topic's owner", {}],
  ])("can be deleted by %s", ([, options]) => {
    const { call, failure, SubscriptionArn } = aQueueSubscription();
    expect(call("Unsubscribe", { SubscriptionArn }, options)).toBeUndefined();
    expect(failure("GetSubscriptionAttributes", { SubscriptionArn })).toEqual(notFound("Subscription"));
  });
});
