import { expect, test, vi } from "vitest";
import type { NewMessage } from "../../../src/engine/queue/message.ts";
import type { Queue } from "../../../src/engine/queue/queue.ts";
import { forbiddenCharacter } from "../../../src/kernel/control-characters.ts";
import { receive } from "../../support/queue.ts";
import { aDelivering, publish } from "../fixture.ts";

/** What a queue was given, first to last. */
function givenTo(queue: Queue): readonly NewMessage[] {
  return vi.mocked(queue.accept).mock.calls.map(([message]) => message);
}

test("queues that get the same of a publish keep one message between them, each with its own link", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queues = ["one", "two"].map((name) => {
    const queue = delivering.create(name);
    vi.spyOn(queue, "accept");
    delivering.subscribe(topic, "sqs", queue.arn);
    return queue;
  });
  publish(topic, { message: "first" });
  publish(topic, { message: "second" });
  const [one = [], two = []] = queues.map(givenTo);
  expect(one).toHaveLength(2);
  expect(one[0]).toBe(two[0]);
  expect(one[1]).toBe(two[1]);
  expect(one[0]).not.toBe(one[1]);
  const links = queues.map((queue) => receive(queue).map((body) => JSON.parse(body).UnsubscribeURL));
  expect(new Set(links.flat()).size).toBe(2);
});

test("queues that get something else of it keep that", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const attributes = { color: { dataType: "String", value: "red" } };
  const [wrapped, raw] = [delivering.create("wrapped"), delivering.create("raw")];
  delivering.subscribe(topic, "sqs", wrapped.arn);
  delivering.subscribe(topic, "sqs", raw.arn, { isRaw: true });
  publish(topic, { message: "first", attributes, groupId: "g" });
  const [received] = raw.receive({ max: 1 });
  expect(received?.message).toMatchObject({ body: "first", attributes, groupId: "g" });
  const [enveloped] = wrapped.receive({ max: 1 });
  expect(enveloped?.message.attributes).toBeUndefined();
  expect(JSON.parse(enveloped?.message.body ?? "")).toMatchObject({ Message: "first" });
});

test("a publish of the same text after another is a message of its own", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  vi.spyOn(queue, "accept");
  delivering.subscribe(topic, "sqs", queue.arn, { isRaw: true });
  publish(topic, { message: "same", traceHeader: "Root=1" });
  publish(topic, { message: "same", traceHeader: "Root=2" });
  expect(givenTo(queue).map(({ traceHeader }) => traceHeader)).toEqual(["Root=1", "Root=2"]);
});

test.for<[title: string, message: string, reason: string]>([
  ["a control character", "a\u0007", "A queue takes no message with the character #x7"],
  ["a character that is none", "a\uFFFE", "A queue takes no message with the character #xFFFE"],
  ["nothing in it", "", "A queue takes no empty message"],
])("a raw message with %s gets to no queue, and an envelope does", ([, message, reason]) => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const [wrapped, raw] = [delivering.create("wrapped"), delivering.create("raw")];
  delivering.subscribe(topic, "sqs", wrapped.arn);
  delivering.subscribe(topic, "sqs", raw.arn, { isRaw: true });
  publish(topic, { message });
  expect(raw.counts.visible).toBe(0);
  expect(wrapped.counts.visible).toBe(1);
  const logged = [...delivering.log.attempts()].flatMap(([, attempts]) => [...attempts]);
  expect(JSON.stringify(logged)).toContain(reason);
});

test("a raw message with a character in an attribute that a queue does not take gets to no queue", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const raw = delivering.create("raw");
  delivering.subscribe(topic, "sqs", raw.arn, { isRaw: true });
  publish(topic, { message: "refused", attributes: { color: { dataType: "String", value: "\uFFFF" } } });
  publish(topic, { message: "refused", attributes: { color: { dataType: "String.\uFFFE", value: "red" } } });
  publish(topic, { message: "taken", attributes: { color: { dataType: "String", value: "red\t" } } });
  expect(receive(raw)).toEqual(["taken"]);
  const logged = [...delivering.log.attempts()].flatMap(([, attempts]) => [...attempts]);
  expect(JSON.stringify(logged)).toContain("A queue takes no message with the character #xFFFF");
  expect(JSON.stringify(logged)).toContain("A queue takes no message with the character #xFFFE");
});

test("envelopes escape what a queue does not take", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  delivering.subscribe(topic, "sqs", queue.arn);
  const content = { message: "a\uFFFEb", subject: "\uFFFF" };
  publish(topic, { ...content, attributes: { color: { dataType: "String", value: "c\uFFFF" } } });
  const [body = ""] = receive(queue);
  expect(forbiddenCharacter(body)).toBeUndefined();
  expect(JSON.parse(body)).toMatchObject({
    Message: content.message,
    Subject: content.subject,
    MessageAttributes: { color: { Value: "c\uFFFF" } },
  });
});
