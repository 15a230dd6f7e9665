import { misuse } from "./failure.ts";

/** Where a server is that commands are to talk to. */
const ENDPOINT_VARIABLE = "WAYSTATION_ENDPOINT";

/** The variables of our prefix that tell others about servers: commands, and what tests in Python and Java use. */
export const VARIABLES_OF_OTHERS: readonly string[] = [ENDPOINT_VARIABLE, "WAYSTATION_URL", "WAYSTATION_COMMAND"];

const STANDARD = "http://127.0.0.1:4566";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What was typed of where the server is. */
interface GivenPlace {
  readonly endpoint: string | undefined;
  readonly port: string | undefined;
}

/** Where the server is, and who says so. An empty variable says nothing. Throws CommandFailure. */
export function endpointOf(
  { endpoint, port }: GivenPlace,
  environment: Environment,
): { readonly text: string; readonly said: string } {
  if (endpoint !== undefined && port !== undefined) throw misuse("--endpoint and --port both say where the server is");
  if (endpoint !== undefined) return { text: endpoint, said: "--endpoint" };
  if (port !== undefined) {
    if (!/^\d{1,5}$/.test(port)) throw misuse(`--port is a number such as 4566, not "${port}"`);
    return { text: `http://127.0.0.1:${port}`, said: "--port" };
  }
  for (const said of [ENDPOINT_VARIABLE, "AWS_ENDPOINT_URL"]) {
    const text = environment[said];
    if (text !== undefined && text !== "") return { text, said };
  }
  return { text: STANDARD, said: "the default" };
}
