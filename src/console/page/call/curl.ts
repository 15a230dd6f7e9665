import { signatureOf, wireOf } from "../../api/wire.ts";
import { commandOf, type Repeated } from "./command.ts";

/** The command of curl that makes a call once more; undefined of services that have a path for each call. */
export function curlOf(call: Repeated): string | undefined {
  const { service, operation, endpoint, input } = call;
  const wire = wireOf(service);
  if (wire === undefined) return undefined;
  const first = ["curl", endpoint];
  const signature = Object.entries(signatureOf(call)).map(([name, value]) => header(name, value));
  if (wire.format === "json") {
    return commandOf([
      first,
      header("Content-Type", `application/x-amz-json-${wire.version}`),
      header("X-Amz-Target", `${wire.target}.${operation}`),
      ...signature,
      ["--data-raw", JSON.stringify(input)],
    ]);
  }
  const parameters = [["Action", operation], ["Version", wire.version], ...parametersOf("", input)] as const;
  return commandOf([
    first,
    ...signature,
    ...parameters.map(([name, value]) => ["--data-urlencode", `${name}=${value}`]),
  ]);
}

function header(name: string, value: string): readonly string[] {
  return ["-H", `${name}: ${value}`];
}

type Parameter = readonly [name: string, value: string];

/** What SNS calls key and value of the entries of a map. Its other objects, and those of STS and CloudFormation, are structures. */
const MAPS: Readonly<Record<string, readonly [key: string, value: string]>> = {
  Attributes: ["key", "value"],
  attributes: ["key", "value"],
  MessageAttributes: ["Name", "Value"],
};

/** The parameters that the Query protocol has for a value. */
function parametersOf(name: string, value: unknown): readonly Parameter[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [[name, ""]];
    return value.flatMap((item, at) => parametersOf(`${name}.member.${at + 1}`, item));
  }
  if (typeof value !== "object" || value === null) return [[name, String(value)]];
  const map = MAPS[name.split(".").at(-1) ?? ""];
  const entries = Object.entries(value);
  if (map === undefined) return entries.flatMap(([key, item]) => parametersOf(within(name, key), item));
  const [keyName, valueName] = map;
  return entries.flatMap(([key, item], at) => {
    const entry = `${name}.entry.${at + 1}`;
    return [[`${entry}.${keyName}`, key] as const, ...parametersOf(`${entry}.${valueName}`, item)];
  });
}

function within(name: string, member: string): string {
  return name === "" ? member : `${name}.${member}`;
}
