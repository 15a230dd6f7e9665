import { required, structure } from "../../../model/shape.ts";
import { NotFound, resourceErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { arn, attributesOutput } from "../shapes.ts";
import { shownSubscriptionAttributes } from "../subscription/subscription-attributes.ts";

/** Shows everything a subscription has. API_GetSubscriptionAttributes. */
export const getSubscriptionAttributes = snsOperation({
  name: "GetSubscriptionAttributes",
  input: structure({ SubscriptionArn: required(arn) }),
  output: attributesOutput,
  errors: resourceErrors,
  handle({ topics }, { SubscriptionArn }) {
    // AWS: subscriptions outlast their topic for a while.
    const subscribed = topics.subscription(SubscriptionArn);
    if (subscribed === undefined || subscribed.subscription.state === "deleted") throw new NotFound("Subscription");
    return { Attributes: shownSubscriptionAttributes(subscribed) };
  },
});
