import { type Config, flagOf, settingNames, settings, variableOf } from "./config.ts";

/** What the command line shows when asked for help. */
export function helpText(): string {
  const width = Math.max(...settingNames.map((name) => flagOf(name).length));
  const rows = settingNames.map((name) => {
    const { help, expects, fallback } = settings[name];
    const standard = fallback === undefined ? "" : ` (${fallback})`;
    return `  --${flagOf(name).padEnd(width)}  ${help}${standard}\n${" ".repeat(width + 6)}${expects}; ${variableOf(name)}\n`;
  });
  return `Waystation, a local AWS messaging emulator.

Usage: waystation [start] [options]    serve until told to stop
       waystation health [options]     exit with 0 if a server runs on the port, else with 1

Options, with their defaults, and the environment variables that set them too:
${rows.join("")}  ${"--help, -h".padEnd(width + 2)}  show this
  ${"--version, -v".padEnd(width + 2)}  show the version

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
