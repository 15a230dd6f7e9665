import type { Call, Run } from "../command.ts";
import { find } from "../server/find.ts";

/** A step as the server tells it. */
interface ToldStep {
  readonly at: string;
  readonly kind: string;
  readonly text: string;
  readonly body?: string;
}

/** Follows what happens to a queue, a topic or a stream, or to everything, and takes nothing. */
export const run: Run = async (call) => {
  const { words, flags, control, output } = call;
  const [name] = words;
  const found = name === undefined ? undefined : await find(call, name);
  const most = flags.count("count") ?? Number.POSITIVE_INFINITY;
  const query = {
    account: found?.account ?? flags.text("account"),
    region: found === undefined ? flags.text("region") : undefined,
    resource: found?.arn,
    kind: flags.text("kind"),
    message: flags.text("message"),
    bodies: "true",
  };
  let count = 0;
  for await (const { event, data } of control.events(query, output.gone)) {
    if (event === "ready") output.note(`Following ${found?.name ?? "everything"}; Ctrl+C ends it.`);
    if (event === "lost")
      output.note(`${(data as { readonly count: number }).count} steps were left out: they came too fast.`);
    if (event !== "step") continue;
    show(call, data as ToldStep);
    if (++count >= most) return 0;
  }
  if (output.gone.aborted) return 0;
  output.note("The server has ended it.");
  return 1;
};

function show({ output }: Call, step: ToldStep): void {
  if (output.isJson) return output.json(step, { isOneLine: true });
  const { at, kind, text, body } = step;
  const rest = body === undefined ? text : `${text}  ${body}`;
  output.line({ text: at, style: "dim" }, "  ", { text: kind.padEnd(16), style: colourOf(kind) }, "  ", rest);
}

function colourOf(kind: string) {
  if (/fail|dropped|dead-lettered/.test(kind)) return "red";
  return /received|returned|visible/.test(kind) ? "yellow" : "green";
}
