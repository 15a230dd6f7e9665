import { expect, test, vi } from "vitest";
import { compileFilterPolicy } from "../../../src/engine/pattern/filter-policy.ts";
import { Alternative } from "../../../src/engine/pattern/matching/alternative.ts";
import type { Delivery } from "../../../src/engine/topic/delivery.ts";
import { DeliveryBacklog } from "../../../src/engine/topic/delivery-backlog.ts";
import type { Subscription } from "../../../src/engine/topic/subscription/subscription.ts";
import type { Topic } from "../../../src/engine/topic/topic.ts";
import { TopicDirectory } from "../../../src/engine/topic/topic-directory.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { Clocks } from "../../../src/kernel/time/clocks.ts";
import { stillTime } from "../../support/queue.ts";

const PER_TURN = 1000;
const scope = scopeOf("000000000000", "us-east-1");

/** Later turns of the event loop, which a test lets come. */
function aLoop() {
  const tasks: (() => void)[] = [];
  return {
    soon: (task: () => void) => void tasks.push(task),
    /** Runs what waits for the next turn; says whether anything did. */
    turn(): boolean {
      const due = tasks.splice(0);
      for (const task of due) task();
      return due.length > 0;
    },
  };
}

function aDirectory() {
  const loop = aLoop();
  const delivered: Delivery[] = [];
  const clocks = new Clocks(stillTime);
  const directory = new TopicDirectory({
    clockOf: (account) => clocks.of(account),
    ids: seededIds("backlog"),
    outbox: (delivery) => delivered.push(delivery),
    soon: loop.soon,
  });
  const aTopic = (name: string, subscriptions: number): Topic => {
    const topic = directory.in(scope).create(name, { settings, attributes: {}, tags: {} } as never);
    for (let number = 0; number < subscriptions; number++) subscribe(topic, `${name}-${number}`);
    return topic;
  };
  const subscribe = (topic: Topic, endpoint: string): Subscription => topic.subscribe({ ...definition, endpoint });
  /** What was delivered since it was last asked: message and endpoint. */
  const news = () =>
    delivered
      .splice(0)
      .map((delivery) =>
        delivery.type === "Notification"
          ? `${delivery.notification.content.message} to ${delivery.subscription.endpoint}`
          : delivery.type,
      );
  return { ...loop, directory, aTopic, subscribe, news };
}

const settings = { isFifo: false, archiveRetentionMs: undefined };
const definition = {
  protocol: "sqs",
  owner: scope.account,
  principal: "",
  isConfirmed: true,
  settings: { isRaw: false, filterPolicy: undefined, deadLetterTargetArn: undefined, deliveryPolicy: undefined },
  attributes: {},
} as const;

function publish(topic: Topic, message: string): void {
  topic.publish({ message } as never);
}

test("an ordinary publish is delivered in its own turn", () => {
  const { aTopic, news, turn } = aDirectory();
  publish(aTopic("topic", PER_TURN), "m");
  expect(news()).toHaveLength(PER_TURN);
  expect(turn()).toBe(false);
});

test("a publish to very many is delivered a thousand a turn, each of them once", () => {
  const { aTopic, news, turn } = aDirectory();
  publish(aTopic("topic", 2 * PER_TURN + 1), "m");
  const turns = [news()];
  while (turn()) turns.push(news());
  expect(turns.map(({ length }) => length)).toEqual([PER_TURN, PER_TURN, 1]);
  expect(new Set(turns.flat()).size).toBe(2 * PER_TURN + 1);
});

test("what is published later comes later to every subscription", () => {
  const { aTopic, news, turn } = aDirectory();
  const topic = aTopic("topic", PER_TURN + 500);
  publish(topic, "first");
  publish(topic, "second");
  const all = news();
  while (turn()) all.push(...news());
  expect(all).toHaveLength(2 * (PER_TURN + 500));
  const last = `topic-${PER_TURN + 499}`;
  expect(all.indexOf(`first to ${last}`)).toBeLessThan(all.indexOf("second to topic-0"));
});

test("topics take turns, and one with few subscriptions waits for nobody", () => {
  const { aTopic, news, turn } = aDirectory();
  const [one, other, small] = [aTopic("one", 3 * PER_TURN), aTopic("other", 2 * PER_TURN), aTopic("small", 1)];
  publish(one, "m");
  publish(other, "m");
  news();
  publish(small, "m");
  expect(news()).toEqual(["m to small-0"]);
  const turns: string[] = [];
  while (turn()) turns.push([...new Set(news().map((each) => each.replace(/-\d+$/, "")))].join());
  expect(turns.slice(0, 3)).toEqual(["m to one", "m to other", "m to one"]);
});

