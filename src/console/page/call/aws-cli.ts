import { wireOf } from "../../api/wire.ts";
import { commandOf, type Repeated } from "./command.ts";

/** Options whose names would be those of all commands. */
const RENAMED: Readonly<Record<string, string>> = { "sns.Subscribe.Endpoint": "notification-endpoint" };

/** The command of the AWS CLI that makes a call once more; undefined of services whose calls take more than their input. */
export function awsCliOf({ service, operation, region, account, endpoint, input }: Repeated): string | undefined {
  if (wireOf(service) === undefined) return undefined;
  const options: (readonly string[])[] = [];
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    const option = RENAMED[`${service}.${operation}.${name}`] ?? cliNameOf(name);
    const words = wordsOf(option, value);
    if (words === undefined) rest[name] = value;
    else options.push(words);
  }
  if (Object.keys(rest).length > 0) options.push(["--cli-input-json", JSON.stringify(rest)]);
  return commandOf([
    [`AWS_ACCESS_KEY_ID=${account}`, "AWS_SECRET_ACCESS_KEY=any"],
    ["aws", service, cliNameOf(operation)],
    ["--endpoint-url", endpoint, "--region", region],
    ...options,
  ]);
}

/** What the AWS CLI calls an operation or a member: `send-message`, `stream-arn`, `aws-account-ids`, `get-sms-attributes`. */
export function cliNameOf(name: string): string {
  return name
    .replace(/(?<![A-Z])[A-Z]{2,}s$/, (plural) => `-${plural.toLowerCase()}`)
    .replaceAll(/(.)([A-Z][a-z]+)/g, "$1-$2")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
}

/**
 * An option with its value; undefined of values that are no single word, or that would be taken for something else: another
 * option, a file to be read.
 */
function wordsOf(option: string, value: unknown): readonly string[] | undefined {
  if (typeof value === "boolean") return [value ? `--${option}` : `--no-${option}`];
  if (typeof value === "number" && value >= 0) return [`--${option}`, String(value)];
  if (typeof value !== "string" || /^-|^fileb?:\/\/|\0/.test(value)) return undefined;
  return [`--${option}`, value];
}
