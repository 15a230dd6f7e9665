import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account, phoneNumber } from "../inputs.ts";
import { list, next, paging, shape, withLimit } from "./listing.ts";

const text = { type: "string" } as const;

const message = {
  type: "object",
  properties: {
    time: { type: "string", format: "date-time" },
    account,
    region: text,
    protocol: text,
    to: {
      type: "string",
      description: "Mail address, phone number, or the ARN of an endpoint, a stream or a function.",
    },
    type: { enum: ["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"] },
    messageId: text,
    topicArn: text,
    subscriptionArn: text,
    from: text,
    subject: text,
    body: text,
    subscribeUrl: { type: "string", description: "Where a mail's link leads that confirms a subscription." },
    smsType: text,
    parts: { type: "integer", description: "How many parts a text message is sent in." },
    platform: text,
    token: text,
    attributes: { type: "object", additionalProperties: text },
  },
  required: ["time", "account", "region", "protocol", "to", "type", "messageId", "body"],
  additionalProperties: false,
} as const;

const outbox = shape({ messages: list(message) }, { next });

/** Reads the messages that would have left this machine: those that meet all conditions given, oldest first. */
export type ReadOutbox = (query: {
  readonly account?: string;
  readonly protocol?: string;
  readonly to?: string;
  readonly limit: number;
  readonly next?: string;
}) => AnswerOf<typeof outbox>;

export const outboxRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}outbox`,
  summary: "shows what would have left the machine",
  inputs: {
    account,
    protocol: { type: "string", description: "The protocol is that of a subscription, such as sms." },
    to: { type: "string", description: "The receiver is a mail address, a phone number or an ARN." },
    ...paging,
    next: { ...paging.next, pattern: "^\\d{1,15}$" },
  },
  answer: outbox,
  handle: ({ readOutbox }: { readonly readOutbox: ReadOutbox }, { to, ...rest }) =>
    readOutbox(withLimit(to === undefined ? rest : { ...rest, to: phoneNumber(to) })),
});
