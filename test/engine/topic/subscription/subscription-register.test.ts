import { describe, expect, test } from "vitest";
import { FORGOTTEN_PER_TURN } from "../../../../src/engine/topic/subscription/subscription-register.ts";
import type { Topic } from "../../../../src/engine/topic/topic.ts";
import { scopeOf } from "../../../../src/kernel/scope.ts";
import { throughJson } from "../../../support/through-json.ts";
import { aSubscription, HOUR, MINUTE, publish, scope, someTopics } from "../topic-fixture.ts";

const TOKEN_LIFE = 48 * HOUR;
const DELETED_KEPT = 72 * HOUR;
const BY_OWNER = { isAuthenticated: true, refusesUnsigned: false };

/** A topic with a subscription, which nobody has confirmed unless told. */
function aTopic({ isConfirmed = false } = {}) {
  const topics = someTopics({ rules: { countPropagationMs: 0 } });
  const topic = topics.create();
  const subscription = topic.subscribe(aSubscription("one", { isConfirmed }));
  const isFound = () => topics.directory.subscription(subscription.arn) !== undefined;
  const byToken = (token = subscription.token) => topics.directory.subscriptionByToken(token)?.subscription;
  const arns = () => [...topics.directory.subscriptionsOf(scope)].map(({ arn }) => arn);
  return { ...topics, topic, subscription, isFound, byToken, arns };
}

describe("a subscription that waits for its endpoint", () => {
  test("gets nothing until it is confirmed, and everything from then on", () => {
    const { topic, subscription, news } = aTopic();
    publish(topic, "early");
    expect(news()).toEqual([]);
    topic.confirm(subscription, BY_OWNER);
    publish(topic, "late");
    expect(news()).toEqual(["late to one"]);
    expect([subscription.state, subscription.wasAuthenticated]).toEqual(["confirmed", true]);
  });

  test("is found by its token until that ends, and is then gone for good", () => {
    const { clock, topic, subscription, byToken, isFound, arns } = aTopic();
    clock.advance(TOKEN_LIFE - 1);
    expect([byToken(), isFound(), arns()]).toEqual([subscription, true, [subscription.arn]]);
    expect(topic.counts).toEqual({ confirmed: 0, pending: 1, deleted: 0 });
    clock.advance(1);
    expect([byToken(), isFound(), arns()]).toEqual([undefined, false, []]);
    expect(topic.counts).toEqual({ confirmed: 0, pending: 0, deleted: 0 });
    expect([topic.subscriptions, topic.find("sqs", "one")]).toEqual([[], undefined]);
  });

  test("has its token's whole life again when the endpoint is asked once more", () => {
    const { clock, topic, subscription, byToken, news } = aTopic();
    clock.advance(TOKEN_LIFE - 1);
    topic.askForConfirmation("SubscriptionConfirmation", subscription, "http://localhost:4566");
    expect(news()).toEqual(["SubscriptionConfirmation to one"]);
    clock.advance(TOKEN_LIFE - 1);
    expect(byToken()).toBe(subscription);
    clock.advance(1);
    expect(byToken()).toBeUndefined();
  });

  test("that is confirmed is found by its token for ever", () => {
    const { clock, topic, subscription, byToken } = aTopic();
    topic.confirm(subscription, BY_OWNER);
    clock.advance(10 * TOKEN_LIFE);
    expect(byToken()).toBe(subscription);
  });
});

describe("a subscription that was deleted", () => {
  test("gets nothing and frees its endpoint, and can be looked up for 72 hours", () => {
    const { clock, directory, topic, subscription, isFound, arns, news } = aTopic({ isConfirmed: true });
    topic.unsubscribe(subscription);
    publish(topic, "late");
    expect([news(), arns(), topic.find("sqs", "one")]).toEqual([[], [], undefined]);
    expect(directory.isAlive({ topic, subscription })).toBe(false);
    clock.advance(DELETED_KEPT - 1);
    expect(isFound()).toBe(true);
    clock.advance(1);
    expect(isFound()).toBe(false);
    expect(topic.counts).toEqual({ confirmed: 0, pending: 0, deleted: 1 });
  });

  test("comes back with its new token as long as that lasts; the old one is worth nothing", () => {
    const { clock, topic, subscription, byToken, arns, news } = aTopic({ isConfirmed: true });
    const { token } = subscription;
    topic.unsubscribe(subscription);
    expect(byToken(token)).toBeUndefined();
    clock.advance(TOKEN_LIFE - 1);
    expect(byToken()).toBe(subscription);
    topic.confirm(subscription, BY_OWNER);
    publish(topic, "again");
    expect([news(), arns()]).toEqual([["again to one"], [subscription.arn]]);
    expect(topic.counts).toEqual({ confirmed: 1, pending: 0, deleted: 0 });
  });

  test("does not come back once its token has ended, though it can be looked up", () => {
    const { clock, topic, subscription, byToken, isFound } = aTopic({ isConfirmed: true });
    topic.unsubscribe(subscription);
    clock.advance(TOKEN_LIFE);
    expect([byToken(), isFound()]).toEqual([undefined, true]);
  });

  test("that came back is not forgotten when it would have been", () => {
    const { clock, topic, subscription, isFound, news } = aTopic({ isConfirmed: true });
    topic.unsubscribe(subscription);
    topic.confirm(subscription, BY_OWNER);
    clock.advance(10 * DELETED_KEPT);
    expect(isFound()).toBe(true);
    publish(topic, "late");
    expect(news()).toEqual(["late to one"]);
  });

  test("leaves the endpoint to the one that has it by now", () => {
    const { clock, topic, subscription } = aTopic({ isConfirmed: true });
    topic.unsubscribe(subscription);
    const next = topic.subscribe(aSubscription("one"));
    expect(topic.find("sqs", "one")).toBe(next);
    clock.advance(DELETED_KEPT);
    expect(topic.find("sqs", "one")).toBe(next);
  });
});

