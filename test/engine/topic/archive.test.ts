import { describe, expect, test } from "vitest";
import { compileFilterPolicy } from "../../../src/engine/pattern/filter-policy.ts";
import type { Subscription } from "../../../src/engine/topic/subscription/subscription.ts";
import type { Topic } from "../../../src/engine/topic/topic.ts";
import { aSubscription, HOUR, MINUTE, publish, SECOND, someTopics } from "./topic-fixture.ts";

const DAY = 24 * HOUR;

/** A FIFO topic that keeps for a day what it published, and a subscription of it. */
function anArchive() {
  const topics = someTopics();
  const topic = topics.create({ isFifo: true, archiveRetentionMs: DAY });
  const subscription = topic.subscribe(aSubscription("queue"));
  const say = (message: string) => publish(topic, message, { groupId: "g", deduplicationId: message });
  /** What it wants of the archive from now on. */
  const want = (range: Parameters<Topic["redeliver"]>[1], of: Subscription = subscription) =>
    topic.redeliver(of, range, { settings: of.settings, attributes: of.attributes });
  const status = () => topic.redeliveryStatusOf(subscription);
  return { ...topics, topic, subscription, say, want, status, start: topics.clock.now() };
}

describe("an archive", () => {
  test("begins when it is opened, and then where its retention does", () => {
    const { clock, topic, start } = anArchive();
    clock.advance(DAY);
    expect(topic.beginningOfArchive).toBe(start);
    clock.advance(1);
    expect(topic.beginningOfArchive).toBe(start + 1);
  });

  test("keeps what it has when its retention changes, and nothing once it is closed", () => {
    const { topic, say, want, news, start } = anArchive();
    const configure = (archiveRetentionMs: number | undefined) =>
      topic.configure({ ...topic.definition, settings: { ...topic.definition.settings, archiveRetentionMs } });
    say("early");
    configure(2 * DAY);
    news();
    want({ startingPoint: start });
    expect(news()).toEqual(["early again to queue"]);
    configure(undefined);
    configure(DAY);
    want({ startingPoint: start });
    expect(news()).toEqual([]);
    expect(topic.beginningOfArchive).toBe(start);
  });

  test.for([
    [DAY, ["old again to queue"]],
    [DAY + 1, []],
  ] as const)("has what was published %i milliseconds ago, or not", ([ms, expected]) => {
    const { clock, say, want, news } = anArchive();
    say("old");
    news();
    clock.advance(ms);
    want({ startingPoint: 0 });
    expect(news()).toEqual(expected);
  });
});

describe("a redelivery from the archive", () => {
  test("brings what was published from its start to its end, both included", () => {
    const { clock, say, want, news, start } = anArchive();
    for (const message of ["a", "b", "c", "d"]) {
      say(message);
      clock.advance(SECOND);
    }
    news();
    want({ startingPoint: start + SECOND, endingPoint: start + 2 * SECOND });
    expect(news()).toEqual(["b again to queue", "c again to queue"]);
  });

  test("without an end is through at once, and live messages follow", () => {
    const { say, want, news, status, start } = anArchive();
    expect(status()).toBeUndefined();
    say("a");
    want({ startingPoint: start });
    say("b");
    expect(news()).toEqual(["a to queue", "a again to queue", "b to queue"]);
    expect(status()).toBe("Completed");
  });

  test("with an end in the past pauses the subscription until it asks for nothing more", () => {
    const { clock, say, want, news, status, start } = anArchive();
    clock.advance(SECOND);
    want({ startingPoint: start, endingPoint: start + 1 });
    say("a");
    expect([news(), status()]).toEqual([[], "Completed"]);
    want(undefined);
    say("b");
    expect([news(), status()]).toEqual([["b to queue"], undefined]);
  });

  test.for([
    [0, ["a to queue"], "In progress"],
    [1, [], "Completed"],
  ] as const)("with an end to come lets messages through until %i ms after it", ([ms, expected, state]) => {
    const { clock, say, want, news, status, start } = anArchive();
    want({ startingPoint: start, endingPoint: start + MINUTE });
    clock.advance(MINUTE + ms);
    expect(status()).toBe(state);
    say("a");
    expect(news()).toEqual(expected);
  });

  test("leaves out what the filter policy does not accept", () => {
    const { topic, subscription, say, want, news, start } = anArchive();
    say('{"n":1}');
    say('{"n":2}');
    news();
    const compiled = compileFilterPolicy('{"n":[2]}', "MessageBody");
    const filterPolicy = "policy" in compiled ? compiled.policy : undefined;
    topic.configureSubscription(subscription, { settings: { ...subscription.settings, filterPolicy }, attributes: {} });
    want({ startingPoint: start });
    expect(news()).toEqual(['{"n":2} again to queue']);
  });

  test("that was asked for with the subscription waits for its confirmation", () => {
    const { topic, say, news, start } = anArchive();
    say("a");
    news();
    const definition = { ...aSubscription("url", { protocol: "http", isConfirmed: false }) };
    const pending = topic.subscribe({ ...definition, redelivery: { startingPoint: start } });
    expect([news(), topic.redeliveryStatusOf(pending)]).toEqual([[], "Pending"]);
    topic.confirm(pending, { isAuthenticated: true, refusesUnsigned: false });
    expect([news(), topic.redeliveryStatusOf(pending)]).toEqual([["a again to url"], "Completed"]);
  });

  test("is not made again when the subscription comes back", () => {
    const { topic, subscription, say, want, news, start } = anArchive();
    say("a");
    want({ startingPoint: start });
    news();
    topic.unsubscribe(subscription);
    topic.confirm(subscription, { isAuthenticated: true, refusesUnsigned: false });
    expect(news()).toEqual([]);
  });
});
