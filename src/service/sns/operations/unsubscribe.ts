import type { Subscribed } from "../../../engine/topic/subscription/registered.ts";
import type { Subscription } from "../../../engine/topic/subscription/subscription.ts";
import { scopeOfArn } from "../../../kernel/arn.ts";
import { required, structure } from "../../../model/shape.ts";
import type { Call } from "../../service.ts";
import { AuthorizationError, InvalidSecurity, invalidParameter, resourceErrors } from "../errors.ts";
import { callerOf, snsOperation } from "../operation.ts";
import { arn } from "../shapes.ts";
import { isAsked, protocols } from "../subscription/protocols.ts";

/** Elements of a topic's ARN, which is what a subscription's begins with. */
const TOPIC_ELEMENTS = 6;

/** Deletes a subscription. To delete one that is not there is no error. API_Unsubscribe. */
export const unsubscribe = snsOperation({
  name: "Unsubscribe",
  input: structure({ SubscriptionArn: required(arn) }),
  errors: [...resourceErrors, InvalidSecurity],
  gaps: [
    "A subscription that somebody else than its owner deleted is gone at once; AWS lists it as Deleted for 72 hours, in which its owner cannot subscribe the endpoint again.",
  ],
  handle({ call, topics }, { SubscriptionArn: arn }) {
    if (arn.split(":").length === TOPIC_ELEMENTS) throw invalidParameter("SubscriptionId");
    const subscribed = topics.subscription(arn);
    if (subscribed === undefined || !topics.isAlive(subscribed)) return refuseStrangers(call, arn);
    checkMayDelete(call, subscribed);
    const { topic, subscription } = subscribed;
    topic.unsubscribe(subscription);
    if (isSignedBy(call, subscription.owner) || !isAsked(subscription.protocol)) return;
    topic.askForConfirmation("UnsubscribeConfirmation", subscription, call.origin);
  },
});

/** AWS: whether somebody else has a subscription is not told. */
function refuseStrangers(call: Call, arn: string): void {
  if (!call.isSigned || scopeOfArn(arn).account === call.scope.account) return;
  throw new AuthorizationError({ caller: callerOf(call), action: "Unsubscribe", resource: arn });
}

function checkMayDelete(call: Call, { topic, subscription }: Subscribed): void {
  if (subscription.state === "pending") {
    throw invalidParameter("SubscriptionArn", "Cannot unsubscribe a subscription that is pending confirmation");
  }
  const isOwner = isSignedBy(call, subscription.owner) || isSignedBy(call, topic.scope.account);
  if (isOwner || !isOwnersToDelete(subscription)) return;
  throw new AuthorizationError({ caller: callerOf(call), action: "Unsubscribe", resource: subscription.arn });
}

/** AWS: queues are not unsubscribed by links; other endpoints are unless they were confirmed with that proviso. */
function isOwnersToDelete({ protocol, refusesUnsignedUnsubscribe }: Subscription): boolean {
  return !protocols[protocol].hasUnsubscribeLinks || refusesUnsignedUnsubscribe;
}

function isSignedBy({ isSigned, scope }: Call, account: string): boolean {
  return isSigned && scope.account === account;
}
