import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "./contract.ts";
import { account } from "./inputs.ts";
import { count, type LookingDeps, list, shape } from "./routes/listing.ts";

const accounts = shape({
  accounts: list(shape({ account, queues: count, topics: count, streams: count }), "By their ids, 10,000 at most."),
});

/** Reads the accounts that have something. */
export type ReadAccounts = () => AnswerOf<typeof accounts>;

export const accountsRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}accounts`,
  summary: "shows which accounts have queues, topics or streams, and how many",
  answer: accounts,
  handle: async ({ looking }: LookingDeps<{ readonly accounts: ReadAccounts }>) => (await looking()).accounts(),
});
