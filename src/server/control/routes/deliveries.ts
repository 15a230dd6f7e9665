import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account } from "../inputs.ts";
import { list, next, paging, shape, withLimit } from "./listing.ts";

const text = { type: "string" } as const;

const delivery = {
  type: "object",
  properties: {
    time: { type: "string", format: "date-time" },
    account,
    topicArn: text,
    subscriptionArn: text,
    protocol: text,
    endpoint: text,
    type: { enum: ["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"] },
    messageId: text,
    attempt: { type: "integer", minimum: 0, description: "Absent where no attempt was meant to be made." },
    result: { enum: ["delivered", "retrying", "deadLettered", "dropped", "filtered", "pending"] },
    reason: text,
    statusCode: { type: "integer", description: "What the receiver answered, over HTTP." },
    nextAttemptTime: { type: "string", format: "date-time" },
    deadLetterTargetArn: text,
  },
  required: ["time", "account", "topicArn", "subscriptionArn", "protocol", "endpoint", "type", "messageId", "result"],
  additionalProperties: false,
} as const;

const deliveries = shape(
  { deliveries: list(delivery) },
  { next: { ...next, description: "Leads on to earlier lines." } },
);

/** Reads what happened to messages on their way to subscriptions: the latest lines that meet all conditions, oldest first. */
export type ReadDeliveries = (query: {
  readonly account?: string;
  readonly topic?: string;
  readonly subscription?: string;
  readonly limit: number;
  readonly next?: string;
}) => Promise<AnswerOf<typeof deliveries>>;

export const deliveriesRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}deliveries`,
  summary: "shows what became of SNS messages",
  inputs: {
    account,
    topic: { type: "string", description: "The topic is an ARN." },
    subscription: { type: "string", description: "The subscription is an ARN." },
    ...paging,
    next: { ...paging.next, pattern: "^\\d{1,15}-\\d{1,6}$" },
  },
  answer: deliveries,
  handle: ({ readDeliveries }: { readonly readDeliveries: ReadDeliveries }, inputs) =>
    readDeliveries(withLimit(inputs)),
});
