import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account, region } from "../inputs.ts";
import {
  count,
  flag,
  instant,
  type LookingDeps,
  list,
  lookingRoute,
  next,
  type PageQuery,
  paging,
  type ReaderOf,
  shape,
  text,
  withLimit,
} from "./listing.ts";

const topic = shape(
  {
    name: text,
    arn: text,
    account,
    region: text,
    createdAt: instant,
    isFifo: flag,
    subscriptions: shape({ confirmed: count, pending: count, deleted: count }),
  },
  {
    contentBasedDeduplication: flag,
    deduplicationScope: { enum: ["topic", "messageGroup"] },
    archiveDays: { type: "number" },
    displayName: text,
  },
);

const topics = shape({ topics: list(topic) }, { next });

export const topicsRoute = lookingRoute("topics", {
  path: `${CONTROL_PREFIX}topics`,
  summary: "shows topics and how many subscriptions they have",
  answer: topics,
});

/** Reads topics, by account and region, then by name. */
export type ReadTopics = ReaderOf<typeof topicsRoute>;

const verdict = shape(
  { arn: text, protocol: text, endpoint: text, wouldGetIt: flag },
  { reason: { ...text, description: "Why it would not: the first condition that is not met." } },
);

const verdicts = shape({ topicArn: text, subscriptions: list(verdict) }, { next });

/** Says which subscriptions of a topic would get a message, by age. */
export type MatchTopic = (
  query: PageQuery & {
    readonly topic: string;
    readonly message: string;
    readonly attributes?: object;
  },
) => AnswerOf<typeof verdicts>;

/** A topic, as inputs name one. */
export const topicName = { type: "string", minLength: 1, description: "The topic is a name or an ARN." } as const;

export const matchTopicRoute = controlRoute({
  method: "POST",
  path: `${CONTROL_PREFIX}topics/match`,
  summary: "says which subscriptions would get a message, and publishes nothing",
  inputs: {
    topic: topicName,
    message: { type: "string", description: "The message is a text." },
    attributes: {
      type: "object",
      description: 'The attributes are a JSON object such as {"type": "order", "price": 100}.',
    },
    account,
    region,
    ...paging,
  },
  required: ["topic", "message"],
  answer: verdicts,
  handle: async ({ looking }: LookingDeps<{ readonly matchTopic: MatchTopic }>, inputs) =>
    (await looking()).matchTopic(withLimit(inputs)),
});
