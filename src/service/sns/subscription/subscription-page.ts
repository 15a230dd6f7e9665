import type { Subscription } from "../../../engine/topic/subscription/subscription.ts";
import { ageKeyOf } from "../../../kernel/collection/ordered-index.ts";
import type { Infer } from "../../../model/shape.ts";
import type { ItemsAfter } from "../../page.ts";
import { listingPage } from "../page.ts";
import type { subscriptionList } from "../shapes.ts";

/** What stands for the ARN of a subscription nobody has confirmed yet. */
const PENDING = "PendingConfirmation";

interface SubscriptionPage {
  readonly Subscriptions: Infer<typeof subscriptionList>;
  readonly NextToken: string | undefined;
}

/** A page of a listing of subscriptions by age. */
export function subscriptionPage(
  subscriptionsAfter: ItemsAfter<Subscription>,
  request: { readonly listing: string; readonly NextToken?: string | undefined },
): SubscriptionPage {
  const { items, nextToken } = listingPage(subscriptionsAfter, ageKeyOf, request);
  return { Subscriptions: items.map(toEntry), NextToken: nextToken };
}

function toEntry({ arn, owner, protocol, shownEndpoint, topicArn, state }: Subscription) {
  return {
    SubscriptionArn: state === "pending" ? PENDING : arn,
    Owner: owner,
    Protocol: protocol,
    Endpoint: shownEndpoint,
    TopicArn: topicArn,
  };
}
