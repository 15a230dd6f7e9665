import { expect, test } from "vitest";
import { ACCOUNT, REGION, receive, receiveOne } from "../../support/queue.ts";
import { aDelivering, publish, type SubscriptionChoice } from "../fixture.ts";

const GONE = `arn:aws:sqs:${REGION}:${ACCOUNT}:gone`;

/** A subscription of a queue that does not exist, and its dead-letter queue. */
function aFailing({ isFifo = false, ...choice }: SubscriptionChoice & { readonly isFifo?: boolean } = {}) {
  const delivering = aDelivering();
  const topic = delivering.topic({ isFifo });
  const deadLetters = delivering.create(isFifo ? "dead.fifo" : "dead", { isFifo });
  const endpoint = isFifo ? `${GONE}.fifo` : GONE;
  const subscription = delivering.subscribe(topic, "sqs", endpoint, {
    deadLetterTargetArn: deadLetters.arn,
    ...choice,
  });
  return { ...delivering, topic, deadLetters, subscription };
}

test("a message that cannot be delivered goes to the dead-letter queue in its envelope", () => {
  const { topic, deadLetters } = aFailing();
  const { id } = publish(topic, { subject: "Greeting", attributes: { a: { dataType: "String", value: "v" } } });
  const { message } = receiveOne(deadLetters);
  expect(JSON.parse(message.body)).toMatchObject({ Type: "Notification", MessageId: id, Subject: "Greeting" });
  expect(message.attributes).toBeUndefined();
});

test("a raw message goes to the dead-letter queue as it is, its attributes as the queue's", () => {
  const { topic, deadLetters } = aFailing({ isRaw: true });
  const attributes = { a: { dataType: "String", value: "v" } };
  publish(topic, { message: "Hello", attributes });
  const { message } = receiveOne(deadLetters);
  expect(message.body).toBe("Hello");
  expect(message.attributes).toEqual(attributes);
});

test("the ids of a FIFO topic stay with a dead letter, and the order of a group too", () => {
  const { topic, deadLetters } = aFailing({ isRaw: true, isFifo: true });
  for (const n of [1, 2, 3]) publish(topic, { message: `${n}`, groupId: "group", deduplicationId: `id-${n}` });
  const received = deadLetters.receive({ max: 10 });
  expect(received.map(({ message }) => message.body)).toEqual(["1", "2", "3"]);
  expect(received[0]!.message).toMatchObject({ groupId: "group", deduplicationId: "id-1" });
});

test("the log tells where the dead letter went, and why", () => {
  const { topic, deadLetters, lines } = aFailing();
  publish(topic);
  expect(lines()).toMatchObject([
    { result: "deadLettered", reason: "The queue does not exist", deadLetterTargetArn: deadLetters.arn },
  ]);
});

test("without a dead-letter queue the message is dropped", () => {
  const { topic, deadLetters, lines } = aFailing({ deadLetterTargetArn: undefined });
  publish(topic);
  expect(receive(deadLetters)).toEqual([]);
  expect(lines()).toMatchObject([{ result: "dropped", reason: "The queue does not exist" }]);
});

test("where there are no functions a message for one is a dead letter in the envelope of a queue, with a queue to have it", async () => {
  const { topic, deadLetters, subscribe, store, logged, lines } = aFailing();
  for (const subscription of topic.subscriptions) topic.unsubscribe(subscription);
  const functionArn = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:gone`;
  subscribe(topic, "lambda", functionArn, { deadLetterTargetArn: deadLetters.arn });
  const { id } = publish(topic);
  await logged(1);
  expect(JSON.parse(receiveOne(deadLetters).message.body)).toMatchObject({ Type: "Notification", MessageId: id });
  expect(lines()).toMatchObject([{ result: "deadLettered", reason: "The function does not exist" }]);
  expect(store.page({ limit: 10 }).messages).toEqual([]);
});

test.for([
  ["does not exist", `${GONE}-too`],
  ["is in another region", `arn:aws:sqs:eu-west-1:${ACCOUNT}:dead`],
  ["is of another account", `arn:aws:sqs:${REGION}:111111111111:dead`],
])("the message is dropped when the dead-letter queue %s", ([, deadLetterTargetArn = ""]) => {
  const { topic, queueIn, lines } = aFailing({ deadLetterTargetArn });
  const queues = [queueIn(ACCOUNT, "eu-west-1", "dead"), queueIn("111111111111", REGION, "dead")];
  publish(topic);
  expect(queues.flatMap((queue) => receive(queue))).toEqual([]);
  expect(lines()).toMatchObject([
    { result: "dropped", reason: "The queue does not exist; its dead-letter queue does not exist" },
  ]);
});

test("the dead-letter queue of a foreign subscription is one of the subscriber's", () => {
  const { topic, queueIn } = aFailing({
    owner: "111111111111",
    deadLetterTargetArn: `arn:aws:sqs:${REGION}:111111111111:dead`,
  });
  const deadLetters = queueIn("111111111111", REGION, "dead");
  publish(topic);
  expect(receive(deadLetters)).toHaveLength(1);
});

test("a FIFO queue is no dead-letter queue for a standard topic", () => {
  const { topic, create, subscription } = aFailing();
  const fifo = create("other.fifo", { isFifo: true });
  const settings = { ...subscription.settings, deadLetterTargetArn: fifo.arn };
  topic.configureSubscription(subscription, { settings, attributes: {} });
  publish(topic, { groupId: "group" });
  expect(receive(fifo)).toEqual([]);
});

test("a dead-letter queue set later gets later failures only", () => {
  const { topic, deadLetters, subscription } = aFailing({ deadLetterTargetArn: undefined, isRaw: true });
  publish(topic, { message: "before" });
  const settings = { ...subscription.settings, deadLetterTargetArn: deadLetters.arn };
  topic.configureSubscription(subscription, { settings, attributes: {} });
  publish(topic, { message: "after" });
  expect(receive(deadLetters)).toEqual(["after"]);
});

test("a confirmation is never a dead letter", () => {
  const { topic, deadLetters, subscription, lines } = aFailing({ isConfirmed: false });
  topic.askForConfirmation("SubscriptionConfirmation", subscription, "http://localhost:4566");
  expect(receive(deadLetters)).toEqual([]);
  expect(lines()).toMatchObject([{ type: "SubscriptionConfirmation", result: "dropped" }]);
});
