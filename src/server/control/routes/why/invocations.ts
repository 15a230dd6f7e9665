import { CONTROL_PREFIX } from "../../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../../contract.ts";
import { account } from "../../inputs.ts";
import { count, instant, list, next, paging, shape, text, withLimit } from "../listing.ts";

const invocation = shape(
  {
    time: { ...instant, description: "When it began, by the clock of the account." },
    account,
    functionArn: { ...text, description: "As the caller qualified it." },
    requestId: text,
    cause: {
      enum: ["client", "event", "mapping"],
      description: "A client that waits, an event that was queued, or an event source mapping.",
    },
    outcome: { enum: ["answered", "failed", "throttled", "missing", "recursive", "unreachable"] },
    durationMs: { ...count, description: "In real time." },
    eventBytes: count,
    event: { ...text, description: "The first 4 KB of it." },
    log: { ...text, description: "The last 4 KB of it." },
  },
  {
    executedVersion: text,
    source: { ...text, description: "ARN of the topic, the queue or the stream that the event was made of." },
    messageIds: list(text, "Of the messages in the event, or the sequence numbers of the records."),
    response: { ...text, description: "The first 4 KB of what the function answered, or the document of its error." },
    reason: { ...text, description: "Why it was throttled or stopped, or nobody was there to run it." },
  },
);

const invocations = shape({ invocations: list(invocation) }, { next });

/** Reads the latest invocations that meet all conditions given, oldest first unless the newest come first. */
export type ReadInvocations = (query: {
  readonly account?: string;
  readonly function?: string;
  readonly message?: string;
  readonly newest?: boolean;
  readonly limit: number;
  readonly next?: string;
}) => AnswerOf<typeof invocations>;

export const invocationsRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}invocations`,
  summary: "shows how functions were invoked, and what came of it",
  inputs: {
    account,
    function: { type: "string", description: "The function is a name or an ARN." },
    message: { type: "string", description: "The message is the id of one, or the sequence number of a record." },
    newest: { type: "boolean", description: "newest is true to have the latest first." },
    ...paging,
    next: { ...paging.next, pattern: "^\\d{1,15}$" },
  },
  answer: invocations,
  handle: ({ readInvocations }: { readonly readInvocations: ReadInvocations }, inputs) =>
    readInvocations(withLimit(inputs)),
});
