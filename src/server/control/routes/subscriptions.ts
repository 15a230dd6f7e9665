import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { account } from "../inputs.ts";
import { count, flag, instant, list, lookingRoute, next, type ReaderOf, shape, text } from "./listing.ts";
import { topicName } from "./topics.ts";

const filter = shape({
  scope: { enum: ["MessageAttributes", "MessageBody"] },
  sentence: { ...text, description: "What it lets through: `type is one of a and b and price is at least 100`." },
  demands: list(
    { type: "object" },
    "Fields with conditions of which one has to be met, or lists of such demands in `either` and `all`.",
  ),
});

const subscription = shape(
  {
    arn: text,
    topicArn: text,
    account,
    region: text,
    owner: account,
    protocol: text,
    endpoint: text,
    isConfirmed: flag,
    createdAt: instant,
    isRaw: flag,
    attributes: { type: "object", additionalProperties: text },
    pendingDeliveries: { ...count, description: "Deliveries that wait for an attempt or an answer." },
  },
  {
    filter: { ...filter, description: "Absent when every message is let through." },
    deadLetterQueueArn: text,
    redelivery: { enum: ["Pending", "In progress", "Completed", "Failed"], description: "From the archive." },
  },
);

const subscriptions = shape({ subscriptions: list(subscription) }, { next });

export const subscriptionsRoute = lookingRoute("subscriptions", {
  path: `${CONTROL_PREFIX}subscriptions`,
  summary: "shows subscriptions and what their filters let through",
  inputs: { topic: topicName },
  answer: subscriptions,
});

/** Reads subscriptions, by topic and age. */
export type ReadSubscriptions = ReaderOf<typeof subscriptionsRoute>;
