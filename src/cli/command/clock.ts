import { nearestName } from "../../kernel/nearest-name.ts";
import type { Call, Run } from "../command.ts";
import { misuse } from "../failure.ts";

interface Way {
  /** What has to stand behind it. */
  readonly takes?: string;
  readonly go: (call: Call, word: string) => Promise<object>;
}

const scopeOf = ({ flags }: Call) => ({ account: flags.text("account") });

const WAYS: Readonly<Record<string, Way>> = {
  show: { go: (call) => call.client.call("GET", "clock", scopeOf(call)) },
  advance: {
    takes: "how far, such as 30s, 5m or 1h30m",
    go: (call, duration) => call.client.call("POST", "clock/advance", { ...scopeOf(call), duration }),
  },
  freeze: { go: (call) => call.client.call("POST", "clock/freeze", scopeOf(call)) },
  resume: { go: (call) => call.client.call("POST", "clock/resume", scopeOf(call)) },
  set: {
    takes: "an instant such as 2026-01-31T12:00:00Z",
    go: (call, time) => call.client.call("POST", "clock/set", { ...scopeOf(call), time }),
  },
  next: { go: (call) => call.client.call("POST", "clock/advance-to-next", scopeOf(call)) },
  due: { go: (call) => call.client.call("GET", "clock/due", { ...scopeOf(call), limit: call.flags.count("limit") }) },
};

/** Tells the time of an account, or of all, and moves it. */
export const run: Run = async (call) => {
  const [name = "show", word] = call.words;
  const { output } = call;
  const way = wayOf(name, word);
  if (word !== undefined) output.progress("Time goes by …");
  const answer = await way.go(call, word ?? "");
  if (output.isJson) output.json(answer);
  else show(call, answer);
  return 0;
};

function wayOf(name: string, word: string | undefined): Way {
  const way = Object.hasOwn(WAYS, name) ? WAYS[name] : undefined;
  const names = Object.keys(WAYS);
  if (way === undefined) {
    const nearest = nearestName(name, names);
    throw misuse(
      `clock takes ${names.join(", ")}, not "${name}"${nearest === undefined ? "" : `; did you mean ${nearest}?`}`,
    );
  }
  if (way.takes !== undefined && word === undefined) throw misuse(`clock ${name} takes ${way.takes}`);
  if (way.takes === undefined && word !== undefined) throw misuse(`"${word}" is more than clock ${name} takes`);
  return way;
}

/** What routes about time answer. */
interface Told {
  readonly time?: string;
  readonly isFrozen?: boolean;
  readonly due?: readonly { readonly at: string; readonly account: string; readonly text: string }[];
}

function show({ output }: Call, { time, isFrozen, due }: Told): void {
  if (time !== undefined) output.line({ text: time, style: "bold" }, isFrozen === true ? "  frozen" : "");
  if (due === undefined) return;
  if (due.length === 0) output.note("Nothing is due.");
  else
    output.table(
      ["DUE", "ACCOUNT", "WHAT"],
      due.map((one) => [one.at, one.account, one.text]),
    );
}
