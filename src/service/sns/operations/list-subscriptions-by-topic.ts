import { required, string, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { topicNamed } from "../resource.ts";
import { arn, subscriptionList } from "../shapes.ts";
import { subscriptionPage } from "../subscription/subscription-page.ts";

/** Lists the subscriptions of a topic. API_ListSubscriptionsByTopic. */
export const listSubscriptionsByTopic = snsOperation({
  name: "ListSubscriptionsByTopic",
  input: structure({ TopicArn: required(arn), NextToken: string() }),
  output: structure({ Subscriptions: subscriptionList, NextToken: string() }),
  errors: resourceErrors,
  handle(context, input) {
    const topic = topicNamed(context, input.TopicArn);
    return subscriptionPage((after) => topic.listSubscriptions({ after }), {
      ...input,
      listing: "ListSubscriptionsByTopic",
    });
  },
});
