import type { Subscription } from "../../../engine/topic/subscription/subscription.ts";
import type { SubscriptionProtocol } from "../../../engine/topic/subscription/subscription-protocol.ts";
import type { Topic } from "../../../engine/topic/topic.ts";
import { callerArn } from "../../../kernel/scope.ts";
import { invalid, invalidParameter, SubscriptionLimitExceeded } from "../errors.ts";
import type { SnsContext } from "../operation.ts";
import { checkRoomFor } from "../publish/large-messages.ts";
import { whenSubscribed } from "../refusal.ts";
import { isConfirmedAtOnce, protocolNamed, protocols } from "./protocols.ts";
import { archiveRangeOf, checkRedrivePolicy, type SubscriptionSubject } from "./redrive-policy.ts";
import { changedSubscription, hasOtherSettings } from "./subscription-changes.ts";

/** What somebody wants delivered where, and how. */
interface Wish {
  readonly Protocol: string;
  readonly Endpoint?: string | undefined;
  readonly Attributes?: Readonly<Record<string, string>> | undefined;
}

/** The subscription of that endpoint: a new one, or the one there is if it has the given attributes. */
export function subscribe(context: SnsContext, topic: Topic, wish: Wish): Subscription {
  const { Endpoint: endpoint = "", Attributes: given = {} } = wish;
  const { isFifo } = topic.definition.settings;
  const protocol = protocolNamed(wish.Protocol, { isFifo });
  if (endpoint === "") throw invalidParameter("Endpoint");
  protocols[protocol].checkEndpoint(endpoint, { mobile: context.mobile, isFifo });
  const subject = { topic, protocol, endpoint, refusal: whenSubscribed };
  // GAP: AWS is known to refuse it where it is set; it is taken to do so here, too.
  if (given.RedrivePolicy === "") checkRedrivePolicy("", subject);
  const existing = topic.find(protocol, endpoint);
  if (existing === undefined) return newSubscription(context, given, subject);
  if (hasOtherSettings(existing.attributes, given, subject)) {
    whenSubscribed.value("Subscription already exists with different attributes");
  }
  askIfPending(context, topic, existing);
  return existing;
}

function newSubscription(
  context: SnsContext,
  given: Readonly<Record<string, string>>,
  subject: SubscriptionSubject,
): Subscription {
  const { call } = context;
  const { topic, protocol, endpoint } = subject;
  const configuration = changedSubscription({}, given, subject);
  checkRole(protocol, configuration.attributes);
  checkRoomFor(protocol, topic);
  checkQuota(topic, protocol, call.scope.account);
  const subscription = topic.subscribe({
    protocol,
    endpoint,
    owner: call.scope.account,
    principal: callerArn(call.scope),
    isConfirmed: isConfirmedAtOnce(protocol, endpoint, call.scope.account),
    ...configuration,
    redelivery: archiveRangeOf(configuration.attributes.ReplayPolicy),
  });
  askIfPending(context, topic, subscription);
  return subscription;
}

function askIfPending({ call }: SnsContext, topic: Topic, subscription: Subscription): void {
  if (subscription.state !== "pending") return;
  topic.askForConfirmation("SubscriptionConfirmation", subscription, call.origin);
}

/** AWS: without a word of attributes. */
function checkRole(protocol: SubscriptionProtocol, { SubscriptionRoleArn }: Readonly<Record<string, string>>): void {
  if (!protocols[protocol].needsRole || SubscriptionRoleArn !== undefined) return;
  throw invalid(`Delivery protocol ${protocol} can only be subscribed with subscription role arn`);
}

/** AWS: subscriptions of a FIFO topic. SNS endpoints and quotas. */
const MAX_OF_FIFO_TOPIC = 100;

/** Throws SubscriptionLimitExceeded when the topic cannot have one more subscription of that protocol and owner. */
function checkQuota(topic: Topic, protocol: SubscriptionProtocol, owner: string): void {
  if (topic.definition.settings.isFifo) refuseBeyond(MAX_OF_FIFO_TOPIC, topic.subscriptions.length);
  const { maxOfOwner } = protocols[protocol];
  if (maxOfOwner === Number.POSITIVE_INFINITY) return; // and counts nothing
  const owned = topic.subscriptions.filter((one) => one.protocol === protocol && one.owner === owner);
  refuseBeyond(maxOfOwner, owned.length);
}

function refuseBeyond(max: number, count: number): void {
  if (count >= max) throw new SubscriptionLimitExceeded();
}
