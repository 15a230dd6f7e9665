import { expect, test } from "vitest";
import { aService } from "../../support/sqs.ts";

// §7

const group = (MessageGroupId: string, MessageDeduplicationId: string) => ({ MessageGroupId, MessageDeduplicationId });

test("two receives of one message take from two groups, as a group in flight is locked", () => {
  const { createFifoQueue, send, receive } = aService();
  const url = createFifoQueue("orders.fifo");
  for (const body of ["1a", "1b", "2a", "2b", "3a", "3b"]) send(url, body, group(body.slice(0, 1), body));
  expect(receive(url)).toMatchObject([{ Body: "1a" }]);
  expect(receive(url)).toMatchObject([{ Body: "2a" }]);
});

test("a duplicate send succeeds with the earlier id and number, and enqueues nothing", () => {
  const { createFifoQueue, send, receive } = aService();
  const url = createFifoQueue("orders.fifo");
  const first = send(url, "hello", group("g", "d"));
  const second = send(url, "other", group("g", "d"));
  expect(second).toMatchObject({ MessageId: first.MessageId, SequenceNumber: first.SequenceNumber });
  // The digest is that of what was sent, for SDKs verify it.
  expect(second.MD5OfMessageBody).not.toBe(first.MD5OfMessageBody);
  expect(receive(url, { MaxNumberOfMessages: 10 })).toMatchObject([{ Body: "hello" }]);
});

test("an id is remembered for five minutes", () => {
  const { createFifoQueue, send, clock } = aService();
  const url = createFifoQueue("orders.fifo");
  const first = send(url, "hello", group("g", "d"));
  clock.advance(299_999);
  expect(send(url, "hello", group("g", "d")).MessageId).toBe(first.MessageId);
  clock.advance(1);
  expect(send(url, "hello", group("g", "d")).MessageId).not.toBe(first.MessageId);
});

test.for<[scope: string, isDuplicate: boolean]>([
  ["queue", true],
  ["messageGroup", false],
])("with the scope %s an id of another group is a duplicate: %s", ([DeduplicationScope, isDuplicate]) => {
  const { createFifoQueue, send } = aService();
  const url = createFifoQueue("orders.fifo", { DeduplicationScope });
  const first = send(url, "hello", group("g", "d"));
  expect(send(url, "hello", group("h", "d")).MessageId === first.MessageId).toBe(isDuplicate);
});

test("an explicit id equal to a generated one is its duplicate", () => {
  const { createFifoQueue, send } = aService();
  const url = createFifoQueue("orders.fifo", { ContentBasedDeduplication: "true" });
  const first = send(url, "hello", { MessageGroupId: "g" });
  const generated = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  expect(send(url, "other", group("g", generated)).MessageId).toBe(first.MessageId);
});

test("content-based deduplication can be switched on and off", () => {
  const { createFifoQueue, call, send, failure } = aService();
  const QueueUrl = createFifoQueue("orders.fifo");
  const unnamed = { QueueUrl, MessageBody: "hello", MessageGroupId: "g" };
  call("SetQueueAttributes", { QueueUrl, Attributes: { ContentBasedDeduplication: "true" } });
  expect(send(QueueUrl, "hello", { MessageGroupId: "g" })).toHaveProperty("MessageId");
  call("SetQueueAttributes", { QueueUrl, Attributes: { ContentBasedDeduplication: "false" } });
  expect(failure("SendMessage", unnamed).code).toBe("InvalidParameterValue");
});

test("sequence numbers have twenty digits and increase", () => {
  const { createFifoQueue, send } = aService();
  const url = createFifoQueue("orders.fifo");
  const numbers = ["a", "b", "c"].map((id) => send(url, id, group("g", id)).SequenceNumber ?? "");
  expect(numbers.every((number) => /^\d{20}$/.test(number))).toBe(true);
  expect([...numbers].sort()).toEqual(numbers);
  expect(new Set(numbers).size).toBe(3);
});
