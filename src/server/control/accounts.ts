import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "./contract.ts";
import { account } from "./inputs.ts";
import { count, type LookingDeps, list, shape, text } from "./routes/listing.ts";

const accounts = shape({
  accounts: list(
    shape({ account, queues: count, topics: count, streams: count, functions: count }),
    "By their ids, 10,000 at most.",
  ),
  standard: {
    ...shape({ account, region: text }),
    description: "Whose a request is that names neither account nor region.",
  },
});

type Answer = AnswerOf<typeof accounts>;

/** Reads the accounts that have something. */
export type ReadAccounts = () => Pick<Answer, "accounts">;

export interface StandardDeps {
  /** Account and region of requests that name none. */
  readonly standard: Answer["standard"];
}

export const accountsRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}accounts`,
  summary:
    "shows which accounts have queues, topics, streams or functions, and how many, and which account and region are meant where none is named",
  answer: accounts,
  handle: async ({
    looking,
    standard,
  }: LookingDeps<{ readonly accounts: ReadAccounts }> & StandardDeps): Promise<Answer> => ({
    ...(await looking()).accounts(),
    standard,
  }),
});
