import { CONTROL_PREFIX } from "../../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../../contract.ts";
import { account, region } from "../../inputs.ts";
import { count, instant, list, next, type PageQuery, paging, seconds, shape, text, withLimit } from "../listing.ts";

const functionEvent = shape(
  {
    requestId: { ...text, description: "The same on every attempt." },
    functionArn: { ...text, description: "As whoever sent the event qualified it." },
    account,
    region: text,
    acceptedAt: instant,
    ageSeconds: { ...seconds, description: "By the clock of the account." },
    failures: { ...count, description: "How often the function failed." },
    state: {
      enum: ["waiting", "attempted"],
      description: "Whether it waits for its next attempt, or is attempted or about to be.",
    },
    payloadBytes: count,
  },
  { nextAttemptTime: { ...instant, description: "Absent of what is attempted." } },
);

const functionEvents = shape({ events: list(functionEvent) }, { next });

/** Reads the events that functions are owed and that meet all conditions given, by account and region, the oldest first. */
export type ReadFunctionEvents = (query: PageQuery & { readonly function?: string }) => AnswerOf<typeof functionEvents>;

export const functionEventsRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}function-events`,
  summary: "shows events that wait for Lambda functions",
  inputs: {
    account,
    region,
    function: { type: "string", description: "The function is a name or an ARN." },
    ...paging,
  },
  answer: functionEvents,
  handle: ({ readFunctionEvents }: { readonly readFunctionEvents: ReadFunctionEvents }, inputs) =>
    readFunctionEvents(withLimit(inputs)),
});