describe("the subscriptions of a deleted topic", () => {
  test("are gone from listings and links, and can be looked up for 72 hours", () => {
    const { clock, directory, topic, subscription, byToken, isFound, arns } = aTopic();
    directory.delete(topic);
    expect([byToken(), arns(), directory.isAlive({ topic, subscription })]).toEqual([undefined, [], false]);
    clock.advance(DELETED_KEPT - 1);
    expect(isFound()).toBe(true);
    clock.advance(1);
    expect(isFound()).toBe(false);
  });

  test("are not those of the next topic of that name", () => {
    const { directory, create, topic, subscription, byToken, news } = aTopic({ isConfirmed: true });
    directory.delete(topic);
    const next = create();
    expect(directory.byArn(next.arn)).toBe(next);
    publish(next, "late");
    expect([news(), byToken(), next.subscriptions]).toEqual([[], undefined, []]);
    expect(directory.subscription(subscription.arn)?.topic).toBe(topic);
  });
});

test("of deleted subscriptions each account keeps the latest ten thousand", () => {
  let drawn = 0;
  const bytes = (length: number) => Buffer.from(`${drawn++}`.padStart(length, "0"));
  const ids = { uuid: () => `${drawn++}`, bytes };
  const { clock, directory, create } = someTopics({ ids });
  const topic = create();
  const other = create({}, "other");
  const theirs = directory.in(scopeOf("111111111111", "us-east-1")).create("topic", topic.definition);
  const foreign = deleteOne(theirs, "foreign");
  const [oldest, next] = [topic, other].map((one) => {
    clock.advance(1);
    return deleteOne(one, "early");
  });
  clock.advance(1);
  for (let number = 2; number < 10_000; number++) deleteOne(number % 2 === 0 ? topic : other, `${number}`);
  const rebuilt = someTopics({ ids });
  rebuilt.clock.advance(3);
  for (const entry of directory.entries()) rebuilt.directory.replay(throughJson(entry));
  for (const one of [directory, rebuilt.directory]) {
    expect(one.subscription(oldest!)).toBeDefined();
    deleteOne(one.byArn(topic.arn)!, "last");
    expect(one.subscription(oldest!)).toBeUndefined();
    expect(one.subscription(next!)).toBeDefined();
    expect(one.subscription(foreign)).toBeDefined();
  }
});

test("counts show what ended at the instant it ended, in that order, whenever somebody looks", () => {
  const delay = 5 * MINUTE;
  const { clock, create } = someTopics({ rules: { countPropagationMs: delay } });
  const topic = create();
  const asked = topic.subscribe(aSubscription("asked", { isConfirmed: false }));
  clock.advance(1);
  topic.subscribe(aSubscription("one", { isConfirmed: false }));
  clock.advance(HOUR);
  topic.askForConfirmation("SubscriptionConfirmation", asked, "http://localhost:4566");
  clock.advance(TOKEN_LIFE + delay - 1);
  expect(topic.counts.pending).toBe(1);
  clock.advance(1);
  expect(topic.counts.pending).toBe(0);
});

test("counts do not depend on who looked at what before", () => {
  const delay = 5 * MINUTE;
  const { clock, create } = someTopics({ rules: { countPropagationMs: delay } });
  const [topic, other] = [create({}, "one"), create({}, "other")];
  topic.subscribe(aSubscription("one", { isConfirmed: false }));
  clock.advance(TOKEN_LIFE + delay - 1);
  publish(other, "a look at another topic");
  expect(topic.counts.pending).toBe(1);
  clock.advance(1);
  expect(topic.counts.pending).toBe(0);
});

