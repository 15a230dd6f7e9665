import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account, region } from "../inputs.ts";
import { instant, list, shape, text } from "./listing.ts";

const MOST_COUNT = 1_000_000_000;

const UNTIL = [
  "empty",
  "drained",
  "visible",
  "received",
  "deleted",
  "dead-lettered",
  "message",
  "deliveries-settled",
  "caught-up",
  "settled",
] as const;
const EVENTS = ["sent", "received", "deleted", "delivered"] as const;

function duration<const D extends string>(description: D) {
  return { type: ["string", "number"], description } as const;
}

function name<const D extends string>(description: D) {
  return { type: "string", minLength: 1, description } as const;
}

const match = {
  type: "object",
  properties: {
    id: text,
    body: text,
    contains: text,
    pattern: text,
    json: {},
    path: text,
    equals: {},
    attributes: { type: "object", additionalProperties: { type: ["string", "number"] } },
    group: text,
  },
  additionalProperties: false,
  description: "The match is an object of id, body, contains, pattern, json, path, equals, attributes, group.",
} as const;

const matching = {
  match,
  id: name("The id is that of a message, or a sequence number."),
  body: { type: "string", description: "The body is that of a message." },
  contains: name("contains is a part of a message's body."),
  event: { type: "string", enum: EVENTS, description: `The event is one of ${EVENTS.join(", ")}.` },
  since: name("since is an instant such as 2026-01-01T00:00:00Z."),
  queue: name("The queue is a name, a URL or an ARN."),
  topic: name("The topic is a name or an ARN."),
  stream: name("The stream is a name or an ARN."),
  account,
  region,
} as const;

const timeout = duration("The timeout is a number of seconds or a text such as 30s, 10 minutes at most.");
const within = duration("within is a number of seconds or a text such as 30s, 5m, 2d, 1h30m or PT1H.");

const message = shape(
  { sequence: { type: "integer" }, at: instant, resource: text, kind: text },
  {
    messageId: text,
    sequenceNumber: text,
    body: text,
    group: text,
    attributes: { type: "object", additionalProperties: text },
  },
);

const outcome = shape({
  holds: { type: "boolean" },
  count: { type: "integer", description: "How much there is of what is wanted." },
  wanted: { type: "integer" },
  text: { ...text, description: "How things stand, in a sentence." },
  messages: list(message, "The latest that count, 100 at most."),
});

/** What is waited for, and for how long. */
interface WaitQuery {
  readonly until: (typeof UNTIL)[number];
  readonly account?: string;
  readonly region?: string;
  readonly queue?: string;
  readonly topic?: string;
  readonly stream?: string;
  readonly consumer?: string;
  readonly count?: number;
  readonly event?: (typeof EVENTS)[number];
  readonly match?: object;
  readonly id?: string;
  readonly body?: string;
  readonly contains?: string;
  readonly since?: string;
  readonly timeout?: string | number;
  readonly within?: string | number;
}

/** Ways to wait. */
export interface WaitingDeps {
  /** Throws a refusal of status 409, with the outcome as its details, when it does not hold in time. */
  readonly wait: (query: WaitQuery, signal: AbortSignal) => Promise<AnswerOf<typeof outcome>>;
  /** The same as soon as there is such a message. */
  readonly expectNone: (
    query: Omit<WaitQuery, "until" | "count" | "consumer">,
    signal: AbortSignal,
  ) => Promise<AnswerOf<typeof outcome>>;
}

export const waitingRoutes = [
  controlRoute({
    method: "POST",
    path: `${CONTROL_PREFIX}wait`,
    summary: "answers as soon as a condition holds",
    inputs: {
      until: { type: "string", enum: UNTIL, description: `until is one of ${UNTIL.join(", ")}.` },
      count: {
        type: "integer",
        minimum: 1,
        maximum: MOST_COUNT,
        description: `The count is a whole number from 1 to ${MOST_COUNT}.`,
      },
      consumer: name("The consumer is the name or the ARN of a consumer or a queue of a stream."),
      ...matching,
      timeout,
      within,
    },
    required: ["until"],
    answer: outcome,
    handle: ({ wait }: WaitingDeps, query, signal) => wait(query, signal),
  }),
  controlRoute({
    method: "POST",
    path: `${CONTROL_PREFIX}expect-none`,
    summary: "answers once time has passed without such a message",
    inputs: { ...matching, timeout, within },
    answer: outcome,
    handle: ({ expectNone }: WaitingDeps, query, signal) => expectNone(query, signal),
  }),
];
