import { expect, test } from "vitest";
import type { DisturbancePort } from "../../../src/delivery/transport/disturbance.ts";
import type { ReceivedMessage } from "../../../src/engine/queue/message.ts";
import type { Queue } from "../../../src/engine/queue/queue.ts";
import { ACCOUNT, MINUTE, REGION, receive, receiveOne } from "../../support/queue.ts";
import { aDelivering, publish } from "../fixture.ts";

/** What a consumer finds beside the body. */
function detailsOf({ message }: ReceivedMessage) {
  const { attributes, groupId, deduplicationId, traceHeader, senderId } = message;
  return { attributes, groupId, deduplicationId, traceHeader, senderId };
}

function envelopes(queue: Queue): readonly Record<string, unknown>[] {
  return receive(queue).map((body) => JSON.parse(body));
}

const plain = {
  attributes: undefined,
  groupId: undefined,
  deduplicationId: undefined,
  traceHeader: undefined,
  senderId: expect.stringMatching(/^AIDA[A-Z0-9]{17}$/),
};

const attributes = {
  text: { dataType: "String", value: "a" },
  number: { dataType: "Number.int", value: "1" },
  bytes: { dataType: "Binary", value: Buffer.from([2, 3, 4]) },
};

test("a published message is in the subscribed queue in the same turn, within the envelope", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  delivering.subscribe(topic, "sqs", queue.arn);
  const { id } = publish(topic, { message: "Hello", subject: "Greeting", attributes });
  const received = receiveOne(queue);
  expect(JSON.parse(received.message.body)).toMatchObject({
    Type: "Notification",
    MessageId: id,
    TopicArn: topic.arn,
    Subject: "Greeting",
    Message: "Hello",
    MessageAttributes: { bytes: { Type: "Binary", Value: "AgME" } },
  });
  expect(detailsOf(received)).toEqual(plain);
  expect(received.message.id).not.toBe(id);
});

test("a message that is held up on its way is in the queue once it is let go", async () => {
  const disturbance: DisturbancePort = { present: { delayMs: () => MINUTE / 6, mishap: () => undefined } };
  using delivering = aDelivering({ disturbance });
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  delivering.subscribe(topic, "sqs", queue.arn, { isRaw: true });
  publish(topic, { message: "held up" });
  disturbance.present = undefined;
  publish(topic, { message: "at once" });
  expect(receive(queue)).toEqual(["at once"]);
  delivering.clock.advance(MINUTE / 6);
  await delivering.logged(2);
  expect(receive(queue)).toEqual(["held up"]);
});

test("raw delivery puts the message itself into the queue, its attributes as the queue's", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  delivering.subscribe(topic, "sqs", queue.arn, { isRaw: true });
  publish(topic, { message: "Hello", subject: "Greeting", attributes });
  const received = receiveOne(queue);
  expect(received.message.body).toBe("Hello");
  expect(detailsOf(received)).toEqual({ ...plain, attributes });
});

test.for([true, false])("a queue gets the sqs branch of a JSON structure (raw: %s)", (isRaw) => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  delivering.subscribe(topic, "sqs", queue.arn, { isRaw });
  publish(topic, { message: "{…}", structure: { default: "for all", sqs: "for queues" } });
  const [body = ""] = receive(queue);
  expect(isRaw ? body : JSON.parse(body).Message).toBe("for queues");
});

test("the trace header of the request is the message's", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  delivering.subscribe(topic, "sqs", queue.arn);
  publish(topic, { traceHeader: "Root=1-2-3" });
  expect(detailsOf(receiveOne(queue))).toEqual({ ...plain, traceHeader: "Root=1-2-3" });
});

test("the queue's own delay applies", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue", { delayMs: MINUTE });
  delivering.subscribe(topic, "sqs", queue.arn);
  publish(topic);
  delivering.clock.advance(MINUTE - 1);
  expect(receive(queue)).toEqual([]);
  delivering.clock.advance(1);
  expect(receive(queue)).toHaveLength(1);
});

