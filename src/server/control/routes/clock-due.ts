import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account } from "../inputs.ts";
import { type ClockDeps, clockState, movedForward } from "./clock.ts";
import { instant, type LookingDeps, list, paging, seconds, shape, text, withLimit } from "./listing.ts";

const KINDS = [
  "visibility-ends",
  "delay-ends",
  "retention-ends",
  "long-poll-ends",
  "move-task-goes-on",
  "stream-status-ends",
  "consumer-status-ends",
  "queue-status-ends",
  "subscription-ends",
  "delivery-is-tried",
  "channel-flushes",
  "event-is-attempted",
  "invocation-begins",
  "batch-window-ends",
  "batch-is-retried",
  "tumbling-window-ends",
  "records-expire",
  "stack-wait-ends",
] as const;

const dueThing = shape(
  {
    at: instant,
    inSeconds: { ...seconds, description: "By the clock of the account." },
    account,
    kind: { type: "string", enum: KINDS },
    resource: { ...text, description: "The ARN of what it concerns." },
    text: { ...text, description: "What happens then: `the delay of message … in queue orders ends`." },
  },
  {
    messageId: {
      ...text,
      description:
        "Or the sequence number of a record, or the request id of an event for a function or of an invocation.",
    },
  },
);

const due = shape({ due: list(dueThing, "The next first.") });

/** Reads what falls due. */
export type ReadDue = (query: { readonly account?: string; readonly limit: number }) => Promise<AnswerOf<typeof due>>;

/** Reads what falls due at the next instant at which anything does. */
export type ReadNextDue = (account: string | undefined) => Promise<AnswerOf<typeof due> & { readonly inMs: number }>;

/** Moves an account's time, or everybody's. */
export interface DueDeps extends ClockDeps, LookingDeps<{ readonly due: ReadDue; readonly nextDue: ReadNextDue }> {}

export const clockDueRoutes = [
  controlRoute({
    method: "GET",
    path: `${CONTROL_PREFIX}clock/due`,
    summary: "lists what is due next, and why",
    inputs: { account, limit: paging.limit },
    answer: due,
    handle: async ({ looking }: DueDeps, inputs) => (await looking()).due(withLimit(inputs)),
  }),
  controlRoute({
    method: "POST",
    path: `${CONTROL_PREFIX}clock/advance-to-next`,
    summary: "moves it forward to what is due next, and says what that was",
    inputs: { account },
    answer: {
      ...clockState,
      properties: { ...clockState.properties, due: list(dueThing, "What was due then, 100 things at most.") },
      required: [...clockState.required, "due"],
    } as const,
    handle: async (deps: DueDeps, inputs, signal) => {
      const { inMs, due: things } = await (await deps.looking()).nextDue(inputs.account);
      const state = await movedForward(deps, inputs, (clock) => clock.advanceInTurns(inMs, { signal }));
      return { ...state, due: things };
    },
  }),
];
