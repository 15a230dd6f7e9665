import { expect, test } from "vitest";
import { compileFilterPolicy, type FilterPolicy } from "../../../src/engine/pattern/filter-policy.ts";
import { aSubscription, publish, someTopics } from "./topic-fixture.ts";

function aPolicy(policy: object, policyScope: FilterPolicy["scope"] = "MessageAttributes"): FilterPolicy {
  const compiled = compileFilterPolicy(JSON.stringify(policy), policyScope);
  if ("error" in compiled) throw new Error(compiled.error.message);
  return compiled.policy;
}

const red = { color: { dataType: "String", value: "red" } };
const onlyRed = aPolicy({ color: ["red"] });

test("a message goes to every subscription in the order in which they came, of one protocol after the other", () => {
  const { create, news } = someTopics();
  const topic = create();
  for (const endpoint of ["a", "b"]) topic.subscribe(aSubscription(endpoint));
  topic.subscribe(aSubscription("c", { protocol: "http" }));
  topic.subscribe(aSubscription("d"));
  publish(topic, "m");
  expect(news()).toEqual(["m to a", "m to b", "m to d", "m to c"]);
});

test("a filter policy lets through what it accepts, from the moment it is set until it is taken away", () => {
  const { create, news } = someTopics();
  const topic = create();
  const subscription = topic.subscribe(aSubscription("queue", { filterPolicy: onlyRed }));
  publish(topic, "plain");
  publish(topic, "red", { attributes: red });
  expect(news()).toEqual(["red to queue"]);
  const { settings } = subscription;
  topic.configureSubscription(subscription, { settings: { ...settings, filterPolicy: undefined }, attributes: {} });
  publish(topic, "plain");
  topic.configureSubscription(subscription, { settings, attributes: {} });
  publish(topic, "plain again");
  expect(news()).toEqual(["plain to queue"]);
});

test("each protocol gets its own text, and its policies look at that one", () => {
  const { create, news } = someTopics();
  const topic = create();
  const filterPolicy = aPolicy({ n: [1] }, "MessageBody");
  topic.subscribe(aSubscription("queue", { filterPolicy }));
  topic.subscribe(aSubscription("url", { protocol: "http", filterPolicy }));
  publish(topic, "all", { structure: { default: '{"n":2}', sqs: '{"n":1}' } });
  publish(topic, "all", { structure: { default: '{"n":1}', sqs: '{"n":2}' } });
  expect(news()).toEqual(['{"n":1} to queue', '{"n":1} to url']);
});

test("a message of a topic is nobody's of another one", () => {
  const { create, news } = someTopics();
  const [one, two] = [create({}, "one"), create({}, "two")];
  one.subscribe(aSubscription("a"));
  two.subscribe(aSubscription("b"));
  publish(two, "m");
  expect(news()).toEqual(["m to b"]);
});

test("a deleted subscription gets nothing, and comes last when it was brought back", () => {
  const { create, news } = someTopics();
  const topic = create();
  const first = topic.subscribe(aSubscription("a"));
  topic.subscribe(aSubscription("b"));
  topic.unsubscribe(first);
  publish(topic, "m");
  topic.confirm(first, { isAuthenticated: false, refusesUnsigned: false });
  publish(topic, "n");
  expect(news()).toEqual(["m to b", "n to b", "n to a"]);
});
