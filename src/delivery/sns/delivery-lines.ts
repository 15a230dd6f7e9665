import type { Delivery } from "../../engine/topic/delivery.ts";
import type { Subscription } from "../../engine/topic/subscription/subscription.ts";
import type { Topic } from "../../engine/topic/topic.ts";
import { present } from "../../kernel/present.ts";
import type { MeasuredSteps } from "../../kernel/time/in-turns.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import type { Outcome } from "../transport/job.ts";
import type { DeliveryLog, LoggedAttempts, LoggedPublish, LoggedSubscription } from "./delivery-log.ts";
import { FilteredMessage, type FilterReason } from "./filtered.ts";

/** Which lines are wanted: those that meet all conditions given. */
export interface DeliveryQuery {
  readonly account?: string | undefined;
  /** ARN of a topic. */
  readonly topic?: string | undefined;
  /** ARN of a subscription. */
  readonly subscription?: string | undefined;
  /** At most so many, the latest. */
  readonly limit: number;
  /** Those before that place. */
  readonly before?: DeliveryPlace | undefined;
}

/** A place in the log: an entry, and how many of its lines come behind. */
interface DeliveryPlace {
  readonly order: number;
  readonly taken: number;
}

/** Lines, oldest first, and where earlier ones begin if there are any. */
interface DeliveryPage {
  readonly lines: readonly DeliveryLine[];
  readonly next?: DeliveryPlace;
}

/** What happened to one message on its way to one subscription. Members without a value are left out. */
export interface DeliveryLine {
  readonly time: string;
  readonly account: string;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly type: Delivery["type"];
  readonly messageId: string;
  /** Absent where no attempt was meant to be made. */
  readonly attempt?: number | undefined;
  /** `filtered`: kept out by the filter policy. `pending`: nobody has confirmed the subscription. */
  readonly result: Outcome["result"] | "filtered" | "pending";
  readonly reason?: string | FilterReason | undefined;
  readonly statusCode?: number | undefined;
  readonly nextAttemptTime?: string | undefined;
  readonly deadLetterTargetArn?: string | undefined;
}

interface Logged {
  readonly account: string;
  readonly entry: LoggedAttempts | LoggedPublish;
}

/** So many steps are taken in one turn of the event loop, a matter of few milliseconds. */
export const STEPS_PER_TURN = 500_000;
/** What it costs to look at an entry or a subscription, in steps of judging filter policies. */
const COST_OF_LOOK = 20;
/** What it costs to tell whether a subscription is asked about. */
const COST_OF_CANDIDATE = 5;

/**
 * The log as lines, oldest first. Who did not get a message is found by holding it against the topic's subscriptions
 * as they are now, so each publish that is looked at costs time for each of them: what is yielded are the steps it took
 * since the last yield.
 */
export function* deliveryLines(
  log: DeliveryLog,
  query: DeliveryQuery,
  topicOf: (arn: string) => Topic | undefined,
): MeasuredSteps<DeliveryPage> {
  const subscriptionsOf = remembering((arn: string) => topicOf(arn)?.subscriptions ?? []);
  const { order: upTo = Number.POSITIVE_INFINITY, taken = 0 } = query.before ?? {};
  const lines: DeliveryLine[] = [];
  for (const { account, entry } of newestFirst(log, query.account)) {
    yield COST_OF_LOOK;
    if (entry.order > upTo || !isAbout(query, entry)) continue;
    const found =
      "attempt" in entry
        ? attemptLines(account, entry, query)
        : yield* missedLines({ account, entry, query }, subscriptionsOf(entry.topicArn));
    const skipped = entry.order === upTo ? taken : 0;
    const wanted = found.reverse().slice(skipped);
    const room = query.limit - lines.length;
    for (const line of wanted.slice(0, room)) lines.push(line);
    if (wanted.length > room) return { lines: lines.reverse(), next: { order: entry.order, taken: skipped + room } };
  }
  return { lines: lines.reverse() };
}

function newestFirst(log: DeliveryLog, wanted: string | undefined): readonly Logged[] {
  const logged: Logged[] = [];
  for (const ring of [log.attempts(wanted), log.publishes(wanted)]) {
    for (const [account, entries] of ring) for (const entry of entries) logged.push({ account, entry });
  }
  return logged.sort((a, b) => b.entry.order - a.entry.order);
}

function isAbout({ topic }: DeliveryQuery, entry: LoggedAttempts | LoggedPublish): boolean {
  if ("topicArn" in entry) return topic === undefined || topic === entry.topicArn;
  return topic === undefined || topic === present(entry.subscriptions[0], "the subscriptions of an entry").topicArn;
}

/** The subscriptions there were when the message was published, as far as they exist, that are asked about. */
function candidates(query: DeliveryQuery, publish: LoggedPublish, subscriptions: readonly Subscription[]) {
  const { notification, youngestSubscriptionArn } = publish;
  const youngest = subscriptions.findIndex(({ arn }) => arn === youngestSubscriptionArn);
  return (youngest < 0 ? subscriptions : subscriptions.slice(0, youngest + 1)).filter(
    ({ arn, createdAt }) =>
      createdAt <= notification.publishedAt && (query.subscription === undefined || query.subscription === arn),
  );
}

function* missedLines(
  { account, entry, query }: { readonly account: string; readonly entry: LoggedPublish; readonly query: DeliveryQuery },
  subscriptions: readonly Subscription[],
): MeasuredSteps<DeliveryLine[]> {
  const { notification } = entry;
  yield COST_OF_CANDIDATE * subscriptions.length;
  const message = new FilteredMessage(notification);
  const { id: messageId, publishedAt: at } = notification;
  const lines: DeliveryLine[] = [];
  for (const subscription of candidates(query, entry, subscriptions)) {
    yield COST_OF_LOOK + message.stepsFor(subscription);
    const isPending = subscription.state === "pending";
    const reason = isPending ? undefined : message.reasonAgainst(subscription);
    if (!isPending && reason === undefined) continue;
    const head = headOf(subscription, { account, at, type: "Notification", messageId });
    lines.push({ ...head, ...(isPending ? { result: "pending" } : { result: "filtered", reason }) });
  }
  return lines;
}

function attemptLines(account: string, entry: LoggedAttempts, query: DeliveryQuery): DeliveryLine[] {
  const { subscriptions, at, type, messageId, attempt, outcome } = entry;
  const result = resultOf(outcome);
  return subscriptions
    .filter(({ arn }) => query.subscription === undefined || query.subscription === arn)
    .map((subscription) => ({ ...headOf(subscription, { account, at, type, messageId }), attempt, ...result }));
}

function resultOf(outcome: Outcome): Partial<DeliveryLine> & Pick<DeliveryLine, "result"> {
  if (outcome.result !== "retrying") return outcome;
  const { nextAttemptAt, ...rest } = outcome;
  return { ...rest, nextAttemptTime: formatIso8601(nextAttemptAt) };
}

function headOf(
  { arn: subscriptionArn, topicArn, protocol, shownEndpoint: endpoint }: LoggedSubscription,
  { at, ...rest }: Pick<DeliveryLine, "account" | "type" | "messageId"> & { readonly at: number },
): Omit<DeliveryLine, "result"> {
  return { time: formatIso8601(at), topicArn, subscriptionArn, protocol, endpoint, ...rest };
}

function remembering<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? find(key);
    known.set(key, value);
    return value;
  };
}
