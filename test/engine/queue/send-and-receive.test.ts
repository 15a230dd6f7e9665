import { expect, test } from "vitest";
import { aMessage, aQueue, bodiesOf, MINUTE, receive, receiveOne, START, send } from "../../support/queue.ts";

test("a message that was sent is received with its body, attributes and group as they were given", () => {
  const { queue } = aQueue();
  const attributes = { Hello: { dataType: "String", value: "There" } };
  const { id } = queue.send(aMessage("hello", { attributes, groupId: "tenant", traceHeader: "Root=1-2-3" }));
  expect(receiveOne(queue).message).toMatchObject({
    id,
    body: "hello",
    senderId: "AIDAEXAMPLE",
    sentAt: START,
    attributes,
    groupId: "tenant",
    traceHeader: "Root=1-2-3",
  });
});

test("messages are received in the order they were sent", () => {
  const { queue } = aQueue();
  send(queue, ["a", "b", "c"]);
  expect(receive(queue, { max: 2 })).toEqual(["a", "b"]);
  expect(receive(queue)).toEqual(["c"]);
});

test.for([
  { max: 1, received: 1 },
  { max: 9, received: 9 },
  { max: 10, received: 10 },
  { max: 11, received: 10 },
])("a receive returns at most as many messages as it asks for: $max of ten", ({ max, received }) => {
  const { queue } = aQueue();
  send(queue, [..."abcdefghij"]);
  expect(queue.receive({ max })).toHaveLength(received);
});

test("a receive on an empty queue returns nothing", () => {
  const { queue } = aQueue();
  expect(receive(queue)).toEqual([]);
});

test("a message that is in flight is not received again", () => {
  const { queue } = aQueue();
  send(queue, ["a"]);
  receiveOne(queue);
  expect(receive(queue)).toEqual([]);
});

test("every message has an id of its own, and equal bodies are different messages", () => {
  const { queue } = aQueue();
  const ids = ["same", "same", "same"].map((body) => queue.send(aMessage(body)).id);
  expect(new Set(ids).size).toBe(3);
  expect(receive(queue)).toEqual(["same", "same", "same"]);
});

test("a standard queue gives no sequence numbers and deduplicates nothing", () => {
  const { queue } = aQueue();
  const twice = [1, 2].map(() => queue.send(aMessage("a", { groupId: "g", deduplicationId: "id" })));
  expect(twice.map(({ sequenceNumber }) => sequenceNumber)).toEqual([undefined, undefined]);
  expect(receive(queue)).toEqual(["a", "a"]);
});

test("a standard queue does not lock a message group", () => {
  const { queue } = aQueue();
  send(queue, ["a", "b"], { groupId: "g" });
  receiveOne(queue);
  expect(receive(queue)).toEqual(["b"]);
});

test("a shared body is made for its reader once it is read, and not by sending or receiving the message", () => {
  const { queue } = aQueue();
  let made = 0;
  const body = {
    textFor(reader: string): string {
      made++;
      return `for ${reader}`;
    },
  };
  for (const reader of ["one", "two"]) queue.send({ ...aMessage(""), body }, reader);
  const received = queue.receive({ max: 2 });
  expect(made).toBe(0);
  expect(bodiesOf(received)).toEqual(["for one", "for two"]);
});

test("a message has the id its sender was told", () => {
  const { queue } = aQueue();
  const { id } = queue.send(aMessage("a"));
  expect(receiveOne(queue).message.id).toBe(id);
});

// AWS: SQS developer guide, ApproximateAgeOfOldestMessage: after three receives a message goes to the back.
test.for([
  { receives: 2, next: ["old", "new"] },
  { receives: 3, next: ["new", "old"] },
])("a message of a standard queue goes to the back after three receives: $receives", ({ receives, next }) => {
  const { queue, clock } = aQueue({ visibilityTimeoutMs: MINUTE });
  send(queue, ["old"]);
  for (let count = 0; count < receives; count++) {
    receiveOne(queue);
    if (count === receives - 1) send(queue, ["new"]);
    clock.advance(MINUTE);
  }
  expect(receive(queue)).toEqual(next);
});

test("messages that go to the back at the same instant keep their order", () => {
  const { queue, clock } = aQueue({ visibilityTimeoutMs: MINUTE });
  const bodies = [..."abcdefghij"];
  send(queue, bodies);
  for (let count = 0; count < 5; count++) {
    expect(receive(queue)).toEqual(bodies);
    clock.advance(MINUTE);
  }
});
