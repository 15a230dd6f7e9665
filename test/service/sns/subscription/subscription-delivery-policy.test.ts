import { expect, test } from "vitest";
import { type Attributes, aService, invalid } from "../../../support/sns.ts";

// §7.5

const DEFAULT_RETRY = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: "linear",
};
/** As Terraform's provider for AWS gets it. */
const NOTHING_GIVEN = {
  minDelayTarget: null,
  maxDelayTarget: null,
  numRetries: null,
  numMaxDelayRetries: null,
  numNoDelayRetries: null,
  numMinDelayRetries: null,
  backoffFunction: null,
};
const EMPTY = {
  healthyRetryPolicy: null,
  sicklyRetryPolicy: null,
  throttlePolicy: null,
  requestPolicy: null,
  guaranteed: false,
};
const DEFAULT = {
  ...EMPTY,
  healthyRetryPolicy: DEFAULT_RETRY,
  requestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
};

function aSubscription(attributes: Attributes = {}, topicAttributes: Attributes = {}) {
  const service = aService();
  const TopicArn = service.createTopic("orders", topicAttributes);
  const SubscriptionArn = service.subscribe(TopicArn, "http", "http://example.com/", attributes);
  const change = (policy: unknown) => ({
    SubscriptionArn,
    AttributeName: "DeliveryPolicy",
    AttributeValue: typeof policy === "string" ? policy : JSON.stringify(policy),
  });
  return {
    ...service,
    TopicArn,
    SubscriptionArn,
    set: (policy: unknown) => service.call("SetSubscriptionAttributes", change(policy)),
    refusal: (policy: unknown) => service.failure("SetSubscriptionAttributes", change(policy)),
    own: () => service.subscriptionAttributes(SubscriptionArn).DeliveryPolicy,
    effective: () => service.subscriptionAttributes(SubscriptionArn).EffectiveDeliveryPolicy,
  };
}

test("without a policy of its own the defaults hold", () => {
  const { own, effective } = aSubscription();
  expect([own(), effective()]).toEqual([undefined, JSON.stringify(DEFAULT)]);
});

test("a policy is kept as five members, with null for what was not given", () => {
  const { own, effective } = aSubscription({
    RawMessageDelivery: "true",
    DeliveryPolicy: '{"requestPolicy":{"headerContentType":"text/csv"}}',
  });
  expect(own()).toBe(
    '{"healthyRetryPolicy":null,"sicklyRetryPolicy":null,"throttlePolicy":null,"requestPolicy":{"headerContentType":"text/csv"},"guaranteed":false}',
  );
  expect(effective()).toBe(JSON.stringify({ ...DEFAULT, requestPolicy: { headerContentType: "text/csv" } }));
});

test("the gaps are filled from the topic's policy, and a retry policy that is given from the defaults", () => {
  const { set, own, effective } = aSubscription(
    {},
    {
      DeliveryPolicy:
        '{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":5,"maxDelayTarget":6,"numRetries":1,"backoffFunction":"geometric"},"defaultRequestPolicy":{"headerContentType":"application/json"}}}',
    },
  );
  const inherited = { minDelayTarget: 5, maxDelayTarget: 6, numRetries: 1, backoffFunction: "geometric" };
  const requestPolicy = { headerContentType: "application/json" };
  expect(effective()).toBe(
    JSON.stringify({ ...DEFAULT, healthyRetryPolicy: { ...DEFAULT_RETRY, ...inherited }, requestPolicy }),
  );
  const given = { ...NOTHING_GIVEN, minDelayTarget: 1, maxDelayTarget: 1, numRetries: 0 };
  const throttlePolicy = { maxReceivesPerSecond: 1000 };
  set({ throttlePolicy, healthyRetryPolicy: { numRetries: 0, maxDelayTarget: 1, minDelayTarget: 1 } });
  expect(own()).toBe(JSON.stringify({ ...EMPTY, healthyRetryPolicy: given, throttlePolicy }));
  expect(effective()).toBe(
    '{"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":1,"numRetries":0,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},"sicklyRetryPolicy":null,"throttlePolicy":{"maxReceivesPerSecond":1000},"requestPolicy":{"headerContentType":"application/json"},"guaranteed":false}',
  );
  set("");
  expect(own()).toBeUndefined();
});

test("what AWS keeps of old is kept", () => {
  const { set, own } = aSubscription();
  const sicklyRetryPolicy = { ...NOTHING_GIVEN, minDelayTarget: 1, maxDelayTarget: 2, numRetries: 3 };
  set({ sicklyRetryPolicy, guaranteed: true });
  expect(own()).toBe(JSON.stringify({ ...EMPTY, sicklyRetryPolicy, guaranteed: true }));
});

test("a topic can make its subscriptions' policies ineffective", () => {
  const { set, own, effective } = aSubscription(
    {},
    { DeliveryPolicy: '{"http":{"disableSubscriptionOverrides":true}}' },
  );
  const healthyRetryPolicy = { ...NOTHING_GIVEN, minDelayTarget: 1, maxDelayTarget: 2, numRetries: 3 };
  set({ healthyRetryPolicy });
  expect(own()).toBe(JSON.stringify({ ...EMPTY, healthyRetryPolicy }));
  expect(effective()).toBe(JSON.stringify(DEFAULT));
});

test("a retry policy cannot do without three of its members", () => {
  const { refusal } = aSubscription();
  const whole = { numRetries: 1, minDelayTarget: 1, maxDelayTarget: 1 };
  for (const name of Object.keys(whole)) {
    expect(refusal({ healthyRetryPolicy: { ...whole, [name]: null } })).toEqual(
      invalid(`DeliveryPolicy: healthyRetryPolicy.${name} must be specified`),
    );
  }
});

test.for<[policy: unknown, reason: string]>([
  [
    { healthyRetryPolicy: { minDelayTarget: 0, maxDelayTarget: 1, numRetries: 1 } },
    "healthyRetryPolicy.minDelayTarget must be greater than or equal to 1",
  ],
  [
    { throttlePolicy: { maxReceivesPerSecond: "1" } },
    "throttlePolicy.maxReceivesPerSecond type mismatch, expecting integer, received a string",
  ],
  [{ requestPolicy: [] }, "requestPolicy type mismatch, expecting object, received an array"],
])("%j is refused", ([policy, reason]) => {
  const { failure, refusal, TopicArn } = aSubscription();
  expect(refusal(policy)).toEqual(invalid(`DeliveryPolicy: ${reason}`));
  const Attributes = { DeliveryPolicy: JSON.stringify(policy) };
  expect(failure("Subscribe", { TopicArn, Protocol: "https", Endpoint: "https://example.com/", Attributes })).toEqual(
    invalid(`Attributes Reason: DeliveryPolicy: ${reason}`),
  );
});

test.for(["text/csv", "application/octet-stream", "text/html"])("only raw messages can be %s", (headerContentType) => {
  const { call, refusal, set, SubscriptionArn } = aSubscription();
  const policy = { requestPolicy: { headerContentType } };
  expect(refusal(policy)).toEqual(
    invalid("DeliveryPolicy: requestPolicy.headerContentType must be one of [application/json, text/plain]"),
  );
  call("SetSubscriptionAttributes", { SubscriptionArn, AttributeName: "RawMessageDelivery", AttributeValue: "true" });
  expect(set(policy)).toBeUndefined();
});

test("raw messages cannot be everything", () => {
  const { refusal } = aSubscription({ RawMessageDelivery: "true" });
  expect(refusal({ requestPolicy: { headerContentType: "image/png" } })).toMatchObject({ code: "InvalidParameter" });
});
