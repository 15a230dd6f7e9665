import fc from "fast-check";
import { compileFilterPolicy, type FilterPolicy } from "../../../src/engine/pattern/filter-policy.ts";
import type { TopicEvent } from "../../../src/engine/topic/events.ts";
import type { TopicSettings } from "../../../src/engine/topic/settings.ts";
import type { Subscription } from "../../../src/engine/topic/subscription/subscription.ts";
import type { Topic } from "../../../src/engine/topic/topic.ts";
import { TopicDirectory } from "../../../src/engine/topic/topic-directory.ts";
import type { LoggedEntry } from "../../../src/kernel/event/event-log.ts";
import type { MessageAttributes } from "../../../src/kernel/message-attribute.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { registerReplaySuite, type Step } from "../replay-suite.ts";
import { ACCOUNT, aDefinition, aSubscription, HOUR, MINUTE, publish, SECOND, wordsOf } from "./topic-fixture.ts";

const scopes = [scopeOf(ACCOUNT, "us-east-1"), scopeOf(ACCOUNT, "eu-west-1"), scopeOf("111111111111", "us-east-1")];
/** Of every scope; two of them are FIFO topics. */
const NAMES = ["one", "two", "one.fifo", "two.fifo"];
const DAY = 24 * HOUR;
const START = 1_700_000_000_000;

const policies: readonly (FilterPolicy | undefined)[] = [
  undefined,
  aPolicy('{"color":["red"]}'),
  aPolicy('{"n":[{"numeric":["<",5]}]}', "MessageBody"),
];

const contents: readonly {
  readonly message: string;
  readonly attributes?: MessageAttributes;
  readonly structure?: Record<string, string>;
}[] = [
  { message: "text" },
  { message: '{"n":1}', attributes: { color: { dataType: "String", value: "red" } } },
  {
    message: '{"n":9}',
    attributes: {
      color: { dataType: "String", value: "blue" },
      bytes: { dataType: "Binary", value: new Uint8Array([0, 255, 7]) },
    },
  },
  { message: "structured", structure: { default: "text", sqs: '{"n":2}' } },
];

type Topics = { readonly directory: TopicDirectory; readonly delivered: string[] };

const where = { scope: fc.constantFrom(...scopes), name: fc.constantFrom(...NAMES) };
/** Which of the subscriptions that were ever made is meant. */
const which = fc.nat(40);
const endpoint = fc.constantFrom("a", "b", "c");
const protocol = fc.constantFrom("sqs" as const, "http" as const);
const policy = fc.constantFrom(...policies.keys());
const range = fc.option(
  fc.record({
    startingPoint: fc.constantFrom(0, START, START + MINUTE),
    endingPoint: fc.option(fc.constantFrom(START + 2 * MINUTE, START + HOUR, START + 2 * DAY), { nil: undefined }),
  }),
  { nil: undefined },
);
const change = fc.constantFrom<Partial<TopicSettings>>(
  {},
  { archiveRetentionMs: DAY },
  { archiveRetentionMs: 2 * DAY },
  { contentBasedDeduplication: true },
  { deduplicationScope: "messageGroup" },
  { deliveryPolicy: { disableSubscriptionOverrides: true }, displayName: "name" },
);
const fifo = { groupId: fc.constantFrom("g", "h"), deduplicationId: fc.constantFrom("x", "y", undefined) };

const commands = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("create" as const), ...where, change }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("remove" as const), ...where }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("reset" as const), ...where }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("configure" as const), ...where, change, protects: fc.boolean() }),
  },
  { weight: 9, arbitrary: fc.record({ type: fc.constant("publish" as const), ...where, content: fc.nat(3), ...fifo }) },
  {
    weight: 7,
    arbitrary: fc.record({
      type: fc.constant("subscribe" as const),
      ...where,
      endpoint,
      protocol,
      policy,
      range,
      isOwn: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("confirm" as const), which, isSigned: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("unsubscribe" as const), which }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("ask" as const), which }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("configureSubscription" as const), which, policy }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("redeliver" as const), which, policy, range }) },
);
type Command = typeof commands extends fc.Arbitrary<infer C> ? C : never;
type OfTopic = Extract<Command, { name: string }>;
type OfSubscription = Extract<Command, { which: number }>;

