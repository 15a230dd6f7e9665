import { formOf } from "../../server/control/route-list.ts";
import { controlRoutes } from "../modules/module-routes.ts";
import { flagOf, type SettingName, settingGroups, settingNames, settings, variableOf } from "./settings.ts";

/** Where the words behind a flag begin. */
const HELP_COLUMN = Math.max(...settingNames.map((name) => flagOf(name).length)) + 6;

/** What the command line shows when asked for help. */
export function helpText(): string {
  const groups = settingGroups.map((group) => {
    const rows = settingNames.filter((name) => settings[name].group === group).map(settingRow);
    return `${group}:\n${rows.join("")}`;
  });
  return `Waystation, a local AWS messaging emulator.

Usage: waystation [start] [options]    serve until told to stop
       waystation health [options]     exit with 0 if a server runs on the port, else with 1

Options, with their defaults, and the environment variables that set them too:

${groups.join("\n")}
${"  --help, -h".padEnd(HELP_COLUMN)}show this
${"  --version, -v".padEnd(HELP_COLUMN)}show the version

A running server answers, besides AWS's own requests:
${routeRows()}
With ?account= each concerns that account; time is the default account's otherwise.
Inputs can come as a JSON object in the body, too.
`;
}

function settingRow(name: SettingName): string {
  const { help, expects, fallback } = settings[name];
  const standard = fallback === undefined ? "" : ` (${fallback})`;
  const flag = `  --${flagOf(name)}`.padEnd(HELP_COLUMN);
  return `${flag}${help}${standard}\n${" ".repeat(HELP_COLUMN)}${expects}; ${variableOf(name)}\n`;
}

/** The routes, each with the inputs it can have. */
function routeRows(): string {
  return controlRoutes.map((route) => `  ${formOf(route)}\n${" ".repeat(HELP_COLUMN)}${route.summary}`).join("\n");
}
