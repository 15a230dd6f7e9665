import { expect, test } from "vitest";
import { TopicTarget } from "../../../src/delivery/target/topic.ts";
import type { NewNotification } from "../../../src/engine/topic/notification.ts";
import type { TopicSettings } from "../../../src/engine/topic/settings.ts";
import { receive, receiveOne } from "../../support/queue.ts";
import { aDelivering } from "../fixture.ts";
import { aJob } from "../jobs.ts";

/** Has a job publish to a topic with a subscribed queue. */
function publishing(settings: Partial<TopicSettings>, content: Partial<NewNotification> = {}) {
  const delivering = aDelivering();
  const topic = delivering.topic(settings);
  const queue = delivering.create("queue");
  delivering.subscribe(topic, "sqs", queue.arn, { isRaw: true });
  const target = new TopicTarget((arn) => delivering.topics.byArn(arn));
  const notification = () => ({ message: "Hello", origin: "http://localhost:4566", ...content });
  const { job, outcomes } = aJob({ topicArn: topic.arn, notification });
  target.deliver(job);
  return { outcomes, queue };
}

test("a job publishes to a topic, whose subscribers have the message at once", () => {
  const attributes = { a: { dataType: "String", value: "b" } };
  const { outcomes, queue } = publishing({}, { attributes });
  expect(receiveOne(queue).message).toMatchObject({ body: "Hello", attributes });
  expect(outcomes).toEqual([{ result: "delivered", statusCode: undefined }]);
});

test("a job publishes to a FIFO topic", () => {
  const { outcomes, queue } = publishing({ isFifo: true }, { groupId: "group", deduplicationId: "id" });
  expect(receive(queue)).toEqual(["Hello"]);
  expect(outcomes).toMatchObject([{ result: "delivered" }]);
});

test.for<[title: string, settings: Partial<TopicSettings>, content: Partial<NewNotification>, reason: string]>([
  ["is too long", { maxMessageBytes: 4 }, {}, "The message is too long for the topic"],
  ["has no group", { isFifo: true }, { deduplicationId: "id" }, "A FIFO topic takes messages with a group only"],
  [
    "has no deduplication id",
    { isFifo: true },
    { groupId: "group" },
    "The FIFO topic needs a deduplication id, since it makes none of the content",
  ],
])("a message that %s is not published", ([, settings, content, reason]) => {
  const { outcomes, queue } = publishing(settings, content);
  expect(receive(queue)).toEqual([]);
  expect(outcomes).toEqual([{ result: "dropped", statusCode: undefined, reason }]);
});

test("nothing is published to a topic that does not exist", () => {
  const { job, outcomes } = aJob({ topicArn: "arn:aws:sns:us-east-1:123456789012:gone", notification: () => never() });
  new TopicTarget(() => undefined).deliver(job);
  expect(outcomes).toMatchObject([{ result: "dropped", reason: "The topic does not exist" }]);
});

function never(): never {
  throw new Error("not to be made");
}
