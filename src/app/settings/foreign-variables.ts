import { readInitializeStreams } from "../../provisioning/format/initialize-streams.ts";
import { durationVariables } from "./stream-durations.ts";

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable of another emulator, and what it means here; itself unless given. */
interface ForeignVariable {
  readonly variable: string;
  readonly meaning?: (text: string) => string | undefined;
  /** Whether a text that cannot be is refused; it is passed over unless said. */
  readonly isStrict?: true;
}

/** LocalStack: host and port, the first of several. */
const hostOf = (text: string): string | undefined => /^([^,]*):\d+(?:,|$)/.exec(text)?.[1] || undefined;
const portOf = (text: string): string | undefined => /^(?:[^,]*:)?(\d+)(?:,|$)/.exec(text)?.[1];

/** What other emulators read, by setting. Those of ours go before them. */
const FOREIGN: Readonly<Record<string, readonly ForeignVariable[]>> = {
  port: [
    { variable: "GATEWAY_LISTEN", meaning: portOf },
    { variable: "EDGE_PORT" },
    { variable: "FAUXQS_PORT" },
    { variable: "GATEWAY_PORT" },
  ],
  host: [{ variable: "GATEWAY_LISTEN", meaning: hostOf }, { variable: "FAUXQS_HOST" }],
  logLevel: [{ variable: "LS_LOG" }],
  region: [
    { variable: "FAUXQS_DEFAULT_REGION" },
    { variable: "MINISTACK_REGION" },
    { variable: "FLOCI_DEFAULT_REGION" },
  ],
  account: [{ variable: "MINISTACK_ACCOUNT_ID" }, { variable: "FLOCI_DEFAULT_ACCOUNT_ID" }],
  kinesisShardLimit: [{ variable: "KINESIS_SHARD_LIMIT" }, { variable: "SHARD_LIMIT" }],
  streamDurations: durationVariables.map((one) => ({ ...one, isStrict: true })),
  import: [{ variable: "FAUXQS_INIT" }],
  streams: [{ variable: "INITIALIZE_STREAMS", meaning: readInitializeStreams, isStrict: true }],
};

/** Settings of which each variable says a part; of the others the first variable that says something says all. */
const IN_PARTS: readonly string[] = ["streamDurations"];

/** What variables of other emulators say of a setting; undefined when they say nothing. */
export function foreignValue(name: string, environment: Environment) {
  const variables = Object.hasOwn(FOREIGN, name) ? (FOREIGN[name] ?? []) : [];
  const said = variables.flatMap(({ variable, meaning = (text: string) => text, isStrict = false }) => {
    const given = environment[variable] ?? "";
    const text = given === "" ? undefined : meaning(given);
    return text === undefined || text === "" ? [] : [{ label: variable, text, isStrict }];
  });
  const [first] = said;
  if (first === undefined || !IN_PARTS.includes(name)) return first;
  return {
    label: said.map(({ label }) => label).join(", "),
    text: said.map(({ text }) => text).join(","),
    isStrict: first.isStrict,
  };
}

/** The variables of other emulators that mean something here, with the setting each stands for. */
export const foreignVariables: readonly (readonly [variable: string, setting: string])[] = Object.entries(
  FOREIGN,
).flatMap(([setting, variables]) => variables.map(({ variable }) => [variable, setting] as const));