test("queues of other accounts and regions get what they subscribed to", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queues = [
    delivering.queueIn("111111111111", REGION, "queue"),
    delivering.queueIn(ACCOUNT, "eu-west-1", "queue"),
    delivering.queueIn("111111111111", "eu-west-1", "queue"),
  ];
  for (const queue of queues) delivering.subscribe(topic, "sqs", queue.arn);
  publish(topic);
  expect(queues.map((queue) => envelopes(queue).map(({ Message }) => Message))).toEqual([
    ["Hello"],
    ["Hello"],
    ["Hello"],
  ]);
});

test("a confirmation for a queue of another account lands in the queue", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.queueIn("111111111111", REGION, "queue");
  const subscription = delivering.subscribe(topic, "sqs", queue.arn, { isConfirmed: false });
  topic.askForConfirmation("SubscriptionConfirmation", subscription, "http://localhost:4566");
  const received = receiveOne(queue);
  expect(JSON.parse(received.message.body)).toMatchObject({
    Type: "SubscriptionConfirmation",
    Token: subscription.token,
  });
  expect(detailsOf(received)).toEqual(plain);
});

test("a confirmation for a FIFO queue of another account lands in the queue", () => {
  using delivering = aDelivering();
  const topic = delivering.topic({ isFifo: true });
  const queue = delivering.queueIn("111111111111", REGION, "queue.fifo", { isFifo: true });
  const subscription = delivering.subscribe(topic, "sqs", queue.arn, { isConfirmed: false });
  topic.askForConfirmation("SubscriptionConfirmation", subscription, "http://localhost:4566");
  expect(envelopes(queue)).toMatchObject([{ Type: "SubscriptionConfirmation" }]);
});

test("a queue that is deleted gets nothing, and one that takes its name gets what follows", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const first = delivering.create("queue");
  delivering.subscribe(topic, "sqs", first.arn, { isRaw: true });
  publish(topic, { message: "before" });
  delivering.queues.in(first.scope).delete(first);
  publish(topic, { message: "between" });
  const second = delivering.create("queue");
  publish(topic, { message: "after" });
  expect(receive(first)).toEqual(["before"]);
  expect(receive(second)).toEqual(["after"]);
});

test("after a reset of the queues nothing reaches one that was there before", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const before = delivering.create("queue");
  delivering.subscribe(topic, "sqs", before.arn, { isRaw: true });
  publish(topic, { message: "before" });
  delivering.queues.reset();
  delivering.dropAll();
  const after = delivering.queueIn(ACCOUNT, REGION, "queue");
  publish(topic, { message: "after" });
  expect(receive(before)).toEqual(["before"]);
  expect(receive(after)).toEqual(["after"]);
});

test("a deleted queue is a failure for good: one attempt, and nothing waits", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "sqs", `arn:aws:sqs:${REGION}:${ACCOUNT}:gone`);
  publish(topic);
  expect(delivering.lines()).toMatchObject([{ attempt: 1, result: "dropped", reason: "The queue does not exist" }]);
  expect(delivering.clock.pending).toBe(0);
});

test("an endpoint that is no ARN of a queue fails without harm to the publisher", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "sqs", "arn:aws:sns:us-east-1:000000000000:topic");
  delivering.subscribe(topic, "sqs", "no ARN at all");
  publish(topic);
  expect(delivering.lines().map(({ result }) => result)).toEqual(["dropped", "dropped"]);
  expect(delivering.reports).toEqual([]);
});

test("what goes wrong here is reported and hidden from the publisher", () => {
  const trouble = new Error("out of ink");
  using delivering = aDelivering({ envelopes: new Proxy({}, { get: () => fail(trouble) }) as never });
  const topic = delivering.topic();
  delivering.subscribe(topic, "sqs", delivering.create("queue").arn);
  expect(publish(topic)).toMatchObject({ id: expect.any(String) });
  expect(delivering.reports).toEqual([trouble]);
});