test("a subscription that is deleted meanwhile gets nothing more, and a reset forgets all", () => {
  const { aTopic, directory, news, subscribe, turn } = aDirectory();
  const topic = aTopic("topic", PER_TURN);
  const leaving = subscribe(topic, "leaving");
  subscribe(topic, "staying");
  publish(topic, "m");
  news();
  topic.unsubscribe(leaving);
  turn();
  expect(news()).toEqual(["m to staying"]);
  for (const account of [scope.account, undefined]) {
    publish(topic, "m");
    publish(topic, "m");
    news();
    directory.reset(account);
    turn();
    expect(news()).toEqual([]);
  }
});

/** Steps of judging policies that a turn takes, and at most one policy more. */
const STEPS_PER_TURN = 500_000;
const LARGE_TEXT = 100_000;

function aLargeText(end: string): string {
  return JSON.stringify({ a: "a".repeat(LARGE_TEXT) + end });
}

/** Counts the steps that policies were judged in since it was last asked. */
function countedSteps() {
  const spy = vi.spyOn(Alternative.prototype, "steps");
  return {
    news(): number {
      const steps = spy.mock.results.reduce((sum, { value }) => sum + value, 0);
      spy.mockClear();
      return steps;
    },
    [Symbol.dispose]: () => spy.mockRestore(),
  };
}

function searching(text: string) {
  const compiled = compileFilterPolicy(JSON.stringify({ a: [{ wildcard: `*${text}*` }] }), "MessageBody");
  if ("error" in compiled) throw new Error(compiled.error.message);
  return { settings: { ...definition.settings, filterPolicy: compiled.policy } };
}

test("policies that take long are judged so many steps a turn, nothing is lost, and later messages wait", () => {
  const { aTopic, news, turn } = aDirectory();
  const topic = aTopic("topic", 0);
  for (let number = 0; number < 40; number++) {
    topic.subscribe({ ...definition, ...searching(number % 2 === 0 ? "bc" : "xyz"), endpoint: `${number}` });
  }
  const wanted = Array.from({ length: 20 }, (_, number) => `${2 * number}`);
  using steps = countedSteps();
  const told: string[] = [];
  const turns: number[] = [];
  const look = () => {
    told.push(...news().map((each) => each.replace(/^.*(b.*)"} to/, "$1")));
    turns.push(steps.news());
  };
  publish(topic, aLargeText("bc"));
  look();
  publish(topic, JSON.stringify({ a: "bc, later" }));
  expect(told).toEqual([]);
  while (turn()) look();
  expect(told).toEqual([...wanted.map((each) => `bc ${each}`), ...wanted.map((each) => `bc, later ${each}`)]);
  expect(turns.length).toBeGreaterThan(6);
  // In the turn of the publish the message is taken apart, too.
  expect(turns[0]).toBeLessThan(STEPS_PER_TURN);
  expect(Math.max(...turns)).toBeLessThan(STEPS_PER_TURN + LARGE_TEXT + 100);
});

test("policies are those that there were when the message was published", () => {
  const { aTopic, news, turn } = aDirectory();
  const topic = aTopic("topic", 0);
  const subscriptions = Array.from({ length: 20 }, (_, number) =>
    topic.subscribe({ ...definition, ...searching("bc"), endpoint: `${number}` }),
  );
  publish(topic, aLargeText("bc"));
  const [, ...others] = subscriptions;
  topic.unsubscribe(subscriptions[0] as Subscription);
  for (const other of others) topic.configureSubscription(other, { ...searching("xyz"), attributes: {} });
  topic.subscribe({ ...definition, endpoint: "new" });
  while (turn());
  expect(news().map((each) => each.replace(/^.* to /, ""))).toEqual(others.map(({ endpoint }) => endpoint));
});

test("an archive is delivered again so many steps a turn, too", () => {
  using steps = countedSteps();
  const { aTopic, news, turn } = aDirectory();
  const topic = aTopic("topic", 0);
  topic.configure({ ...topic.definition, settings: { ...settings, archiveRetentionMs: 60_000 } } as never);
  for (let number = 0; number < 12; number++) publish(topic, aLargeText("bc"));
  const redelivery = { startingPoint: 0, endingPoint: undefined };
  const subscription = topic.subscribe({ ...definition, ...searching("bc"), endpoint: "queue" });
  topic.redeliver(subscription, redelivery as never, { ...searching("bc"), attributes: {} });
  const turns = [steps.news()];
  while (turn()) turns.push(steps.news());
  expect(news()).toHaveLength(12);
  expect(Math.max(...turns)).toBeLessThan(STEPS_PER_TURN);
});

test("without later turns everything is delivered at once", () => {
  let made = 0;
  const steps = Array.from({ length: 5 * PER_TURN }).values();
  const backlog = new DeliveryBacklog(undefined);
  backlog.add(
    { arn: "arn:aws:sns:us-east-1:000000000000:news", scope },
    {
      steps: {
        next: () => {
          made++;
          return { done: steps.next().done, value: 1 } as IteratorResult<number, void>;
        },
      },
      isFound: true,
      count: 0,
      left: undefined as never,
    },
  );
  expect(made).toBe(5 * PER_TURN + 1);
});
