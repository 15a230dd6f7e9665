import {
  type Config,
  flagOf,
  type SettingName,
  settingGroups,
  settingNames,
  settings,
  variableOf,
} from "./settings.ts";

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
  GET  /_waystation/health                    which services run
  POST /_waystation/reset                     forget everything
  POST /_waystation/clock/freeze              stop time
  POST /_waystation/clock/advance?seconds=30  let time pass
  POST /_waystation/clock/resume              let time run on
  GET  /_waystation/outbox                    mails, text messages and pushes, which stay on this machine
  GET  /_waystation/deliveries                what became of each SNS message
With ?account= each concerns that account; time is the default account's otherwise.
`;
}

function settingRow(name: SettingName): string {
  const { help, expects, fallback } = settings[name];
  const standard = fallback === undefined ? "" : ` (${fallback})`;
  const flag = `  --${flagOf(name)}`.padEnd(HELP_COLUMN);
  return `${flag}${help}${standard}\n${" ".repeat(HELP_COLUMN)}${expects}; ${variableOf(name)}\n`;
}

/** What the command line shows once clients can come. */
export function readyText(endpoint: string, { region }: Config): string {
  const plain = endpoint.replace(/^https:/, "http:");
  const other = plain === endpoint ? "" : `\nThe port takes plain ${plain} as well.`;
  return `Waystation is ready at ${endpoint}${other}

Clients find it with these variables:
  export AWS_ENDPOINT_URL=${endpoint}
  export AWS_ACCESS_KEY_ID=test
  export AWS_SECRET_ACCESS_KEY=test
  export AWS_DEFAULT_REGION=${region}
  export AWS_REGION=${region}
`;
}
