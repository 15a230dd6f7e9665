import type { Readable } from "node:stream";
import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { controlRoute } from "../contract.ts";
import { account, region } from "../inputs.ts";

/** Which steps are wanted: those that meet all conditions. */
interface EventsQuery {
  readonly account?: string;
  readonly region?: string;
  readonly service?: string;
  readonly resource?: string;
  readonly kind?: string;
  readonly message?: string;
  /** Whether messages are told with what they say. */
  readonly bodies?: boolean;
}

export interface EventsDeps {
  /** Tells what happens from now on as server-sent events, until the signal aborts. Throws a refusal when too many listen. */
  readonly followEvents: (query: EventsQuery, signal: AbortSignal) => Promise<Readable>;
}

export const eventsRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}events`,
  summary: "tells what happens as it happens, as server-sent events",
  inputs: {
    account,
    region,
    service: { type: "string", description: "The service is one such as sqs." },
    resource: { type: "string", description: "The resource is a name, a URL or an ARN." },
    kind: { type: "string", description: "The kind is that of a step, such as sent or received." },
    message: { type: "string", description: "The message is a message id or a sequence number." },
    bodies: { type: "boolean", description: "bodies is true or false: whether messages are told with what they say." },
  },
  answer: {
    description:
      "`ready` at first, then a `step` for each step, as the history has it, `clock` when an account's clock was moved, and `lost` with how many were left out because nobody read.",
  },
  contentType: "text/event-stream",
  handle: ({ followEvents }: EventsDeps, query, signal) => followEvents(query, signal),
});
