import { commandRows } from "../../cli/help.ts";
import { flagOf, groupsOf, type SettingTable, variableOf } from "./setting-table.ts";
import type { Setting } from "./setting-types.ts";
import { settings } from "./settings.ts";

/** Where the words behind a flag begin. */
function helpColumn(table: SettingTable): number {
  return Math.max(...Object.keys(table).map((name) => flagOf(name).length)) + 6;
}

/** What the command line shows when asked for help. */
export function helpText(table: SettingTable = settings): string {
  const column = helpColumn(table);
  const groups = groupsOf(table).map((group) => {
    const rows = Object.entries(table)
      .filter(([, row]) => row.group === group)
      .map(([name, row]) => settingRow(name, row, column));
    return `${group}:\n${rows.join("")}`;
  });
  return `Waystation, a local AWS messaging emulator.

Usage: waystation [start] [options]    serve until told to stop
       waystation health [options]     exit with 0 if a server runs on the port, else with 1
       waystation inspect <place>      says what is kept in a folder or database, see docs/durability.md
       waystation <command>            does something with a running server; waystation help tells more

Commands:

${commandRows()}
Options, with their defaults, and the environment variables that set them too:

${groups.join("\n")}
${"  --help, -h".padEnd(column)}show this
${"  --version, -v".padEnd(column)}show the version

Such as:

  waystation --queues orders,jobs.fifo --topics events --subscriptions "events>orders" --streams clicks:2
  waystation --port 4567 --data-dir ./state
  waystation ls --port 4567

A running server shows itself to a browser, and answers more than AWS's requests below /_waystation/: docs/testing.md and
GET /_waystation/openapi.json tell of it.
`;
}

function settingRow(name: string, { help, expects, fallback }: Setting<unknown>, column: number): string {
  const standard = fallback === undefined ? "" : ` (${fallback})`;
  const flag = `  --${flagOf(name)}`.padEnd(column);
  return `${flag}${help}${standard}\n${" ".repeat(column)}${expects}; ${variableOf(name)}\n`;
}
