import { formatIso8601 } from "../../kernel/time/iso8601.ts";

/** Where lines of text go. */
interface Lines {
  write(line: string): void;
}

/** A line of the log as it is written. */
interface Entry {
  readonly level: string;
  readonly time: number;
  readonly msg: string;
  readonly err?: { readonly stack?: string };
  readonly [field: string]: unknown;
}

/** Fields that a line starts with, in this order and without their names. */
const HEAD = ["service", "operation", "resource", "status", "errorCode"] as const;
/** What each line has, or is said elsewhere in it. */
const HIDDEN: ReadonlySet<string> = new Set([...HEAD, "level", "time", "msg", "errorMessage", "hint", "err"]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is there to find.
const CONTROL = /[\0-\x1f\x7f-\x9f]/g;

/** Takes pino's lines of JSON and hands them on as text that people read. */
export function inPlainText(lines: Lines): Lines {
  return { write: (line) => lines.write(plainLine(line)) };
}

/**
 * A line of JSON as people read it:
 * `12:08:11.052 info  sqs GetQueueUrl jobs 400 QueueDoesNotExist: The specified queue does not exist. account=…`
 */
export function plainLine(json: string): string {
  const entry: Entry = JSON.parse(json);
  const { level, time, msg, errorMessage, hint, err } = entry;
  const head = HEAD.flatMap((name) => (entry[name] === undefined ? [] : [shown(entry[name])])).join(" ");
  const text = [msg === "request" ? "" : shown(msg), head].filter((part) => part !== "").join(": ");
  const message = errorMessage === undefined ? "" : `: ${shown(errorMessage)}`;
  const help = hint === undefined ? "" : ` — ${shown(hint)}`;
  const rest = Object.entries(entry)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => ` ${name}=${shown(value)}`);
  const trace = err?.stack === undefined ? "" : `\n${err.stack.split("\n").map(shown).join("\n")}`;
  return `${formatIso8601(time).slice(11, 23)} ${shown(level).padEnd(5)} ${text}${message}${help}${rest.join("")}${trace}\n`;
}

/** Nothing that a request brought along may move the cursor or change colours. */
function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.replace(CONTROL, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
