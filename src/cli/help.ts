import { commonFlags } from "./arguments.ts";
import type { Command, Flags } from "./command.ts";
import { commands } from "./commands.ts";

/** What there is beside the commands on a running server. */
const OTHERS: readonly (readonly [string, string])[] = [
  ["start", "serves until told to stop; its options are in waystation --help"],
  ["health", "ends with 0 if a server runs on the port, else with 1"],
  [
    "inspect <folder>",
    "says what is in a folder of state, or a database by its URL, without changing it; --json for scripts",
  ],
  ["help [command]", "shows this, or what a command takes"],
  ["completion <bash|zsh|fish>", "writes what has a shell complete commands and flags"],
];

/** Names of everything that can be typed first. */
export const commandNames: readonly string[] = [
  ...commands.map(({ name }) => name),
  ...OTHERS.map(([name]) => name.split(" ")[0] ?? name),
];

/** What `waystation help` shows. */
export function overview(): string {
  const own = commands.map(({ name, takes, summary }) => [usageOf(name, takes), summary] as const);
  return `Waystation, a local AWS messaging emulator.

Commands on a running server:

${rowsOf(own)}
Others:

${rowsOf(OTHERS)}
Every command has --help, and takes:

${flagRows(commonFlags)}`;
}

/** The rows of `waystation --help` about commands. */
export function commandRows(): string {
  return rowsOf(commands.map(({ name, summary }) => [name, summary] as const));
}

/** What `waystation <command> --help` shows. */
export function helpOf({ name, takes, summary, flags = {}, examples }: Command): string {
  const own = Object.keys(flags).length === 0 ? "" : `${flagRows(flags)}\n`;
  return `waystation ${usageOf(name, takes)}

${summary.charAt(0).toUpperCase()}${summary.slice(1)}.

${own}${flagRows(commonFlags)}
Such as:

${examples.map((example) => `  ${example}\n`).join("")}`;
}

export function usageOf(name: string, takes: string | undefined): string {
  return takes === undefined ? name : `${name} ${takes}`;
}

function flagRows(flags: Flags): string {
  return rowsOf(Object.entries(flags).map(([name, { takes, help }]) => [usageOf(`--${name}`, takes), help] as const));
}

/** Two columns; what is wide on the left has a line of its own. */
function rowsOf(rows: readonly (readonly [string, string])[]): string {
  const widths = rows.map(([left]) => left.length).filter((width) => width <= 30);
  const width = widths.reduce((one, other) => Math.max(one, other), 0);
  return rows
    .map(([left, right]) =>
      left.length > width ? `  ${left}\n  ${" ".repeat(width)}  ${right}\n` : `  ${left.padEnd(width)}  ${right}\n`,
    )
    .join("");
}
