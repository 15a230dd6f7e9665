import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "./contract.ts";
import { account } from "./inputs.ts";

const LIMIT = { unlessGiven: 1000, max: 10_000 };

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

/** Reads what happened to messages on their way to subscriptions: the latest lines that meet all conditions, oldest first. */
export type ReadDeliveries = (query: {
  readonly account?: string;
  readonly topic?: string;
  readonly subscription?: string;
  readonly limit: number;
}) => readonly AnswerOf<typeof delivery>[];

export const deliveriesRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}deliveries`,
  summary: "shows what became of SNS messages",
  inputs: {
    account,
    topic: { type: "string", description: "The topic is an ARN." },
    subscription: { type: "string", description: "The subscription is an ARN." },
    limit: {
      type: "integer",
      minimum: 1,
      maximum: LIMIT.max,
      default: LIMIT.unlessGiven,
      description: `The limit is a whole number from 1 to ${LIMIT.max}.`,
    },
  },
  answer: {
    type: "object",
    properties: { deliveries: { type: "array", items: delivery } },
    required: ["deliveries"],
    additionalProperties: false,
  },
  handle: (
    { readDeliveries }: { readonly readDeliveries: ReadDeliveries },
    { limit = LIMIT.unlessGiven, ...conditions },
  ) => ({ deliveries: readDeliveries({ ...conditions, limit }) }),
});
