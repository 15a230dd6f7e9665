import { pastProxies } from "../../kernel/http/past-proxies.ts";
import { clientVariables, mixedVariables } from "../../testing/client-variables.ts";
import type { Run } from "../command.ts";

/** What stands for the usual account, as any access key id does that is none. */
const ANY_KEY = "test";
/** The region of a server that is told of none. */
const USUAL_REGION = "us-east-1";

/** Prints variables for a shell to take up, once a server answers at the address that they say. */
export const run: Run = async ({ aws, client, flags, output, environment }) => {
  await client.call("GET", "health", {});
  const place = {
    endpoint: aws.endpoint,
    region: flags.text("region") ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION || USUAL_REGION),
    accessKeyId: flags.text("account") ?? ANY_KEY,
  };
  const found = flags.isSet("mixed") ? mixedVariables(place) : clientVariables(place);
  const variables = { ...found, ...pastProxies(environment, aws.endpoint) };
  if (output.isJson) {
    output.json(variables);
    return 0;
  }
  for (const [name, value] of Object.entries(variables)) output.line(`export ${name}=${value}`);
  return 0;
};
