import type { Call, Run } from "../command.ts";

const FEW = 100;

/** Tells what happened, or has it recorded. */
export const history: Run = async (call) => {
  const { words, client, flags, output } = call;
  const [word] = words;
  if (word === "on" || word === "off") {
    const answer = await client.call("POST", "history", {
      recording: word === "on",
      inputs: flags.isSet("inputs") || undefined,
    });
    if (output.isJson) output.json(answer);
    else output.note(answer.isRecording ? "What happens is recorded." : "What happens is recorded no more.");
    return 0;
  }
  const query = { ...queryOf(call), resource: word, message: flags.text("message"), kind: flags.text("kind") };
  const steps = await latest(call, ["history", "steps"], query);
  if (output.isJson) output.json(steps);
  else if (steps.length === 0) output.note("Nothing of that kind is recorded.");
  else
    output.table(
      ["WHEN", "WHAT", "HOW"],
      steps.map((one) => [one.at, one.kind, one.text]),
    );
  return 0;
};

/** Lists calls of AWS's APIs. */
export const calls: Run = async (call) => {
  const { words, flags, output } = call;
  const filter = { service: flags.text("service"), operation: flags.text("operation"), outcome: flags.text("outcome") };
  const found = await latest(call, ["calls", "calls"], { ...queryOf(call), resource: words[0], ...filter });
  if (output.isJson) output.json(found);
  else if (found.length === 0) output.note("No such call is recorded.");
  else {
    const rows = found.map((one) => [one.at, one.service, one.operation, one.resource, one.outcome, one.durationMs]);
    output.table(["WHEN", "SERVICE", "OPERATION", "RESOURCE", "OUTCOME", "MS"], rows);
  }
  return 0;
};

const queryOf = ({ flags }: Call) => ({ account: flags.text("account"), since: flags.text("since") });

/** The last of those that are kept, oldest first, as they are listed. */
async function latest<const P extends "history" | "calls", K extends "steps" | "calls">(
  { client, flags }: Call,
  place: readonly [P, K],
  query: object,
): Promise<readonly ItemOf<P>[]> {
  const items = (await client.list(place as never, query as never)) as readonly ItemOf<P>[];
  return items.slice(-(flags.count("limit") ?? FEW));
}

type ItemOf<P> = P extends "history"
  ? { readonly at: string; readonly kind: string; readonly text: string }
  : {
      readonly at: string;
      readonly service?: string;
      readonly operation?: string;
      readonly resource?: string;
      readonly outcome: string;
      readonly durationMs: number;
    };
