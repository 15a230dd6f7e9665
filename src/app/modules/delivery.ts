import { ApplicationEvents } from "../../delivery/sns/application-events.ts";
import { deliveryLines, STEPS_PER_TURN } from "../../delivery/sns/delivery-lines.ts";
import { DeliveryLog } from "../../delivery/sns/delivery-log.ts";
import { DirectMessages } from "../../delivery/sns/direct-messages.ts";
import { Dispatcher } from "../../delivery/sns/dispatcher.ts";
import type { Envelopes } from "../../delivery/sns/envelope/envelopes.ts";
import { OwedDeliveries } from "../../delivery/sns/kept/owed-deliveries.ts";
import { type NotedMessage, notedMessage } from "../../delivery/sns/noted-message.ts";
import type { PutObject } from "../../delivery/target/bucket-folder.ts";
import type { HandOver } from "../../delivery/target/function.ts";
import { OutboxStore } from "../../delivery/target/outbox-store.ts";
import { createTargets, type TargetRoom } from "../../delivery/target/targets.ts";
import type { MobileDirectory } from "../../engine/mobile/mobile-directory.ts";
import type { QueueDirectory } from "../../engine/queue/queue-directory.ts";
import type { SmsDirectory } from "../../engine/sms/sms-directory.ts";
import type { Stream } from "../../engine/stream/stream.ts";
import type { DataProtection } from "../../engine/topic/data-protection/data-protection.ts";
import type { Published } from "../../engine/topic/delivery.ts";
import type { Subscribed } from "../../engine/topic/subscription/registered.ts";
import type { Topic } from "../../engine/topic/topic.ts";
import type { TopicDirectoryDeps } from "../../engine/topic/topic-directory.ts";
import type { DelayedDelivery } from "../../fixture/look/due-things.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { bundled, inTurns, nextTurnBy, type Soon } from "../../kernel/time/in-turns.ts";
import type { ReadDeliveries } from "../../server/control/routes/deliveries.ts";
import type { ReadOutbox } from "../../server/control/routes/outbox.ts";
import type { Logger } from "../../server/log.ts";
import type { SnsPorts } from "../../service/sns/ports.ts";
import type { Config } from "../settings/settings.ts";
import { droppedLines } from "./dropped-line.ts";
import { withFilteredLines } from "./filtered-line.ts";
import type { FaultPorts } from "./module.ts";

/** Lambda, as far as topics invoke functions. */
export interface ServedFunctions {
  /** Whether there are functions where that one would be. As long as there are none, events for functions are kept for inspection, or go to dead-letter queues. */
  readonly areServed: (functionArn: string) => boolean;
  readonly handOver: HandOver;
}

/** What deliveries lead to and are made with. */
interface DeliveryDeps {
  readonly config: Pick<Config, "lambda" | "insecureHttpsDelivery">;
  readonly clockOf: (account: string) => Clock;
  readonly soon: Soon;
  readonly ids: Ids;
  readonly log: Logger;
  readonly queues: QueueDirectory;
  readonly mobile: MobileDirectory;
  readonly sms: SmsDirectory;
  readonly protection: DataProtection;
  readonly envelopes: Envelopes;
  /** The subscription of that ARN with its topic; deleted ones for a while. */
  readonly subscriptionOf: (arn: string) => Subscribed | undefined;
  /** The topic of that ARN, or undefined when there is none. */
  readonly topicOf: (arn: string) => Topic | undefined;
  /** Whether neither the subscription nor its topic is deleted. */
  readonly isAlive: (published: Published) => boolean;
  /** The stream of that ARN, or undefined when there is none. */
  readonly streamOf: (arn: string) => Stream | undefined;
  /** Puts objects into buckets, where something stands in for those. */
  readonly put: PutObject | undefined;
  readonly functions: ServedFunctions;
  readonly faults: Pick<FaultPorts, "deliveries">;
}

