import { expect, test } from "vitest";
import { aService, QUEUE_ARN } from "../../../support/sns.ts";

// §24

const limitExceeded = { code: "SubscriptionLimitExceeded", status: 403 };
const STREAM_ARN = "arn:aws:firehose:us-east-1:000000000000:deliverystream/orders";
const Attributes = { SubscriptionRoleArn: "arn:aws:iam::000000000000:role/r" };

test("a FIFO topic has a hundred subscriptions at most, deleted ones aside", () => {
  const { call, createFifoTopic, failure, subscribe } = aService();
  const TopicArn = createFifoTopic("orders.fifo");
  const arns = Array.from({ length: 100 }, (_, index) => subscribe(TopicArn, "sqs", `${QUEUE_ARN}-${index}`));
  const another = { TopicArn, Protocol: "sqs", Endpoint: `${QUEUE_ARN}-100` };
  expect(failure("Subscribe", another)).toMatchObject(limitExceeded);
  expect(subscribe(TopicArn, "sqs", `${QUEUE_ARN}-99`)).toBe(arns[99]);
  call("Unsubscribe", { SubscriptionArn: arns[0] });
  expect(call("Subscribe", another)).toHaveProperty("SubscriptionArn");
  expect(failure("Subscribe", { ...another, Endpoint: `${QUEUE_ARN}-101` })).toMatchObject(limitExceeded);
});

test("a standard topic has more than that", () => {
  const { createTopic, subscribe } = aService();
  const TopicArn = createTopic("orders");
  const arns = Array.from({ length: 101 }, (_, index) => subscribe(TopicArn, "sqs", `${QUEUE_ARN}-${index}`));
  expect(new Set(arns).size).toBe(101);
});

test("five delivery streams of an owner can be subscribed to a topic", () => {
  const { call, createTopic, failure, subscribe } = aService();
  const TopicArn = createTopic("orders");
  for (let index = 1; index <= 5; index++) subscribe(TopicArn, "firehose", `${STREAM_ARN}-${index}`, Attributes);
  const sixth = { TopicArn, Protocol: "firehose", Endpoint: `${STREAM_ARN}-6`, Attributes };
  expect(failure("Subscribe", sixth)).toMatchObject(limitExceeded);
  expect(subscribe(TopicArn, "sqs", QUEUE_ARN)).toBeTruthy();
  expect(call("Subscribe", sixth, { account: "111111111111" })).toHaveProperty("SubscriptionArn");
  expect(call("Subscribe", { ...sixth, TopicArn: createTopic("other") })).toHaveProperty("SubscriptionArn");
});
