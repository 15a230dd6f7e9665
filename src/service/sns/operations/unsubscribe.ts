import type { SubscriptionProtocol } from "../../../engine/topic/notification.ts";
import type { Subscribed } from "../../../engine/topic/topic-directory.ts";
import { required, string, structure } from "../../../model/shape.ts";
import type { Call } from "../../service.ts";
import { AuthorizationError, InvalidSecurity, invalidParameter, resourceErrors } from "../errors.ts";
import { ANONYMOUS, snsOperation } from "../operation.ts";
import { checkArn } from "../resource.ts";

/** Elements of a topic's ARN, which is what a subscription's begins with. */
const TOPIC_ELEMENTS = 6;

/** Protocols whose endpoints are told, and may take it back. */
const TOLD: readonly SubscriptionProtocol[] = ["http", "https", "email", "email-json"];

/** Deletes a subscription. To delete one that is not there is no error. API_Unsubscribe. */
export const unsubscribe = snsOperation({
  name: "Unsubscribe",
  input: structure({ SubscriptionArn: required(string()) }),
  errors: [...resourceErrors, InvalidSecurity],
  handle({ call, topics }, { SubscriptionArn: arn }) {
    checkArn(call, "SubscriptionArn", arn);
    if (arn.split(":").length === TOPIC_ELEMENTS) throw invalidParameter("SubscriptionId");
    const subscribed = topics.subscription(arn);
    if (subscribed === undefined || !topics.isAlive(subscribed)) return;
    const { topic, subscription } = subscribed;
    if (subscription.refusesUnsignedUnsubscribe && !call.isSigned) {
      throw new AuthorizationError({ caller: ANONYMOUS, action: "Unsubscribe", resource: arn });
    }
    const wasPending = subscription.state === "pending";
    topics.unsubscribe(subscribed);
    if (wasPending || isOwner(call, subscribed) || !TOLD.includes(subscription.protocol)) return;
    topic.askForConfirmation("UnsubscribeConfirmation", subscription, call.origin);
  },
});

/** AWS: who owns the topic or the subscription, and signs, is not asked whether that was meant. */
function isOwner({ isSigned, scope }: Call, { topic, subscription }: Subscribed): boolean {
  return isSigned && [topic.scope.account, subscription.owner].includes(scope.account);
}
