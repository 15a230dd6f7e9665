import { invokePath, signatureOf } from "../../api/wire.ts";
import { commandOf } from "../call/command.ts";

/** An invocation that is to be made from a shell. */
interface Invoked {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Where the server is reached. */
  readonly endpoint: string;
  /** JSON. */
  readonly event: string;
  readonly qualifier: string;
  readonly type: "RequestResponse" | "Event";
}

/** Commands that invoke a function: of the AWS CLI, and of curl. */
export function invokeCommands({ name, account, region, endpoint, event, qualifier, type }: Invoked): {
  readonly awsCli: string;
  readonly curl: string;
} {
  const signature = signatureOf({ account, region, service: "lambda" });
  return {
    awsCli: commandOf([
      [`AWS_ACCESS_KEY_ID=${account}`, "AWS_SECRET_ACCESS_KEY=any"],
      ["aws", "lambda", "invoke", "--endpoint-url", endpoint, "--region", region],
      ["--function-name", name, "--qualifier", qualifier, "--invocation-type", type],
      // The second version of the CLI would take the payload for base64, and a negative number for an option.
      ["--cli-binary-format", "raw-in-base64-out", `--payload=${event}`],
      ["/dev/stdout"],
    ]),
    curl: commandOf([
      ["curl", `${endpoint}${invokePath(name, qualifier)}`],
      ["-H", `X-Amz-Invocation-Type: ${type}`],
      ...Object.entries(signature).map(([header, value]) => ["-H", `${header}: ${value}`]),
      ["--data-raw", event],
    ]),
  };
}
