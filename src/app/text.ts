import { type Config, flagOf, settingNames, settings, variableOf } from "./config.ts";

/** What the command line shows when asked for help. */
export function helpText(): string {
  const rows = settingNames.map((name) => {
    const { help, expects, fallback } = settings[name];
    const standard = fallback === undefined ? "" : ` (${fallback})`;
    return `  --${flagOf(name).padEnd(16)} ${help}${standard}\n${" ".repeat(21)}${expects}; ${variableOf(name)}\n`;
  });
  return `Waystation, a local AWS messaging emulator.

Usage: waystation [start] [options]    serve until told to stop
       waystation health [options]     exit with 0 if a server runs on the port, else with 1

Options, with their defaults, and the environment variables that set them too:
${rows.join("")}  --help, -h         show this
  --version, -v      show the version
`;
}

/** What the command line shows once clients can come. */
export function readyText(endpoint: string, { region }: Config): string {
  return `Waystation is ready at ${endpoint}

Clients find it with these variables:
  export AWS_ENDPOINT_URL=${endpoint}
  export AWS_ACCESS_KEY_ID=test
  export AWS_SECRET_ACCESS_KEY=test
  export AWS_DEFAULT_REGION=${region}
  export AWS_REGION=${region}
`;
}
