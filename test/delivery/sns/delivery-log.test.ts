import fc from "fast-check";
import { expect, test } from "vitest";
import { deliveryLines } from "../../../src/delivery/sns/delivery-lines.ts";
import { DeliveryLog, type LoggedAttempts, type LogLimits } from "../../../src/delivery/sns/delivery-log.ts";
import { formatIso8601 } from "../../../src/kernel/time/iso8601.ts";
import { ACCOUNT, REGION, SECOND, START } from "../../support/queue.ts";
import { aDelivery, aNotification } from "../deliveries.ts";
import { aDelivering, aFilterPolicy, publish } from "../fixture.ts";
import { answers, inTurn, Receiver } from "../receiver.ts";

const GONE = `arn:aws:sqs:${REGION}:${ACCOUNT}:gone`;

/** Limits of each account, and as much for all of them. */
function limitsOf({ attempts = 100, publishes = 100, characters = 100 }): LogLimits {
  const ofItems = (items: number) => ({ each: { items, characters }, all: { items, characters } });
  return { attempts: ofItems(attempts), publishes: ofItems(publishes) };
}

test("a line tells what was delivered to whom, and when", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const queue = delivering.create("queue");
  const subscription = delivering.subscribe(topic, "sqs", queue.arn);
  const { id } = publish(topic);
  expect(delivering.lines()).toEqual([
    {
      time: formatIso8601(START),
      account: ACCOUNT,
      topicArn: topic.arn,
      subscriptionArn: subscription.arn,
      protocol: "sqs",
      endpoint: queue.arn,
      type: "Notification",
      messageId: id,
      attempt: 1,
      result: "delivered",
      statusCode: undefined,
    },
  ]);
});

test("every attempt has a line, with its status and the time of the next", async () => {
  await using receiver = await Receiver.open(inTurn(answers(500), answers(204)));
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "http", receiver.url());
  publish(topic);
  await delivering.logged(1);
  delivering.clock.advance(20 * SECOND);
  await delivering.logged(2);
  expect(delivering.lines()).toMatchObject([
    {
      time: formatIso8601(START),
      attempt: 1,
      result: "retrying",
      statusCode: 500,
      reason: "The endpoint answered with status 500",
      nextAttemptTime: formatIso8601(START + 20 * SECOND),
    },
    { time: formatIso8601(START + 20 * SECOND), attempt: 2, result: "delivered", statusCode: 204 },
  ]);
});

test("lines come in the order of what happened, over all topics and subscriptions", () => {
  using delivering = aDelivering();
  const topics = [delivering.topic({}, { name: "a" }), delivering.topic({}, { name: "b" })];
  const queue = delivering.create("queue");
  for (const topic of topics) {
    delivering.subscribe(topic, "sqs", queue.arn);
    delivering.subscribe(topic, "sqs", GONE);
  }
  publish(topics[1]!);
  publish(topics[0]!);
  expect(delivering.lines().map(({ topicArn, result }) => [topicArn.at(-1), result])).toEqual([
    ["b", "delivered"],
    ["b", "dropped"],
    ["a", "delivered"],
    ["a", "dropped"],
  ]);
});

test("lines can be had of one topic, one subscription and one account", () => {
  using delivering = aDelivering();
  const [one, two, foreign] = [
    delivering.topic({}, { name: "one" }),
    delivering.topic({}, { name: "two" }),
    delivering.topic({}, { name: "one", account: "111111111111" }),
  ];
  const queue = delivering.create("queue");
  const subscriptions = [one, one, two, foreign].map((topic, n) =>
    delivering.subscribe(topic!, "sqs", n === 1 ? GONE : queue.arn),
  );
  for (const topic of [one, two, foreign]) publish(topic!);
  const arnsOf = (query: object) => delivering.lines(query).map(({ subscriptionArn }) => subscriptionArn);
  const arns = subscriptions.map(({ arn }) => arn);
  expect(arnsOf({})).toEqual(arns);
  expect(arnsOf({ topic: one!.arn })).toEqual([arns[0], arns[1]]);
  expect(arnsOf({ subscription: arns[1] })).toEqual([arns[1]]);
  expect(arnsOf({ account: "111111111111" })).toEqual([arns[3]]);
  expect(arnsOf({ account: ACCOUNT })).toEqual([arns[0], arns[1], arns[2]]);
  expect(arnsOf({ account: "222222222222" })).toEqual([]);
  expect(arnsOf({ account: "111111111111", topic: one!.arn })).toEqual([]);
});

