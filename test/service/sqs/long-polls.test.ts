import { expect, test } from "vitest";
import { aService } from "../../support/sqs.ts";

// §5.3

test("a short poll beyond the in-flight limit of a standard queue fails", () => {
  const { createQueue, send, receive, failure } = aService({ inFlightLimit: 2 });
  const QueueUrl = createQueue("orders");
  for (const body of ["a", "b", "c"]) send(QueueUrl, body);
  expect(receive(QueueUrl, { MaxNumberOfMessages: 2 })).toHaveLength(2);
  expect(failure("ReceiveMessage", { QueueUrl })).toEqual({
    code: "OverLimit",
    status: 403,
    message:
      "Too many messages have been received without being deleted.\nPlease delete your received messages or let them timeout before receiving more.",
  });
});

test("a long poll beyond the in-flight limit is answered with nothing", async () => {
  const { createQueue, send, receive, call, clock } = aService({ inFlightLimit: 1 });
  const QueueUrl = createQueue("orders");
  for (const body of ["a", "b"]) send(QueueUrl, body);
  receive(QueueUrl);
  const answer = call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 1 });
  clock.advance(1_000);
  expect(await answer).toStrictEqual({});
});

test("a FIFO queue beyond its in-flight limit is answered with nothing", () => {
  const { createFifoQueue, send, receive, call } = aService({ inFlightLimit: 1 });
  const QueueUrl = createFifoQueue("orders.fifo", { ContentBasedDeduplication: "true" });
  for (const body of ["a", "b"]) send(QueueUrl, body, { MessageGroupId: body });
  receive(QueueUrl);
  expect(call("ReceiveMessage", { QueueUrl })).toStrictEqual({});
});

test("a long poll that finds messages does not wait", () => {
  const { createQueue, send, receive } = aService();
  const url = createQueue("orders");
  send(url, "hello");
  expect(receive(url, { WaitTimeSeconds: 20 })).toMatchObject([{ Body: "hello" }]);
});

test("a long poll is answered by a message that is sent meanwhile", async () => {
  const { createQueue, send, call } = aService();
  const QueueUrl = createQueue("orders");
  const answer = call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20, AttributeNames: ["SenderId"] });
  send(QueueUrl, "hello");
  expect(await answer).toMatchObject({ Messages: [{ Body: "hello", Attributes: { SenderId: expect.any(String) } }] });
});

test.for<[title: string, attributes: Readonly<Record<string, string>>, input: object]>([
  ["it asks to", {}, { WaitTimeSeconds: 3 }],
  ["its queue does", { ReceiveMessageWaitTimeSeconds: "3" }, {}],
  ["it asks to, longer than its queue does", { ReceiveMessageWaitTimeSeconds: "1" }, { WaitTimeSeconds: 3 }],
])("a receive waits three seconds if %s", async ([, attributes, input]) => {
  const { createQueue, call, clock } = aService();
  const QueueUrl = createQueue("orders", attributes);
  let answer: unknown;
  const waiting = Promise.resolve(call("ReceiveMessage", { QueueUrl, ...input })).then((result) => {
    answer = result;
  });
  clock.advance(2_999);
  await Promise.resolve();
  expect(answer).toBeUndefined();
  clock.advance(1);
  await waiting;
  expect(answer).toStrictEqual({});
});

test("an explicit wait of 0 is a short poll, whatever the queue does", () => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders", { ReceiveMessageWaitTimeSeconds: "20" });
  expect(call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 0 })).toStrictEqual({});
});

test("a long poll whose caller hangs up takes no message", async () => {
  const { createQueue, send, call, receive } = aService();
  const QueueUrl = createQueue("orders");
  const hangUp = new AbortController();
  const answer = call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 }, { signal: hangUp.signal });
  hangUp.abort();
  send(QueueUrl, "hello");
  expect(await answer).toStrictEqual({});
  expect(receive(QueueUrl)).toHaveLength(1);
});

test("a long poll on a queue that is deleted ends with nothing", async () => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders");
  const answer = call("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 20 });
  call("DeleteQueue", { QueueUrl });
  expect(await answer).toStrictEqual({});
});