/** Everything between topics and receivers. */
export interface DeliveryRoom
  extends Required<Pick<TopicDirectoryDeps, "outbox" | "published">>,
    Pick<SnsPorts, "announce" | "push" | "sendSms"> {
  readonly readOutbox: ReadOutbox;
  readonly readDeliveries: ReadDeliveries;
  readonly receivers: TargetRoom["receivers"];
  readonly targets: TargetRoom["targets"];
  readonly owed: OwedDeliveries;
  readonly deliveryLog: DeliveryLog;
  readonly outboxStore: OutboxStore;
  /** Calls the listener for every attempt to deliver. */
  readonly listenToAttempts: DeliveryLog["listen"];
  /** What is logged of one message. */
  readonly noted: (messageId: string) => NotedMessage;
  /** Attempts to deliver of known instants, of an account and in order. */
  delayedDeliveries(account: string): Iterable<DelayedDelivery>;
  /** How many deliveries are on their way, by the ARNs of their subscriptions. Looks at each of them. */
  pendingDeliveries(): ReadonlyMap<string, number>;
  /** Forgets what is on its way, what is logged and what is in the outbox, everywhere or of one account. */
  reset(account?: string): void;
  /** Hangs up on endpoints and leaves nothing that runs by itself. */
  close(): void;
}

/** Builds what takes messages from topics to receivers, and what shows how that went. */
export function createDelivery(deps: DeliveryDeps): DeliveryRoom {
  const { config, clockOf, soon, ids, log, queues, mobile, sms, protection, envelopes } = deps;
  const { topicOf, subscriptionOf, isAlive, streamOf, put, functions, faults } = deps;
  const deliveryLog = new DeliveryLog(clockOf);
  const store = new OutboxStore();
  const direct = new DirectMessages(store);
  const report = (err: unknown) => log.log("error", { err }, "delivery not made");
  const dropped = droppedLines(log);
  const applicationEvents = new ApplicationEvents({ clockOf, topicOf });
  const announce = applicationEvents.announce.bind(applicationEvents);
  const functionUrls = new Map(Object.entries(config.lambda ?? {}));
  const { targets, receivers, ...room } = createTargets({
    clockOf,
    soon,
    ids,
    queues,
    topicOf,
    streamOf,
    put,
    functionUrls,
    handOver: functions.handOver,
    store,
    rejectUnauthorized: !config.insecureHttpsDelivery,
    disturbance: faults.deliveries,
  });
  const dispatcher = new Dispatcher({
    targets,
    isInvoked: (functionArn) => functionUrls.has(functionArn) || functions.areServed(functionArn),
    queueOf: (arn) => queues.byArn(arn),
    mobile,
    sms,
    envelopes,
    protection,
    log: deliveryLog,
    announce,
    isAlive,
    dropped,
    report,
  });
  const owed = new OwedDeliveries({ receivers, dispatcher, subscriptionOf });
  return {
    owed,
    deliveryLog,
    outboxStore: store,
    published: withFilteredLines(deliveryLog.addPublish.bind(deliveryLog), log, topicOf),
    outbox: dispatcher.deliver.bind(dispatcher),
    sendSms: (message) => direct.sendSms(message),
    push: (notification) => direct.push(notification),
    announce,
    readOutbox: ({ next, ...query }) => {
      const page = store.page({ ...query, after: next === undefined ? undefined : Number(next) });
      return { messages: page.messages, next: page.next?.toString() };
    },
    receivers,
    targets,
    listenToAttempts: (listener) => deliveryLog.listen(listener),
    noted: (messageId) => notedMessage(deliveryLog, messageId),
    readDeliveries: async ({ next, ...query }) => {
      const [order = 0, taken = 0] = next?.split("-").map(Number) ?? [];
      const before = next === undefined ? undefined : { order, taken };
      const search = deliveryLines(deliveryLog, { ...query, before }, topicOf);
      const page = await inTurns(bundled(search, STEPS_PER_TURN), nextTurnBy(soon));
      return { deliveries: page.lines, next: page.next && `${page.next.order}-${page.next.taken}` };
    },
    *delayedDeliveries(account) {
      for (const { at, attempt, job } of room.delayed(account)) yield { at, attempt, subscriptionArn: job.key };
    },
    pendingDeliveries: () => room.pendingByKey(),
    reset(account) {
      room.reset(account);
      deliveryLog.reset(account);
      store.reset(account);
    },
    close() {
      dispatcher.close();
      room.close();
    },
  };
}
