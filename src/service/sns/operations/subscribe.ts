import { boolean, required, string, structure } from "../../../model/shape.ts";
import { InvalidSecurity, resourceErrors, subscriptionLimits } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { topicNamed } from "../resource.ts";
import { arn, stringMap } from "../shapes.ts";
import { subscribe as subscribeTo } from "../subscription/subscribe.ts";
import { subscriptionGaps } from "../subscription/subscription-changes.ts";

/** What an answer says instead of the ARN, until the subscription is confirmed. */
const PENDING = "pending confirmation";

/** Has a topic deliver to an endpoint, once that agrees. API_Subscribe. */
export const subscribe = snsOperation({
  name: "Subscribe",
  input: structure({
    TopicArn: required(arn),
    Protocol: required(string()),
    Endpoint: string(),
    Attributes: stringMap,
    ReturnSubscriptionArn: boolean(),
  }),
  output: structure({ SubscriptionArn: string() }),
  errors: [...resourceErrors, ...subscriptionLimits, InvalidSecurity],
  gaps: ["Endpoints are not probed, roles are not assumed.", ...subscriptionGaps],
  handle(context, input) {
    const { arn, state } = subscribeTo(context, topicNamed(context, input.TopicArn), input);
    return { SubscriptionArn: state === "pending" && !input.ReturnSubscriptionArn ? PENDING : arn };
  },
});