const OWN = { scope: scopes[0]!, name: "two.fifo" };
const topicCommand = (own: Command): Step<Command> => ({ kind: "command", command: own });

/** A topic is deleted long after a redelivery has reached its end, which one life has looked at and the other has not. */
const DELETED_AFTER_A_REDELIVERY: Step<Command>[] = [
  topicCommand({ ...OWN, type: "create", change: {} }),
  topicCommand({
    ...OWN,
    type: "subscribe",
    endpoint: "a",
    protocol: "sqs",
    policy: 0,
    range: { startingPoint: 0, endingPoint: START + 2 * MINUTE },
    isOwn: false,
  }),
  { kind: "pass", ms: HOUR },
  { kind: "look" },
  topicCommand({ ...OWN, type: "remove" }),
  topicCommand({ type: "confirm", which: 0, isSigned: false }),
];

const HTTP = {
  ...OWN,
  type: "subscribe",
  endpoint: "c",
  protocol: "http",
  policy: 0,
  range: undefined,
  isOwn: false,
} as const;

/** One of two subscriptions of an endpoint, both of which were deleted, is brought back. */
const BROUGHT_BACK_BESIDE_A_DELETED_ONE: Step<Command>[] = [
  topicCommand({ ...OWN, type: "create", change: {} }),
  topicCommand(HTTP),
  topicCommand({ type: "unsubscribe", which: 0 }),
  topicCommand(HTTP),
  topicCommand({ type: "unsubscribe", which: 1 }),
  topicCommand({ type: "confirm", which: 0, isSigned: false }),
];

/** A subscription shares its endpoint with an older one that was brought back, deleted again and forgotten. */
const SHARED_WITH_A_FORGOTTEN_ONE: Step<Command>[] = [
  ...BROUGHT_BACK_BESIDE_A_DELETED_ONE.slice(0, 4),
  topicCommand({ type: "confirm", which: 1, isSigned: false }),
  topicCommand({ type: "confirm", which: 0, isSigned: false }),
  topicCommand({ type: "unsubscribe", which: 0 }),
  { kind: "pass", ms: 72 * HOUR },
];

registerReplaySuite<Topics, Command>(
  {
    name: "topics and subscriptions",
    commands,
    durationsMs: fc.constantFrom(0, 1, SECOND, MINUTE, 5 * MINUTE, HOUR, DAY, 48 * HOUR, 72 * HOUR),
    start({ clock, ids, logs }) {
      const delivered: string[] = [];
      const outbox = (delivery: Parameters<typeof wordsOf>[0]) => void delivered.push(wordsOf(delivery));
      const rules = { countPropagationMs: MINUTE };
      return { directory: new TopicDirectory({ clockOf: () => clock, ids, outbox, rules, logs }), delivered };
    },
    run(topics, command, answers) {
      const answer = "which" in command ? changeSubscription(topics, command, answers) : changeTopic(topics, command);
      return { answer, delivered: topics.delivered.splice(0) };
    },
    replay({ directory, delivered }, entry) {
      directory.replay(entry as LoggedEntry<TopicEvent>);
      if (delivered.length > 0) throw new Error(`replayed and delivered: ${delivered}`);
    },
    entries: ({ directory }) => directory.entries(),
    taken: ({ directory }) => directory.taken(),
    observe: ({ directory }) =>
      scopes.map((scope) => ({
        topics: [...directory.in(scope).list()].map(shapeOfTopic),
        subscriptions: [...directory.subscriptionsOf(scope)].map(({ arn }) => arn),
      })),
  },
  {
    examples: [
      [DELETED_AFTER_A_REDELIVERY, [{ kind: "look" }]],
      [BROUGHT_BACK_BESIDE_A_DELETED_ONE, [topicCommand({ type: "ask", which: 0 }), topicCommand(HTTP)]],
      [SHARED_WITH_A_FORGOTTEN_ONE, [topicCommand(HTTP)]],
    ],
  },
);