test.for([
  [4, ["1", "2", "3"]],
  [3, ["1", "2", "3"]],
  [2, ["2", "3"]],
  [1, ["3"]],
] as const)("a limit of %i leaves the latest lines", ([limit, expected]) => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "sqs", delivering.create("queue").arn);
  const ids = ["1", "2", "3"].map((message) => publish(topic, { message }).id);
  const messages = delivering.lines({ limit }).map(({ messageId }) => String(ids.indexOf(messageId) + 1));
  expect(messages).toEqual(expected);
});

test.for([
  ["attributes that do not match", {}, { color: { dataType: "String", value: "red" } }, "MessageAttributes"],
  ["no attributes", {}, undefined, "NoMessageAttributes"],
  ["an array that is none", {}, { color: { dataType: "String.Array", value: "[blue" } }, "InvalidAttributes"],
  ["an array that does not match", {}, { color: { dataType: "String.Array", value: "[1]" } }, "MessageAttributes"],
] as const)("a message of %s is filtered out, and the line says so", ([, , attributes, reason]) => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const filterPolicy = aFilterPolicy({ color: ["blue"] });
  const subscription = delivering.subscribe(topic, "sqs", delivering.create("queue").arn, { filterPolicy });
  const { id } = publish(topic, { attributes });
  expect(delivering.lines()).toEqual([
    {
      time: formatIso8601(START),
      account: ACCOUNT,
      topicArn: topic.arn,
      subscriptionArn: subscription.arn,
      protocol: "sqs",
      endpoint: subscription.endpoint,
      type: "Notification",
      messageId: id,
      result: "filtered",
      reason,
    },
  ]);
});

test.for([
  ['{"color":"red"}', [["filtered", "MessageBody"]]],
  ["no JSON", [["filtered", "InvalidMessageBody"]]],
  ["[1]", [["filtered", "InvalidMessageBody"]]],
  ['{"color":"blue"}', [["delivered", undefined]]],
] as const)("a body filter keeps %j out or lets it through, and the line says why", ([message, expected]) => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const filterPolicy = aFilterPolicy({ color: ["blue"] }, "MessageBody");
  delivering.subscribe(topic, "sqs", delivering.create("queue").arn, { filterPolicy });
  publish(topic, { message });
  expect(delivering.lines().map(({ result, reason }) => [result, reason])).toEqual(expected);
});

test("lines are looked for in steps, of which each subscription that a publish is held against is one at least", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const filterPolicy = aFilterPolicy({ color: ["blue"] }, "MessageBody");
  for (let number = 0; number < 10; number++) {
    delivering.subscribe(topic, "email", `a${number}@example.com`, { filterPolicy });
  }
  const message = JSON.stringify({ color: "x".repeat(10_000) });
  publish(topic, { message });
  const search = deliveryLines(delivering.log, { limit: 10 }, () => topic);
  const steps: number[] = [];
  let step = search.next();
  for (; !step.done; step = search.next()) steps.push(step.value);
  expect(step.value.lines).toHaveLength(10);
  expect(steps.length).toBeGreaterThan(10);
  expect(steps.filter((one) => one > message.length)).toHaveLength(1);
});

test("each protocol is held against its own branch of a JSON structure", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const filterPolicy = aFilterPolicy({ color: ["blue"] }, "MessageBody");
  delivering.subscribe(topic, "sqs", delivering.create("queue").arn, { filterPolicy });
  delivering.subscribe(topic, "email", "a@example.com", { filterPolicy });
  publish(topic, { structure: { default: "{}", sqs: '{"color":"blue"}' } });
  const results = delivering.lines().map(({ protocol, result }) => [protocol, result]);
  expect(Object.fromEntries(results)).toEqual({ sqs: "delivered", email: "filtered" });
});

test("a subscription nobody has confirmed is pending in the log", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "http", "http://localhost/", { isConfirmed: false });
  publish(topic);
  expect(delivering.lines()).toMatchObject([{ result: "pending", protocol: "http" }]);
});

