import { string, structure } from "../../../model/shape.ts";
import { anyCallErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { subscriptionList } from "../shapes.ts";
import { subscriptionPage } from "../subscription/subscription-page.ts";

/** Lists the subscriptions the caller's account made to topics of the region. API_ListSubscriptions. */
export const listSubscriptions = snsOperation({
  name: "ListSubscriptions",
  input: structure({ NextToken: string() }),
  output: structure({ Subscriptions: subscriptionList, NextToken: string() }),
  errors: anyCallErrors,
  handle: ({ call, topics }, input) =>
    subscriptionPage((after) => topics.subscriptionsOf(call.scope, { after }), {
      ...input,
      listing: "ListSubscriptions",
    }),
});
