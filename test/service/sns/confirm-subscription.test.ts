import { expect, test } from "vitest";
import { aPendingSubscription, aService, invalid, missingValue, textsOf, UNSIGNED } from "../../support/sns.ts";

// §8.2

const ARN = "arn:aws:sns:us-east-1:000000000000:orders";

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

test.for(["orders", "", "arn:aws:sns:us-east-1:000000000000"])("'%s' is no topic", (TopicArn) => {
  const { failure, token } = aPendingSubscription();
  // AWS: said of Topic, not of TopicArn, and without counting elements.
  expect(failure("ConfirmSubscription", { TopicArn, Token: token() })).toEqual(invalid("Topic"));
});

test("a topic of another region is no topic, unless a link does not say which region it calls", () => {
  const { call, failure, token, TopicArn, SubscriptionArn } = aPendingSubscription();
  const region = "eu-west-1";
  const input = { TopicArn, Token: token() };
  expect(failure("ConfirmSubscription", input, { region })).toEqual(invalid("Topic"));
  expect(failure("ConfirmSubscription", input, { region, ...UNSIGNED, namesRegion: true })).toEqual(invalid("Topic"));
  expect(call("ConfirmSubscription", input, { region, ...UNSIGNED })).toEqual({ SubscriptionArn });
});

test("the topic need not exist", () => {
  const { call, token, TopicArn, SubscriptionArn } = aPendingSubscription();
  expect(call("ConfirmSubscription", { TopicArn: `${TopicArn}-other`, Token: token() })).toEqual({ SubscriptionArn });
});

test.for(["abc", "", "a".repeat(63), "a".repeat(287), "A".repeat(288), `${"a".repeat(287)} `])(
  "'%s' is no token",
  (Token) => {
    const { failure, TopicArn } = aPendingSubscription();
    expect(failure("ConfirmSubscription", { TopicArn, Token })).toEqual({
      code: "InvalidParameter",
      status: 400,
      message: "Invalid token",
    });
  },
);

test.for(["a".repeat(64), "0".repeat(288)])("the token '%s' confirms nothing", (Token) => {
  const { failure, TopicArn } = aPendingSubscription();
  expect(failure("ConfirmSubscription", { TopicArn, Token })).toEqual(invalid("Token"));
});

test("what is wrong with the topic is told before what is wrong with the token", () => {
  const { failure } = aPendingSubscription();
  expect(failure("ConfirmSubscription", { TopicArn: "orders", Token: "abc" })).toEqual(invalid("Topic"));
});

test("a topic and a token are wanted", () => {
  const { failure } = aService();
  expect(failure("ConfirmSubscription", {})).toEqual(missingValue("TopicArn"));
  expect(failure("ConfirmSubscription", { Token: "x" })).toEqual(missingValue("TopicArn"));
  expect(failure("ConfirmSubscription", { TopicArn: ARN })).toEqual(missingValue("Token"));
});

test("AuthenticateOnUnsubscribe wants a signature", () => {
  const { attributes, failure, token, TopicArn } = aPendingSubscription();
  const input = { TopicArn, Token: token(), AuthenticateOnUnsubscribe: "true" };
  expect(failure("ConfirmSubscription", input, UNSIGNED)).toEqual({
    code: "AuthorizationError",
    status: 403,
    message: `User: anonymous is not authorized to perform: SNS:ConfirmSubscription on resource: ${TopicArn}`,
  });
  expect(attributes()).toMatchObject({ PendingConfirmation: "true" });
});
