import { expect, test } from "vitest";
import type { Delivery } from "../../../src/engine/topic/delivery.ts";
import { DeliveryBacklog } from "../../../src/engine/topic/delivery-backlog.ts";
import type { Subscription } from "../../../src/engine/topic/subscription.ts";
import type { Topic } from "../../../src/engine/topic/topic.ts";
import { TopicDirectory } from "../../../src/engine/topic/topic-directory.ts";
import { Clocks } from "../../../src/kernel/clocks.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
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

test("without later turns everything is delivered at once", () => {
  let made = 0;
  const steps = Array.from({ length: 5 * PER_TURN }).values();
  const backlog = new DeliveryBacklog(undefined);
  backlog.add({ scope }, { next: () => ({ ...steps.next(), value: made++ }) as IteratorResult<unknown, void> });
  expect(made).toBe(5 * PER_TURN + 1);
});
