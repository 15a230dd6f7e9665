import { expect, test } from "vitest";
import { md5 } from "../../../../src/kernel/digest.ts";
import { digestOfReceived, digestOfSent } from "../../../../src/service/sqs/message/message-content.ts";
import { aService } from "../../../support/sqs.ts";

test.for(["", "short", "é🎉", "x".repeat(4096)])("a body of %s has one digest when it is sent and received", (body) => {
  expect(digestOfSent(body, 7, 1)).toBe(md5(body));
  expect(digestOfReceived(body, 7)).toBe(md5(body));
});

test("the digest of a message is its own, whatever other queues' messages have its key or one that shares its place", () => {
  for (const [index, key] of [3, 3, 3 + 1024, 3 + 2048].entries()) digestOfSent(`body ${index}`, key, 1);
  for (const key of [3, 3 + 1024, 3 + 2048]) expect(digestOfReceived("body 0", key)).toBe(md5("body 0"));
  expect(digestOfReceived("body 3", 3)).toBe(md5("body 3"));
});

test("a body of a message that was never sent here is digested", () => {
  expect(digestOfReceived("dead-lettered", 500)).toBe(md5("dead-lettered"));
});

test("a long body has its own digest, even where a duplicate of it was accepted with another body", () => {
  const { createQueue, call } = aService();
  const QueueUrl = createQueue("orders.fifo", { FifoQueue: "true" });
  const ids = { MessageGroupId: "g", MessageDeduplicationId: "d" };
  const [first, second] = ["a".repeat(5_000), "b".repeat(5_000)];
  for (const MessageBody of [first, second]) {
    expect(call("SendMessage", { QueueUrl, MessageBody, ...ids })).toMatchObject({
      MD5OfMessageBody: md5(MessageBody),
    });
  }
  expect(call("ReceiveMessage", { QueueUrl })).toMatchObject({ Messages: [{ Body: first, MD5OfBody: md5(first) }] });
});
