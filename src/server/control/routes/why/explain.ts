import { CONTROL_PREFIX } from "../../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../../contract.ts";
import { account, region } from "../../inputs.ts";
import { instant, list, shape, text } from "../listing.ts";

const sentence = { ...text, description: "A sentence that says why." } as const;

const step = shape(
  { at: instant, kind: text, text: { ...text, description: "A sentence that says what happened." }, resource: text },
  { messageId: text, sequenceNumber: text, shardId: text, related: text },
);

const explanation = shape(
  {
    message: text,
    kind: { enum: ["queue-message", "notification", "record"] },
    resource: { ...text, description: "ARN of the queue, topic or stream." },
    state: {
      ...text,
      description:
        "visible, held, in-flight, delayed, deleted, expired, purged, removed, moved, gone, published or stored.",
    },
    text: sentence,
    notes: list(text, "What else is good to know."),
    related: list(
      shape({ message: text, resource: text, state: text, text: sentence }),
      "Messages that were made of this one, and those that it was made of.",
    ),
    steps: list(step, "What happened to it, oldest first: 1,000 steps at most."),
  },
  {
    subscriptions: list(
      shape({ arn: text, protocol: text, endpoint: text, state: text, text: sentence }),
      "What became of it for each subscription; 100 at most.",
    ),
  },
);

/** Which message is asked about. */
interface ExplainQuery {
  readonly message: string;
  readonly account?: string;
  readonly region?: string;
}

/** Tells where a message is, why, and how it came there. */
export type Explain = (query: ExplainQuery) => Promise<AnswerOf<typeof explanation>>;

export interface ExplainDeps {
  readonly explain: Explain;
}

export const explainRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}explain`,
  summary: "tells where a message or record is, why, and how it came there",
  inputs: {
    message: {
      type: "string",
      minLength: 1,
      description: "The message is the id of a message or a publish, or the sequence number of a record.",
    },
    account,
    region,
  },
  required: ["message"],
  answer: explanation,
  handle: ({ explain }: ExplainDeps, query) => explain(query),
});
