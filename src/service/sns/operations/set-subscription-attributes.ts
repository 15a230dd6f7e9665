import { required, string, structure } from "../../../model/shape.ts";
import { resourceErrors, subscriptionLimits } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { whenSet } from "../refusal.ts";
import { replayRequestOf } from "../replay-policy.ts";
import { subscriptionNamed } from "../resource.ts";
import { changedSubscription } from "../subscription-changes.ts";

/** Sets an attribute of a subscription, or takes it away. API_SetSubscriptionAttributes. */
export const setSubscriptionAttributes = snsOperation({
  name: "SetSubscriptionAttributes",
  input: structure({
    SubscriptionArn: required(string()),
    AttributeName: required(string()),
    AttributeValue: string(),
  }),
  errors: [...resourceErrors, ...subscriptionLimits.slice(1)],
  gaps: ["A dead-letter queue may be in another account or region.", "Replays are done at once and never fail."],
  handle(context, { SubscriptionArn, AttributeName: name, AttributeValue: value = "" }) {
    const { topic, subscription } = subscriptionNamed(context, SubscriptionArn);
    const { protocol, endpoint } = subscription;
    const subject = { topic, protocol, endpoint, refusal: whenSet };
    const { attributes, settings } = changedSubscription(subscription.attributes, { [name]: value }, subject);
    topic.configureSubscription(subscription, settings, attributes);
    if (name === "ReplayPolicy") topic.replay(subscription, replayRequestOf(attributes.ReplayPolicy));
  },
});
