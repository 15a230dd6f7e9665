import { required, string, structure } from "../../../model/shape.ts";
import { absentValue } from "../attribute-values.ts";
import { resourceErrors, subscriptionLimits } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { whenSet } from "../refusal.ts";
import { subscriptionNamed } from "../resource.ts";
import { arn } from "../shapes.ts";
import { archiveRangeOf, checkRedrivePolicy } from "../subscription/redrive-policy.ts";
import { subscriptionAttributes } from "../subscription/subscription-attributes.ts";
import { changedSubscription, subscriptionGaps } from "../subscription/subscription-changes.ts";

/** Sets an attribute of a subscription, or takes it away. API_SetSubscriptionAttributes. */
export const setSubscriptionAttributes = snsOperation({
  name: "SetSubscriptionAttributes",
  input: structure({
    SubscriptionArn: required(arn),
    AttributeName: required(string()),
    AttributeValue: string(),
  }),
  errors: [...resourceErrors, ...subscriptionLimits.slice(1)],
  gaps: subscriptionGaps,
  handle(context, { SubscriptionArn, AttributeName: name, AttributeValue: value }) {
    const { topic, subscription } = subscriptionNamed(context, SubscriptionArn);
    const { protocol, endpoint } = subscription;
    const subject = { topic, protocol, endpoint, refusal: whenSet };
    // AWS: no value takes a dead-letter queue away; the empty text is refused like any other that is no JSON.
    if (name === "RedrivePolicy" && value === "") checkRedrivePolicy(value, subject);
    const given = { [name]: value ?? absentValue(subscriptionAttributes.get(name)) };
    const changed = changedSubscription(subscription.attributes, given, subject);
    if (name !== "ReplayPolicy") topic.configureSubscription(subscription, changed);
    else topic.redeliver(subscription, archiveRangeOf(changed.attributes.ReplayPolicy), changed);
  },
});
