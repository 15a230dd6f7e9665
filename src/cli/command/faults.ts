import { nearestName } from "../../kernel/nearest-name.ts";
import type { Call, Run } from "../command.ts";
import { misuse } from "../failure.ts";

type Ways = Readonly<Record<string, (call: Call, words: readonly string[]) => Promise<number>>>;

const WAYS: Ways = { list, add, remove };

/** Lists what goes wrong on purpose, adds to it, or ends it. */
export const run: Run = (call) => {
  const [name = "list", ...words] = call.words;
  const way = Object.hasOwn(WAYS, name) ? WAYS[name] : undefined;
  if (way !== undefined) return way(call, words);
  const nearest = nearestName(name, Object.keys(WAYS));
  throw misuse(
    `faults takes list, add or remove, not "${name}"${nearest === undefined ? "" : `; did you mean ${nearest}?`}`,
  );
};

async function list(call: Call): Promise<number> {
  return show(call, (await call.client.call("GET", "faults", scopeOf(call))).faults);
}

/** `throttle service=sqs nth=3`, `preset=aws-like`, or a JSON object. */
async function add(call: Call, [first = "", ...pairs]: readonly string[]): Promise<number> {
  if (first === "")
    throw misuse("faults add takes an effect, such as throttle, or preset=aws-like; see docs/faults.md");
  const inputs = first.startsWith("{") ? objectOf(first) : Object.fromEntries(entriesOf(first, pairs));
  return show(call, (await call.client.call("POST", "faults", { ...scopeOf(call), ...inputs } as never)).faults);
}

async function remove(call: Call, [id]: readonly string[]): Promise<number> {
  return show(call, (await call.client.call("DELETE", "faults", { ...scopeOf(call), id })).faults);
}

const scopeOf = ({ flags }: Call) => ({ account: flags.text("account") });

function objectOf(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw misuse("that fault is no JSON");
  }
}

function* entriesOf(first: string, pairs: readonly string[]): Generator<readonly [string, unknown], void, void> {
  for (const pair of first.includes("=") ? [first, ...pairs] : [`effect=${first}`, ...pairs]) {
    const [, name, value] = /^(\w+)=([\s\S]+)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) throw misuse(`"${pair}" is no name=value, such as nth=3`);
    yield [name, /^-?\d+(\.\d+)?$/.test(value) && name !== "account" ? Number(value) : value];
  }
}

interface ShownFault {
  readonly id: string;
  readonly effect: { readonly type: string };
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
  readonly resource?: string | undefined;
  readonly matched: number;
  readonly fired: number;
}

function show({ output }: Call, faults: readonly ShownFault[]): number {
  if (output.isJson) output.json(faults);
  else if (faults.length === 0) output.note("Nothing goes wrong on purpose.");
  else {
    const rows = faults.map((one) => [
      one.id,
      one.effect.type,
      one.service,
      one.operation,
      one.resource,
      one.matched,
      one.fired,
    ]);
    output.table(["FAULT", "EFFECT", "SERVICE", "OPERATION", "RESOURCE", "MATCHED", "FIRED"], rows);
  }
  return 0;
}
