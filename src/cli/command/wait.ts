import { WaystationError } from "../../testing/waystation-error.ts";
import type { Call, Run } from "../command.ts";
import { FAILED, misuse } from "../failure.ts";
import { whereOf } from "../server/where.ts";

/** Which kind of thing a wait is about, when it is just named. */
const ABOUT: Readonly<Record<string, "topic" | "stream">> = { "deliveries-settled": "topic", "caught-up": "stream" };

/** Waits until something holds. */
export const wait: Run = (call) => {
  const [until = "", name] = call.words;
  const { flags } = call;
  const named = namedBy(call, ABOUT[until] ?? "queue", name);
  const inputs = {
    until,
    ...named,
    ...conditionOf(call),
    count: flags.count("count"),
    consumer: flags.text("consumer"),
  };
  return outcome(call, "wait", inputs);
};

/** Has time pass without a message. */
export const expectNone: Run = (call) => {
  const [name] = call.words;
  return outcome(call, "expect-none", { ...namedBy(call, "queue", name), ...conditionOf(call) });
};

function namedBy(call: Call, kind: string, name: string | undefined): object {
  return name === undefined ? {} : { ...whereOf(call, name), [kind]: name };
}

/** Flags that are what the routes call them. */
const PLAIN = [
  "queue",
  "topic",
  "stream",
  "event",
  "body",
  "contains",
  "id",
  "since",
  "timeout",
  "within",
  "account",
  "region",
];

function conditionOf({ flags }: Call): object {
  const given = PLAIN.flatMap((name) => {
    const text = flags.text(name);
    return text === undefined ? [] : [[name, text]];
  });
  const match = flags.text("match");
  return { ...Object.fromEntries(given), ...(match === undefined ? {} : { match: jsonOf(match) }) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw misuse(`--match is JSON such as '{"json": {"order": 7}}', not "${text}"`);
  }
}

/** The inputs are checked by the route, whose table is the one of words there are. */
async function outcome({ client, output }: Call, path: "wait" | "expect-none", inputs: object): Promise<number> {
  output.progress("Waiting …");
  try {
    const answer = await client.call("POST", path, inputs as never);
    if (output.isJson) output.json(answer);
    else output.line((answer as { readonly text: string }).text);
    return 0;
  } catch (cause) {
    if (!(cause instanceof WaystationError) || cause.details.holds !== false || !output.isJson) throw cause;
    output.json({ text: cause.message, ...cause.details });
    return FAILED;
  }
}