test("subscriptions are listed for the account that made them, by age", () => {
  const { clock, directory, create } = someTopics();
  const [one, two] = [create({}, "one"), create({}, "two")];
  const theirs = directory.in(scopeOf("111111111111", "us-east-1")).create("topic", one.definition);
  const subscribed = [two, theirs, one].map((topic) => {
    clock.advance(1);
    return topic.subscribe(aSubscription("queue")).arn;
  });
  one.subscribe(aSubscription("other", { owner: "111111111111" }));
  expect([...directory.subscriptionsOf(scope)].map(({ arn }) => arn)).toEqual(subscribed);
});

test("resetting an account forgets its subscriptions and no others", () => {
  const { directory, create } = someTopics();
  const theirs = directory.in(scopeOf("111111111111", "us-east-1")).create("topic", create().definition);
  const kept = theirs.subscribe(aSubscription("kept"));
  const gone = directory.in(scope).find("topic")?.subscribe(aSubscription("gone"));
  directory.reset(scope.account);
  expect([...directory.subscriptionsOf(scope)]).toEqual([kept]);
  expect(directory.subscription(gone?.arn ?? "")).toBeUndefined();
  expect(directory.subscriptionByToken(gone?.token ?? "")).toBeUndefined();
});

test("resetting an account with very many subscriptions compares few of them", () => {
  const { directory, create } = someTopics();
  const topic = create();
  let looks = 0;
  for (let number = 0; number < 2_000; number++) {
    const subscription = topic.subscribe(aSubscription(String(number)));
    const { arn } = subscription;
    const get = (): string => {
      looks++;
      return arn;
    };
    Object.defineProperty(subscription, "arn", { get });
  }
  looks = 0;
  directory.reset(scope.account);
  expect(looks).toBeLessThan(4 * 2_000);
  expect([...directory.subscriptionsOf(scope)]).toEqual([]);
});

function deleteOne(topic: Topic, endpoint: string): string {
  const subscription = topic.subscribe(aSubscription(endpoint));
  topic.unsubscribe(subscription);
  return subscription.arn;
}

test("of very many whose tokens end at once so many are forgotten at a touch, and none of the others is found", async () => {
  const many = 6 * FORGOTTEN_PER_TURN;
  const { clock, directory, create } = someTopics({ rules: { countPropagationMs: 0 } });
  const topic = create();
  const made = Array.from({ length: many }, (_, number) =>
    topic.subscribe(aSubscription(String(number), { isConfirmed: false })),
  );
  clock.advance(TOKEN_LIFE);
  expect(topic.counts.pending).toBe(many - FORGOTTEN_PER_TURN);
  expect(directory.subscription(made.at(-1)!.arn)).toBeUndefined();
  expect([...directory.subscriptionsOf(scope)]).toEqual([]);
  const lag = directory.lag(scope.account);
  expect(lag).toBeDefined();
  clock.advance(0); // a later turn
  await lag;
  expect([directory.lag(scope.account), topic.counts.pending, clock.pending]).toEqual([undefined, 0, 0]);
});

describe("a topic that is deleted with very many subscriptions", () => {
  const many = 3 * FORGOTTEN_PER_TURN + 1;

  function deleted() {
    const topics = someTopics();
    const topic = topics.create();
    const made = Array.from({ length: many }, (_, number) => topic.subscribe(aSubscription(String(number))));
    topics.directory.in(scope).delete(topic);
    return { ...topics, made };
  }

  test("takes them along in several turns, and none of them is listed meanwhile", () => {
    const { clock, directory, made } = deleted();
    expect(clock.pending).toBe(1);
    expect([...directory.subscriptionsOf(scope)]).toEqual([]);
    expect(directory.subscription(made.at(-1)!.arn)?.subscription).toBe(made.at(-1));
    for (let turn = 0; turn < 2; turn++) clock.advance(0);
    expect(clock.pending).toBe(0);
    expect([...directory.subscriptionsOf(scope)]).toEqual([]);
    expect(directory.subscription(made.at(-1)!.arn)?.subscription).toBe(made.at(-1));
    clock.advance(DELETED_KEPT);
    for (let turn = 0; turn < 4; turn++) clock.advance(0);
    expect(directory.subscription(made.at(-1)!.arn)).toBeUndefined();
  });

  test("is told of with them whenever it is asked for, and leaves nothing after a reset", () => {
    const { clock, directory, made } = deleted();
    const again = someTopics();
    for (const entry of directory.entries()) again.directory.replay(throughJson(entry));
    expect(again.directory.subscription(made.at(-1)!.arn)?.subscription.state).toBe("confirmed");
    directory.reset(scope.account);
    expect(made.filter(({ arn }) => directory.subscription(arn) !== undefined)).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
