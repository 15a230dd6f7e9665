import { pastProxies } from "../kernel/http/past-proxies.ts";
import { nameOf } from "../store/postgres/database-name.ts";
import { clientVariables, endpointVariables } from "../testing/client-variables.ts";
import type { Environment } from "./settings/foreign-variables.ts";
import type { Config } from "./settings/settings.ts";

interface Start {
  /** The path of the configuration file. */
  readonly file?: string | undefined;
  /** Where clients are, as far as one can tell. */
  readonly environment?: Environment;
}

/**
 * What the command line shows once clients can come. The last line is what scripts wait for that were written for LocalStack.
 */
export function readyText(
  endpoint: string,
  { region, dataDir, store }: Pick<Config, "region"> & Partial<Pick<Config, "dataDir" | "store">>,
  { file, environment = {} }: Start = {},
): string {
  const plain = endpoint.replace(/^https:/, "http:");
  const other = plain === endpoint ? "" : `\nThe port takes plain ${plain} as well.`;
  const configured = file === undefined ? "" : `\nIt is configured by ${file}.`;
  const place = store === undefined ? dataDir : nameOf(store);
  const kept = place === undefined ? "" : `\nState is kept in ${place}.`;
  const variables = Object.entries(clientVariables({ endpoint, region, accessKeyId: "test" }));
  const direct = Object.entries(pastProxies(environment, endpoint));
  const past =
    direct.length === 0
      ? ""
      : `\nThe environment names a proxy, which clients ask for this address, too, unless they are told:\n  export ${assignments(direct)}`;
  return `Waystation is ready at ${endpoint}${configured}${kept}${other}

Clients find it with these variables:
${variables.map((variable) => `  export ${assignments([variable])}`).join("\n")}${past}
Beside something that serves other services, instead of the first of them:
  export ${assignments(Object.entries(endpointVariables(endpoint)))}
Version 1 of the AWS CLI wants --endpoint-url ${endpoint} as well.

Ready.
`;
}

function assignments(variables: readonly (readonly [string, string])[]): string {
  return variables.map(([name, value]) => `${name}=${value}`).join(" ");
}
