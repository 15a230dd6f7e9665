import { describe, expect, test } from "vitest";
import type { TopicSettings } from "../../../src/engine/topic/settings.ts";
import { aSubscription, MINUTE, publish, someTopics } from "./topic-fixture.ts";

function aFifoTopic(settings: Partial<TopicSettings> = {}) {
  const topics = someTopics();
  const topic = topics.create({ isFifo: true, ...settings });
  topic.subscribe(aSubscription("queue"));
  const say = (message: string, deduplicationId?: string, groupId = "g") =>
    publish(topic, message, { groupId, deduplicationId });
  return { ...topics, topic, say };
}

describe("a FIFO topic", () => {
  test("answers a duplicate with the message it accepted, and delivers it once", () => {
    const { say, news } = aFifoTopic();
    const { id, sequenceNumber } = say("a", "x");
    expect(say("b", "x")).toEqual({ id, sequenceNumber });
    expect(news()).toEqual(["a to queue"]);
  });

  test.for([
    [5 * MINUTE - 1, ["a to queue"]],
    [5 * MINUTE, ["a to queue", "b to queue"]],
  ] as const)("forgets a deduplication id after five minutes: %i ms", ([ms, expected]) => {
    const { clock, say, news } = aFifoTopic();
    say("a", "x");
    clock.advance(ms);
    say("b", "x");
    expect(news()).toEqual(expected);
  });

  test("numbers what it accepts: twenty digits, greater for later messages, duplicates aside", () => {
    const { say } = aFifoTopic();
    const numbers = [say("a", "x"), say("b", "y"), say("b", "y"), say("c", "z")].map((told) => told.sequenceNumber);
    expect(numbers).toEqual([
      "10000000000000001000",
      "10000000000000002000",
      "10000000000000002000",
      "10000000000000003000",
    ]);
  });

  test("knows a message by its text where that is what counts", () => {
    const { say, news } = aFifoTopic({ contentBasedDeduplication: true });
    say("a");
    say("a");
    say("a", "x");
    expect(news()).toEqual(["a to queue", "a to queue"]);
  });

  test.for([
    ["topic", ["a to queue"]],
    ["messageGroup", ["a to queue", "b to queue"]],
  ] as const)("deduplicates within its %s", ([deduplicationScope, expected]) => {
    const { say, news } = aFifoTopic({ deduplicationScope });
    say("a", "x", "g");
    say("b", "x", "h");
    expect(news()).toEqual(expected);
  });

  test("keeps an id in the scope it was accepted in when the scope changes", () => {
    const { topic, say, news } = aFifoTopic();
    say("a", "x", "g");
    const { definition } = topic;
    topic.configure({ ...definition, settings: { ...definition.settings, deduplicationScope: "messageGroup" } });
    say("b", "x", "h");
    say("c", "y", "g");
    say("d", "y", "h");
    expect(news()).toEqual(["a to queue", "c to queue", "d to queue"]);
  });
});

test("a standard topic takes the same message twice, and numbers none", () => {
  const { create, news } = someTopics();
  const topic = create();
  topic.subscribe(aSubscription("queue"));
  const told = [publish(topic, "a"), publish(topic, "a")];
  expect(new Set(told.map(({ id }) => id)).size).toBe(2);
  expect(told.map(({ sequenceNumber }) => sequenceNumber)).toEqual([undefined, undefined]);
  expect(news()).toEqual(["a to queue", "a to queue"]);
});