test("subscriptions made after a publish have no lines of it, even in the same millisecond", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const filterPolicy = aFilterPolicy({ color: ["blue"] });
  const [before, same, later] = ["1", "2", "3"].map((name) => delivering.create(name).arn);
  const first = delivering.subscribe(topic, "sqs", before!, { filterPolicy });
  publish(topic);
  delivering.subscribe(topic, "sqs", same!, { filterPolicy });
  delivering.clock.advance(1);
  delivering.subscribe(topic, "sqs", later!, { filterPolicy });
  expect(delivering.lines().map(({ subscriptionArn }) => subscriptionArn)).toEqual([first.arn]);
});

test("when the youngest subscription of then is gone, later ones still have no lines", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const filterPolicy = aFilterPolicy({ color: ["blue"] });
  const [first, second, later] = ["1", "2", "3"].map((name) => delivering.create(name).arn);
  const kept = delivering.subscribe(topic, "sqs", first!, { filterPolicy });
  const gone = delivering.subscribe(topic, "sqs", second!, { filterPolicy });
  publish(topic);
  topic.unsubscribe(gone);
  delivering.clock.advance(1);
  delivering.subscribe(topic, "sqs", later!, { filterPolicy });
  expect(delivering.lines().map(({ subscriptionArn }) => subscriptionArn)).toEqual([kept.arn]);
});

test.for([
  [1, ["3"]],
  [2, ["2", "3"]],
  [3, ["1", "2", "3"]],
] as const)("a limit of %i leaves the latest subscriptions of a publish", ([limit, expected]) => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const filterPolicy = aFilterPolicy({ color: ["blue"] });
  for (const name of ["1", "2", "3"]) delivering.subscribe(topic, "sqs", delivering.create(name).arn, { filterPolicy });
  publish(topic);
  expect(delivering.lines({ limit }).map(({ endpoint }) => endpoint.at(-1))).toEqual(expected);
});

test("filtered lines can be had of one subscription", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const filterPolicy = aFilterPolicy({ color: ["blue"] });
  const [first, second] = ["1", "2"].map((name) =>
    delivering.subscribe(topic, "sqs", delivering.create(name).arn, { filterPolicy }),
  );
  publish(topic);
  expect(delivering.lines().map(({ subscriptionArn }) => subscriptionArn)).toEqual([first!.arn, second!.arn]);
  expect(delivering.lines({ subscription: second!.arn })).toMatchObject([{ subscriptionArn: second!.arn }]);
});

test("a topic that is deleted has lines of its attempts only", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  delivering.subscribe(topic, "sqs", delivering.create("queue").arn);
  delivering.subscribe(topic, "sqs", GONE, { filterPolicy: aFilterPolicy({ color: ["blue"] }) });
  publish(topic);
  delivering.topics.delete(topic);
  expect(delivering.lines().map(({ result }) => result)).toEqual(["delivered"]);
});

test("a publish to many has a line for each, in the order of the subscriptions", () => {
  using delivering = aDelivering();
  const topic = delivering.topic();
  const subscriptions = Array.from({ length: 130 }, (_, index) => {
    const endpoint = index === 100 ? GONE : delivering.create(`queue-${index}`).arn;
    return delivering.subscribe(topic, "sqs", endpoint);
  });
  const ids = [publish(topic).id, publish(topic).id];
  const expected = ids.flatMap((id) =>
    subscriptions.map(({ arn }, index) => [id, arn, index === 100 ? "dropped" : "delivered"]),
  );
  const shown = (query: object) =>
    delivering.lines(query).map(({ messageId, subscriptionArn, result }) => [messageId, subscriptionArn, result]);
  expect(shown({})).toEqual(expected);
  expect(shown({ limit: 7 })).toEqual(expected.slice(-7));
  expect(shown({ subscription: subscriptions[99]!.arn })).toEqual(expected.filter((_, index) => index % 130 === 99));
});

test("what is delivered again later has lines with the later time", () => {
  using delivering = aDelivering();
  const topic = delivering.topic({ isFifo: true, archiveRetentionMs: 24 * 60 * 60 * SECOND });
  const subscription = delivering.subscribe(topic, "sqs", delivering.create("queue.fifo", { isFifo: true }).arn);
  publish(topic, { groupId: "g", deduplicationId: "1" });
  delivering.clock.advance(SECOND);
  topic.redeliver(subscription, { startingPoint: START }, { settings: subscription.settings, attributes: {} });
  expect(delivering.lines().map(({ time }) => time)).toEqual([START, START + SECOND].map(formatIso8601));
});

