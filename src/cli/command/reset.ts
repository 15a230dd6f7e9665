import type { Run } from "../command.ts";

/** Forgets everything, or everything of one account. */
export const run: Run = async ({ client, flags, output }) => {
  const account = flags.text("account");
  await client.call("POST", "reset", { account });
  if (!output.isJson)
    output.note(account === undefined ? "Everything is forgotten." : `Everything of ${account} is forgotten.`);
  return 0;
};
