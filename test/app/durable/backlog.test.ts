import { expect, test } from "vitest";
import { OwedPart } from "../../../src/app/durable/owed-part.ts";
import { KeptBacklog } from "../../../src/delivery/sns/kept/kept-backlog.ts";
import { compileFilterPolicy } from "../../../src/engine/pattern/filter-policy.ts";
import type { Delivery } from "../../../src/engine/topic/delivery.ts";
import type { Topic } from "../../../src/engine/topic/topic.ts";
import { TopicDirectory } from "../../../src/engine/topic/topic-directory.ts";
import type { Entry } from "../../../src/kernel/event/event-log.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { Clocks } from "../../../src/kernel/time/clocks.ts";
import { stillTime } from "../../support/queue.ts";

const scope = scopeOf("111111111111", "us-east-1");
const settings = { isFifo: false, archiveRetentionMs: undefined };
const subscription = {
  protocol: "sqs",
  owner: scope.account,
  principal: "",
  isConfirmed: true,
  settings: { isRaw: false, filterPolicy: undefined, deadLetterTargetArn: undefined, deliveryPolicy: undefined },
  attributes: {},
} as const;

/** Topics in a process of their own, whose turns a test lets come, with what outlasts it. */
function aProcess() {
  const tasks: (() => void)[] = [];
  const delivered: string[] = [];
  const recorded: Entry[] = [];
  const clocks = new Clocks(stillTime);
  const topics = new TopicDirectory({
    clockOf: (account) => clocks.of(account),
    ids: seededIds("backlog"),
    outbox: (delivery: Delivery) => {
      if (delivery.type !== "Notification") return;
      delivered.push(`${delivery.notification.content.message.slice(-8)} to ${delivery.subscription.endpoint}`);
    },
    soon: (task) => void tasks.push(task),
  });
  const owed = new KeptBacklog(topics);
  const record = (_account: string, entry: Entry) => void recorded.push(JSON.parse(JSON.stringify(entry)));
  const part = new OwedPart({ name: "backlog", owed, record });
  owed.listen(record);
  return {
    topics,
    delivered,
    recorded,
    part,
    turn(): boolean {
      const due = tasks.splice(0);
      for (const task of due) task();
      return due.length > 0;
    },
  };
}

/** Another process, which goes on with what the one left behind: what was recorded, or what a compaction wrote of it. */
function successorOf({ topics, recorded, part }: ReturnType<typeof aProcess>, isCompacted: boolean) {
  const next = aProcess();
  for (const entry of topics.entries()) next.topics.replay(JSON.parse(JSON.stringify(entry)));
  for (const entry of isCompacted ? [...part.entries()] : recorded) next.part.replay(JSON.parse(JSON.stringify(entry)));
  next.part.resume();
  return next;
}

function aTopic(topics: TopicDirectory, archiveRetentionMs?: number): Topic {
  const definition = { settings: { ...settings, archiveRetentionMs }, attributes: {}, tags: {} };
  return topics.in(scope).create("news", definition as never);
}

function publish(topic: Topic, message: string): void {
  topic.publish({ message, origin: "http://127.0.0.1" });
}

/** A policy that takes long to judge, of which half of the subscriptions want what is published. */
function slowPolicy(text: string) {
  const compiled = compileFilterPolicy(JSON.stringify({ a: [{ wildcard: `*${text}*` }] }), "MessageBody");
  if ("error" in compiled) throw new Error(compiled.error.message);
  return { ...subscription, settings: { ...subscription.settings, filterPolicy: compiled.policy } };
}

test.for([
  ["recorded", false],
  ["compacted", true],
] as const)(
  "deliveries of later turns are made after the process ended, each once, from what was %s",
  ([, isCompacted]) => {
    const first = aProcess();
    const topic = aTopic(first.topics);
    for (let number = 0; number < 3500; number++) topic.subscribe({ ...subscription, endpoint: `${number}` });
    publish(topic, "one");
    publish(topic, "two");
    first.turn();
    expect(first.delivered).toHaveLength(2000);
    const second = successorOf(first, isCompacted);
    second.turn();
    expect(second.delivered).toHaveLength(1000);
    const third = successorOf(second, isCompacted);
    while (third.turn());
    const all = [...first.delivered, ...second.delivered, ...third.delivered];
    const expected = ["one", "two"].flatMap((one) =>
      Array.from({ length: 3500 }, (_, number) => `${one} to ${number}`),
    );
    expect(all).toEqual(expected);
    expect([...third.part.entries()]).toEqual([]);
    const fourth = successorOf(third, isCompacted);
    expect(fourth.turn()).toBe(false);
  },
);

test("policies that were not judged when the process ended are judged after it", () => {
  const first = aProcess();
  const topic = aTopic(first.topics);
  for (let number = 0; number < 40; number++) {
    topic.subscribe({ ...slowPolicy(number % 2 === 0 ? "bc" : "xyz"), endpoint: `${number}` });
  }
  publish(topic, JSON.stringify({ a: `${"a".repeat(100_000)}bc` }));
  first.turn();
  expect(first.delivered).toEqual([]);
  const second = successorOf(first, false);
  while (second.turn());
  const wanted = Array.from({ length: 20 }, (_, number) => `${2 * number}`);
  expect(second.delivered.map((each) => each.replace(/^.* to /, ""))).toEqual(wanted);
});

test("what of an archive was still to be delivered again is, and nothing twice", () => {
  const first = aProcess();
  const topic = aTopic(first.topics, 60_000);
  for (let number = 0; number < 1500; number++) publish(topic, `${number}`);
  const late = topic.subscribe({ ...subscription, endpoint: "late" });
  topic.redeliver(late, { startingPoint: 0 }, { settings: subscription.settings, attributes: {} });
  expect(first.delivered).toHaveLength(1000);
  const second = successorOf(first, false);
  while (second.turn());
  const all = [...first.delivered, ...second.delivered];
  expect(all).toEqual(Array.from({ length: 1500 }, (_, number) => `${number} to late`));
});
