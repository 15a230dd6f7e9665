import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { nextTurn } from "../../src/kernel/time/system-clock.ts";
import { anEmulator } from "../support/emulator.ts";

/** An emulator that is called in the process, with the names of the calls in the order in which they were answered. */
async function aCaller() {
  const emulator = await anEmulator({ history: "off" });
  const handler = emulator.requestHandler();
  const answered: string[] = [];
  /** Calls SQS; what it answers under that name. */
  const call = async (name: string, operation: string, input: object): Promise<Record<string, unknown>> => {
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AmazonSQS.${operation}` };
    const request = { method: "POST", protocol: "http:", hostname: "localhost", path: "/", headers };
    const { response } = await handler.handle({ ...request, body: JSON.stringify(input) });
    answered.push(name);
    return JSON.parse(await text(response.body));
  };
  const createQueue = async (name: string, Attributes = {}): Promise<string> => {
    const { QueueUrl } = await call("create", "CreateQueue", { QueueName: name, Attributes });
    answered.length = 0;
    return String(QueueUrl);
  };
  return { emulator, call, createQueue, answered, [Symbol.asyncDispose]: () => emulator.close() };
}

const bodiesIn = ({ Messages = [] }: { Messages?: readonly { Body: string }[] }) => Messages.map(({ Body }) => Body);

test.for([
  { queue: "orders", attributes: {}, more: {} },
  {
    queue: "orders.fifo",
    attributes: { FifoQueue: "true" },
    more: { MessageGroupId: "g", MessageDeduplicationId: "d" },
  },
])("a receive that waits at $queue is answered before the send that wakes it", async ({ queue, attributes, more }) => {
  await using caller = await aCaller();
  const QueueUrl = await caller.createQueue(queue, attributes);
  const receive = caller.call("receive", "ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
  await nextTurn();
  const send = caller.call("send", "SendMessage", { QueueUrl, MessageBody: "hello", ...more });
  expect(bodiesIn(await receive)).toEqual(["hello"]);
  await send;
  expect(caller.answered).toEqual(["receive", "send"]);
});

test("of two that wait for one message the first gets it, and the other goes on waiting", async () => {
  await using caller = await aCaller();
  const QueueUrl = await caller.createQueue("orders");
  const first = caller.call("first", "ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
  await nextTurn();
  const second = caller.call("second", "ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
  await nextTurn();
  await caller.call("send", "SendMessage", { QueueUrl, MessageBody: "a" });
  expect(bodiesIn(await first)).toEqual(["a"]);
  await caller.call("send again", "SendMessage", { QueueUrl, MessageBody: "b" });
  expect(bodiesIn(await second)).toEqual(["b"]);
  expect(caller.answered).toEqual(["first", "send", "second", "send again"]);
});