test.for([
  [{ attempts: 2 }, ["delivered", "delivered"]],
  [{ publishes: 2 }, ["delivered", "delivered", "delivered"]],
] as const)("the log of an account is bounded by %o", ([limits, results]) => {
  const log = (clockOf: ConstructorParameters<typeof DeliveryLog>[0]) => new DeliveryLog(clockOf, limitsOf(limits));
  using delivering = aDelivering();
  using bounded = aDelivering({ log: log((account) => delivering.clocks.of(account)) });
  const topic = bounded.topic();
  bounded.subscribe(topic, "sqs", bounded.create("queue").arn);
  for (const message of ["1", "2", "3"]) publish(topic, { message });
  expect(bounded.lines().map(({ result }) => result)).toEqual(results);
});

test.for([
  [100, ["1", "22", "333"]],
  [6, ["1", "22", "333"]],
  [5, ["22", "333"]],
  [4, ["333"]],
] as const)("of filtered messages the latest %i characters are known", ([characters, expected]) => {
  using delivering = aDelivering();
  const clockOf = (account: string) => delivering.clocks.of(account);
  using bounded = aDelivering({ log: new DeliveryLog(clockOf, limitsOf({ attempts: 1, characters })) });
  const topic = bounded.topic();
  bounded.subscribe(topic, "sqs", bounded.create("queue").arn, { filterPolicy: aFilterPolicy({ color: ["blue"] }) });
  const messages = new Map(["1", "22", "333"].map((message) => [publish(topic, { message }).id, message]));
  expect(bounded.lines().map(({ messageId }) => messages.get(messageId))).toEqual(expected);
});

test("a reset of one account leaves the lines of the others", () => {
  using delivering = aDelivering();
  const topics = [delivering.topic(), delivering.topic({}, { account: "111111111111" })];
  const queue = delivering.create("queue");
  for (const topic of topics) {
    delivering.subscribe(topic, "sqs", queue.arn);
    publish(topic);
  }
  delivering.log.reset(ACCOUNT);
  expect(delivering.lines().map(({ account }) => account)).toEqual(["111111111111"]);
  delivering.log.reset();
  expect(delivering.lines()).toEqual([]);
});

test("what was read of the log stays as it was, and what is noted later is told as it is", () => {
  using delivering = aDelivering();
  const log = new DeliveryLog(() => delivering.clock, limitsOf({ attempts: 2 }));
  const topic = delivering.topic();
  const [one, two, three] = ["one", "two", "three"].map((name) =>
    delivering.subscribe(topic, "sqs", delivering.create(name).arn),
  );
  const taken = { result: "delivered", statusCode: undefined } as const;
  const note = (id: string, ...subscriptions: (typeof one)[]) => {
    for (const subscription of subscriptions) {
      const notification = aNotification({}, { id });
      log.add(aDelivery({ topic, subscription: subscription!, notification }), 1, taken);
    }
  };
  const shown = () =>
    [...log.attempts()].flatMap(([, entries]) =>
      Array.from(entries, ({ messageId, subscriptions }) => [messageId, ...subscriptions.map(({ arn }) => arn)]),
    );
  note("a", one, two);
  note("b", one, three);
  const [[, entries = []] = []] = log.attempts();
  const read = [...entries];
  note("c", one, two, three);
  note("d", one);
  note("e", one, two, three);
  expect(read.map(({ messageId, subscriptions }) => [messageId, subscriptions.length])).toEqual([
    ["a", 2],
    ["b", 2],
  ]);
  expect(shown()).toEqual([
    ["d", one!.arn],
    ["e", one!.arn, two!.arn, three!.arn],
  ]);
});

interface Noted extends Omit<LoggedAttempts, "subscriptions"> {
  readonly account: string;
  readonly arns: string[];
}

/** What a log of deliveries holds, as a list of everything in which what is beyond a limit is looked for each time. */
class PlainLog {
  noted: Noted[] = [];
  #order = 0;
  readonly #each: number;
  readonly #all: number;

  constructor(each: number, all: number) {
    this.#each = each;
    this.#all = all;
  }