function changeTopic({ directory }: Topics, command: OfTopic): unknown {
  if (command.type === "reset") return directory.reset(command.scope.account);
  const topics = directory.in(command.scope);
  const topic = topics.find(command.name);
  if (command.type === "create") {
    if (topic !== undefined) return "exists";
    const isFifo = command.name.endsWith(".fifo");
    return topics.create(command.name, aDefinition({ isFifo, ...(isFifo && command.change) })).arn;
  }
  if (topic === undefined) return "absent";
  switch (command.type) {
    case "remove":
      return directory.delete(topic);
    case "configure": {
      const { settings } = topic.definition;
      const changed = settings.isFifo ? command.change : { displayName: "other" };
      const dataProtectionPolicy = command.protects ? '{"Version":"2021-06-01"}' : undefined;
      return topic.configure({
        settings: { ...settings, ...changed },
        attributes: { a: "b" },
        tags: { t: "" },
        dataProtectionPolicy,
      });
    }
    case "publish": {
      const { groupId, deduplicationId, content } = command;
      const { message, ...rest } = contents[content]!;
      return publish(topic, message, {
        ...rest,
        ...(topic.definition.settings.isFifo && { groupId, deduplicationId }),
      });
    }
    case "subscribe":
      return subscribe(topic, command);
  }
}

function subscribe(topic: Topic, command: Extract<OfTopic, { type: "subscribe" }>): unknown {
  const { protocol, endpoint, isOwn, range } = command;
  if (topic.find(protocol, endpoint) !== undefined) return "exists";
  const choice = {
    protocol,
    owner: isOwn ? topic.scope.account : "111111111111",
    isConfirmed: protocol === "sqs",
    filterPolicy: policies[command.policy],
    deliveryPolicy:
      protocol === "http" ? { healthyRetryPolicy: { numRetries: 5 }, throttlePolicy: undefined } : undefined,
  };
  const { arn, token } = topic.subscribe({ ...aSubscription(endpoint, choice), redelivery: range });
  return { subscription: arn, token };
}

/** Does it to one of the subscriptions that were ever made, if it is remembered. */
function changeSubscription({ directory }: Topics, command: OfSubscription, answers: readonly unknown[]): unknown {
  const made = answers.flatMap((answer) => {
    const { answer: one } = answer as { answer?: { subscription?: string; token?: string } };
    return one?.subscription === undefined ? [] : [one];
  });
  const { subscription: arn = "", token = "" } = made[command.which % (made.length || 1)] ?? {};
  const found = directory.subscription(arn);
  if (found === undefined) return "forgotten";
  const { topic, subscription } = found;
  if (command.type === "confirm") {
    // By the token it had first, or by the one it was given when it was deleted.
    const named = directory.subscriptionByToken(subscription.state === "pending" ? token : subscription.token);
    if (named === undefined || subscription.state === "confirmed") return "not confirmed";
    return topic.confirm(subscription, { isAuthenticated: command.isSigned, refusesUnsigned: command.isSigned });
  }
  if (!directory.isAlive(found)) return shapeOf(subscription);
  switch (command.type) {
    case "unsubscribe":
      topic.unsubscribe(subscription);
      return subscription.token;
    case "ask":
      return topic.askForConfirmation("SubscriptionConfirmation", subscription, "http://localhost:4566");
    case "configureSubscription":
      return topic.configureSubscription(subscription, configurationOf(subscription, command.policy));
    case "redeliver":
      return topic.redeliver(subscription, command.range, configurationOf(subscription, command.policy));
  }
}

function configurationOf({ settings }: Subscription, policy: number) {
  return { settings: { ...settings, filterPolicy: policies[policy] }, attributes: { policy: String(policy) } };
}

function shapeOfTopic(topic: Topic): unknown {
  const { arn, createdAt, definition, counts, beginningOfArchive, subscriptions } = topic;
  const inOrder = [...topic.listSubscriptions()].map(({ arn: one }) => one);
  const all = subscriptions.map((one) => ({ ...shapeOf(one), redelivery: topic.redeliveryStatusOf(one) }));
  return JSON.parse(JSON.stringify({ arn, createdAt, definition, counts, beginningOfArchive, inOrder, all }));
}

/** Without what is compiled. */
function shapeOf(subscription: Subscription): object {
  const { settings, ...rest } = { ...subscription };
  const { filterPolicy, ...others } = settings;
  return { ...rest, ...others, filterPolicy: filterPolicy && [filterPolicy.scope, filterPolicy.text] };
}

function aPolicy(text: string, policyScope: FilterPolicy["scope"] = "MessageAttributes"): FilterPolicy {
  const compiled = compileFilterPolicy(text, policyScope);
  if ("error" in compiled) throw new Error(compiled.error.message);
  return compiled.policy;
}
