/** Where a server is that commands are to talk to. */
const ENDPOINT_VARIABLE = "WAYSTATION_ENDPOINT";

/** The variables of our prefix that tell others about servers: commands, and what tests in Python and Java use. */
export const VARIABLES_OF_OTHERS: readonly string[] = [ENDPOINT_VARIABLE, "WAYSTATION_URL", "WAYSTATION_COMMAND"];

const STANDARD = "http://127.0.0.1:4566";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the server is, and who says so. An empty variable says nothing. */
export function endpointOf(
  flag: string | undefined,
  environment: Environment,
): { readonly text: string; readonly said: string } {
  if (flag !== undefined) return { text: flag, said: "--endpoint" };
  for (const said of [ENDPOINT_VARIABLE, "AWS_ENDPOINT_URL"]) {
    const text = environment[said];
    if (text !== undefined && text !== "") return { text, said };
  }
  return { text: STANDARD, said: "the default" };
}