  add(entry: Omit<Noted, "order" | "arns">, arn: string): void {
    const last = this.noted.at(-1);
    const isNext = last?.order === this.#order - 1 && last.messageId === entry.messageId && last.at === entry.at;
    if (isNext && last.attempt === entry.attempt && last.outcome === entry.outcome && last.arns.length < 64) {
      last.arns.push(arn);
      return;
    }
    this.noted.push({ ...entry, order: this.#order++, arns: [arn] });
    const own = this.noted.filter(({ account }) => account === entry.account);
    if (own.length > this.#each) this.noted = this.noted.filter((one) => one !== own[0]);
    if (this.noted.length > this.#all) this.noted.shift();
  }

  addPublish(): void {
    this.#order++;
  }

  reset(account: string): void {
    this.noted = this.noted.filter((one) => one.account !== account);
    // What comes next has an entry of its own.
    this.#order++;
  }

  of(account: string): readonly unknown[] {
    return this.noted
      .filter((one) => one.account === account)
      .map(({ account: _, ...entry }) => ({ ...entry, order: 0 }));
  }
}

test("the log holds what a plain list of everything holds", () => {
  using delivering = aDelivering();
  const accounts = [ACCOUNT, "111111111111"];
  const places = accounts.map((account) => {
    const topic = delivering.topic({}, { account });
    const queues = ["one", "two", "three"].map((name) => delivering.create(name));
    return { account, topic, subscriptions: queues.map(({ arn }) => delivering.subscribe(topic, "sqs", arn)) };
  });
  const outcomes = [
    { result: "delivered", statusCode: undefined },
    { result: "dropped", statusCode: 500, reason: "no" },
  ] as const;
  const often = <T>(usual: T, ...others: readonly T[]) => fc.constantFrom(usual, usual, usual, usual, ...others);
  const step = fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        type: fc.constant("add" as const),
        place: often(0, 1),
        message: often("a", "b"),
        subscription: fc.constantFrom(0, 1, 2),
        times: often(1, 2, 3, 70),
        attempt: often(1, 2),
        outcome: often(0, 1),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ type: "publish" } as const) },
    { weight: 1, arbitrary: fc.constant({ type: "later" } as const) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("reset" as const), place: fc.constantFrom(0, 1) }) },
  );
  const limits = fc.record({ each: fc.constantFrom(1, 2, 5, 20, 50), all: fc.constantFrom(1, 3, 8, 60) });
  fc.assert(
    fc.property(limits, fc.array(step, { maxLength: 120, size: "max" }), ({ each, all }, steps) => {
      let at = START;
      const ofItems = (items: number) => ({ items, characters: 100 });
      const bounds = { each: ofItems(each), all: ofItems(all) };
      const clock = { ...delivering.clock, now: () => at, at: () => () => {} };
      const log = new DeliveryLog(() => clock, { attempts: bounds, publishes: bounds });
      const plain = new PlainLog(each, all);
      for (const one of steps) {
        if (one.type === "later") at += SECOND;
        else if (one.type === "reset") {
          log.reset(places[one.place]!.account);
          plain.reset(places[one.place]!.account);
        } else if (one.type === "publish") {
          log.addPublish(places[0]!.topic, aNotification(), undefined);
          plain.addPublish();
        } else {
          const { account, topic, subscriptions } = places[one.place]!;
          const subscription = subscriptions[one.subscription]!;
          const notification = aNotification({}, { id: one.message });
          const outcome = outcomes[one.outcome]!;
          for (let time = 0; time < one.times; time++) {
            log.add(aDelivery({ topic, subscription, notification }), one.attempt, outcome);
            const entry = {
              account,
              at,
              type: "Notification",
              messageId: one.message,
              attempt: one.attempt,
              outcome,
            } as const;
            plain.add(entry, subscription.arn);
          }
        }
      }
      for (const { account } of places) {
        const held = [...log.attempts(account)].flatMap(([, entries]) => [...entries]);
        expect(held.map(({ order }) => order)).toEqual(held.map(({ order }) => order).toSorted((a, b) => a - b));
        const shown = held.map(({ subscriptions, ...entry }) => ({
          ...entry,
          order: 0,
          arns: subscriptions.map(({ arn }) => arn),
        }));
        expect(shown).toEqual(plain.of(account));
      }
    }),
    { numRuns: 300 },
  );
});
