import { ApplicationEvents } from "../../src/delivery/sns/application-events.ts";
import { type DeliveryLine, type DeliveryQuery, deliveryLines } from "../../src/delivery/sns/delivery-lines.ts";
import { DeliveryLog, type LoggedAttempts } from "../../src/delivery/sns/delivery-log.ts";
import { DirectMessages } from "../../src/delivery/sns/direct-messages.ts";
import { Dispatcher, type DispatcherDeps } from "../../src/delivery/sns/dispatcher.ts";
import { OutboxStore } from "../../src/delivery/target/outbox-store.ts";
import { createTargets, type TargetDeps } from "../../src/delivery/target/targets.ts";
import { refused } from "../../src/delivery/transport/attempt.ts";
import { MobileDirectory } from "../../src/engine/mobile/mobile-directory.ts";
import { compileFilterPolicy, type FilterPolicy } from "../../src/engine/pattern/filter-policy.ts";
import type { FilterPolicyScope } from "../../src/engine/pattern/matching/message-view.ts";
import type { Queue } from "../../src/engine/queue/queue.ts";
import type { QueueSettings } from "../../src/engine/queue/settings.ts";
import { SmsDirectory } from "../../src/engine/sms/sms-directory.ts";
import { DataProtection } from "../../src/engine/topic/data-protection/data-protection.ts";
import type { NewNotification } from "../../src/engine/topic/notification.ts";
import type { TopicSettings } from "../../src/engine/topic/settings.ts";
import type { SubscriptionDefinition, SubscriptionSettings } from "../../src/engine/topic/subscription/subscription.ts";
import type { SubscriptionProtocol } from "../../src/engine/topic/subscription/subscription-protocol.ts";
import type { Topic } from "../../src/engine/topic/topic.ts";
import { TopicDirectory } from "../../src/engine/topic/topic-directory.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import { SystemClock } from "../../src/kernel/time/system-clock.ts";
import { ACCOUNT, aDirectory, defaultSettings, REGION } from "../support/queue.ts";
import { aTopic, fakeEnvelopes } from "./deliveries.ts";

/** What a test chooses of a subscription; the rest is a plain one of the default account. */
export type SubscriptionChoice = Partial<SubscriptionSettings & Pick<SubscriptionDefinition, "owner" | "isConfirmed">>;

export type DeliveryFixture = ReturnType<typeof aDelivering>;

/** Queues and topics with everything in between, over real engines, on the clock of the default account, frozen. */
export function aDelivering(options: Partial<DispatcherDeps & TargetDeps> = {}) {
  const queueing = aDirectory();
  const { directory: queues, clocks, clock } = queueing;
  const clockOf = (account: string) => clocks.of(account);
  const ids = seededIds("delivery");
  const log = options.log ?? new DeliveryLog(clockOf);
  const store = options.store ?? new OutboxStore();
  const sms = new SmsDirectory({ clockOf, ids });
  const mobile = new MobileDirectory({ clockOf, ids });
  const reports: unknown[] = [];
  const events = new ApplicationEvents({ clockOf, topicOf: (arn) => topics.byArn(arn) });
  const functionUrls = options.functionUrls ?? new Map();
  const { targets, ...room } = createTargets({
    clockOf,
    soon: (task) => new SystemClock().at(0, task),
    ids,
    queues,
    topicOf: (arn) => topics.byArn(arn),
    streamOf: () => undefined,
    put: undefined,
    functionUrls,
    handOver: () => refused("The function does not exist"),
    store,
    rejectUnauthorized: true,
    ...options,
  });
  const dispatcher = new Dispatcher({
    targets,
    isInvoked: (functionArn) => functionUrls.has(functionArn),
    protection: new DataProtection(clockOf),
    queueOf: (arn) => queues.byArn(arn),
    mobile,
    sms,
    envelopes: fakeEnvelopes().envelopes,
    log,
    announce: (application, event) => events.announce(application, event),
    isAlive: ({ topic, subscription }) => topics.byArn(topic.arn) === topic && subscription.state !== "deleted",
    dropped: () => {},
    report: (cause) => reports.push(cause),
    ...options,
  });
  const topics: TopicDirectory = new TopicDirectory({
    clockOf,
    ids,
    outbox: (delivery) => dispatcher.deliver(delivery),
    published: (...publish) => log.addPublish(...publish),
  });
  const close = () => {
    dispatcher.close();
    room.close();
  };
  return {
    ...queueing,
    clock,
    queues,
    topics,
    targets,
    /** Drops what is on its way. */
    dropAll: room.reset,
    close,
    log,
    store,
    direct: new DirectMessages(store),
    sms,
    mobile,
    /** Mistakes of our own that the dispatcher hid from publishers. */
    reports,
    logged: watch(log),
    lines: (query: Partial<DeliveryQuery> = {}): readonly DeliveryLine[] =>
      atOnce(deliveryLines(log, { limit: 1000, ...query }, (arn) => topics.byArn(arn))).lines,
    topic: (settings: Partial<TopicSettings> = {}, { account = ACCOUNT, name = "topic" } = {}): Topic =>
      topics.in(scopeOf(account, REGION)).create(settings.isFifo ? `${name}.fifo` : name, aTopic(settings).definition),
    subscribe: (topic: Topic, protocol: SubscriptionProtocol, endpoint: string, choice: SubscriptionChoice = {}) =>
      topic.subscribe(definitionOf(protocol, endpoint, choice)),
    /** A queue of any account and region. */
    queueIn: (account: string, region: string, name: string, settings: Partial<QueueSettings> = {}): Queue =>
      queues.in(scopeOf(account, region)).create(name, {
        settings: { ...defaultSettings, ...settings },
        attributes: {},
        tags: {},
      }),
    [Symbol.dispose]: close,
  };
}

/** What the work comes to, however many steps it takes. */
export function atOnce<T>(work: Iterator<number, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Has a topic take a message. */
export function publish(topic: Topic, content: Partial<NewNotification> = {}) {
  return topic.publish({ message: "Hello", origin: "http://localhost:4566", ...content });
}

export function aFilterPolicy(policy: unknown, scope: FilterPolicyScope = "MessageAttributes"): FilterPolicy {
  const compiled = compileFilterPolicy(JSON.stringify(policy), scope);
  if ("error" in compiled) throw new Error(compiled.error.message);
  return compiled.policy;
}

function definitionOf(
  protocol: SubscriptionProtocol,
  endpoint: string,
  { owner = ACCOUNT, isConfirmed = true, ...settings }: SubscriptionChoice,
): SubscriptionDefinition {
  const plain = { isRaw: false, filterPolicy: undefined, deadLetterTargetArn: undefined, deliveryPolicy: undefined };
  const principal = `arn:aws:iam::${owner}:root`;
  return { protocol, endpoint, owner, principal, isConfirmed, settings: { ...plain, ...settings }, attributes: {} };
}

/** Lets a test wait until so many attempts are logged in all, and gives it the last of them. */
function watch(log: DeliveryLog): (count: number) => Promise<LoggedAttempts> {
  let onAdd: () => void = () => {};
  const add = log.add.bind(log);
  log.add = (...entry) => {
    add(...entry);
    onAdd();
  };
  const attempts = () => [...log.attempts()].flatMap(([, entries]) => [...entries]);
  return async (count) => {
    while (attempts().length < count) {
      await new Promise<void>((resolve) => {
        onAdd = resolve;
      });
    }
    return attempts().sort((a, b) => a.order - b.order)[count - 1]!;
  };
}
