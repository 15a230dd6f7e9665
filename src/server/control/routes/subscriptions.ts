import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account, region } from "../inputs.ts";
import {
  count,
  flag,
  instant,
  type LookingDeps,
  list,
  next,
  type PageQuery,
  paging,
  shape,
  text,
  withLimit,
} from "./listing.ts";
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

/** Reads subscriptions, by topic and age. */
export type ReadSubscriptions = (query: PageQuery & { readonly topic?: string }) => AnswerOf<typeof subscriptions>;

export const subscriptionsRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}subscriptions`,
  summary: "shows subscriptions and what their filters let through",
  inputs: { topic: topicName, account, region, ...paging },
  answer: subscriptions,
  handle: async ({ looking }: LookingDeps<{ readonly subscriptions: ReadSubscriptions }>, inputs) =>
    (await looking()).subscriptions(withLimit(inputs)),
});