function fail(cause: Error): never {
  throw cause;
}

test.for([10, 11])("a raw message of %i attributes is taken up to ten, else a dead letter", (count) => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  const deadLetters = delivering.create("dead");
  delivering.subscribe(topic, "sqs", queue.arn, { isRaw: true, deadLetterTargetArn: deadLetters.arn });
  const many = Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`a${n}`, { dataType: "String", value: "v" }]),
  );
  publish(topic, { attributes: many });
  expect([receive(queue), receive(deadLetters)]).toEqual(count === 10 ? [["Hello"], []] : [[], ["Hello"]]);
});

test("within the envelope a message may have more than ten attributes", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  delivering.subscribe(topic, "sqs", queue.arn);
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`a${n}`, { dataType: "String", value: "v" }]));
  publish(topic, { attributes: many });
  expect(envelopes(queue)).toHaveLength(1);
});

test("a standard topic hands the message group on to a standard queue, and no deduplication id", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  delivering.subscribe(topic, "sqs", queue.arn);
  publish(topic, { groupId: "tenant" });
  expect(detailsOf(receiveOne(queue))).toEqual({ ...plain, groupId: "tenant" });
});

test("a FIFO topic keeps its ids from a standard queue", () => {
  using delivering = aDelivering();
  const topic = delivering.topic({ isFifo: true });
  const queue = delivering.create("queue");
  delivering.subscribe(topic, "sqs", queue.arn);
  publish(topic, { groupId: "group", deduplicationId: "id" });
  expect(detailsOf(receiveOne(queue))).toEqual(plain);
});

test("a FIFO topic hands its ids on to a FIFO queue, whose sequence numbers are its own", () => {
  using delivering = aDelivering();
  const topic = delivering.topic({ isFifo: true });
  const queue = delivering.create("queue.fifo", { isFifo: true });
  delivering.subscribe(topic, "sqs", queue.arn);
  const { sequenceNumber } = publish(topic, { groupId: "group", deduplicationId: "id" });
  const received = receiveOne(queue);
  expect(detailsOf(received)).toEqual({ ...plain, groupId: "group", deduplicationId: "id" });
  expect(received.message.sequenceNumber).toMatch(/^\d{20}$/);
  expect(received.message.sequenceNumber).not.toBe(sequenceNumber);
});

test("a FIFO queue needs no content-based deduplication of its own when the topic has it", () => {
  using delivering = aDelivering();
  const topic = delivering.topic({ isFifo: true, contentBasedDeduplication: true });
  const queue = delivering.create("queue.fifo", { isFifo: true });
  delivering.subscribe(topic, "sqs", queue.arn, { isRaw: true });
  publish(topic, { message: "Test", groupId: "group" });
  // Recorded: the SHA-256 of "Test".
  const deduplicationId = "532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25";
  expect(detailsOf(receiveOne(queue))).toMatchObject({ deduplicationId });
});

test("messages of a group arrive in order, and in the same order at every FIFO queue", () => {
  using delivering = aDelivering();
  const topic = delivering.topic({ isFifo: true });
  const queues = ["a.fifo", "b.fifo"].map((name) => delivering.create(name, { isFifo: true }));
  for (const queue of queues) delivering.subscribe(topic, "sqs", queue.arn, { isRaw: true });
  for (const n of [1, 2, 3, 4]) publish(topic, { message: `${n}`, groupId: "group", deduplicationId: `${n}` });
  expect(queues.map((queue) => receive(queue))).toEqual([
    ["1", "2", "3", "4"],
    ["1", "2", "3", "4"],
  ]);
});

test("a FIFO queue takes nothing from a standard topic", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue.fifo", { isFifo: true });
  delivering.subscribe(topic, "sqs", queue.arn);
  publish(topic, { groupId: "group" });
  expect(receive(queue)).toEqual([]);
  expect(delivering.lines()).toMatchObject([
    { result: "dropped", reason: "A FIFO queue takes messages of FIFO topics only" },
  ]);
});
