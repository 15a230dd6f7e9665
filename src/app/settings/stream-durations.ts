import type { StreamDurations } from "../../engine/stream/rules.ts";
import { durationMs } from "../../kernel/time/duration.ts";
import { TimeError } from "../../kernel/time/time-error.ts";
import type { SettingType } from "./setting-types.ts";

/** What changes of streams and consumers are called here. */
const CHANGES = ["creating", "deleting", "resharding", "updating", "consumerCreating", "consumerDeleting"] as const;

type Change = (typeof CHANGES)[number];

/** How long changes take, instead of what the profile says. */
type ChosenDurations = Readonly<Partial<Pick<StreamDurations, `${Change}Ms`>>>;

/** The longest that is taken: nobody waits for a change that takes longer. */
const LONGEST_MS = 86_400_000;

/** `creating=500ms,deleting=1s`; a number alone is milliseconds. */
export const streamDurations: SettingType<ChosenDurations> = {
  expects: `changes and how long they take, up to a day, such as creating=500ms,deleting=1s; there are ${CHANGES.join(", ")}`,
  flag: "list",
  schema: {
    type: "object",
    properties: Object.fromEntries(CHANGES.map((change) => [change, { type: ["integer", "string"] }])),
    additionalProperties: false,
  },
  read(text) {
    const chosen = new Map<string, number>();
    for (const item of text.split(",")) {
      const [, name = "", length = ""] = /^\s*(\w{1,32}?)(?:Ms)?=([^=]{1,64})$/.exec(item) ?? [];
      const ms = msOf(length.trim());
      if (!CHANGES.some((change) => change === name) || ms === undefined || ms > LONGEST_MS) return undefined;
      chosen.set(`${name}Ms`, ms);
    }
    return Object.freeze(Object.fromEntries(chosen));
  },
};

function msOf(text: string): number | undefined {
  try {
    return durationMs(/^\d{1,9}$/.test(text) ? Number(text) : text);
  } catch (cause) {
    if (cause instanceof TimeError) return undefined;
    throw cause;
  }
}

/** kinesis-mock: which of its variables say how long what takes. Where several say the same, the last of them counts. */
const MOCK_VARIABLES: readonly (readonly [variable: string, change: Change])[] = [
  ["CREATE_STREAM_DURATION", "creating"],
  ["DELETE_STREAM_DURATION", "deleting"],
  ["REGISTER_STREAM_CONSUMER_DURATION", "consumerCreating"],
  ["DEREGISTER_STREAM_CONSUMER_DURATION", "consumerDeleting"],
  ["START_STREAM_ENCRYPTION_DURATION", "updating"],
  ["STOP_STREAM_ENCRYPTION_DURATION", "updating"],
  ["UPDATE_STREAM_MODE_DURATION", "updating"],
  ["MERGE_SHARDS_DURATION", "resharding"],
  ["SPLIT_SHARD_DURATION", "resharding"],
  ["UPDATE_SHARD_COUNT_DURATION", "resharding"],
];

/** Variables of kinesis-mock and LocalStack, with what each says as the setting has it. */
export const durationVariables: readonly { readonly variable: string; readonly meaning: (text: string) => string }[] = [
  // LocalStack: it is the same for all changes.
  {
    variable: "KINESIS_LATENCY",
    meaning: (text) => CHANGES.map((change) => `${change}=${shortened(text)}`).join(","),
  },
  ...MOCK_VARIABLES.map(([variable, change]) => ({
    variable,
    meaning: (text: string) => `${change}=${shortened(text)}`,
  })),
];

/** kinesis-mock takes the durations of Scala, `1 second` for one. What is none stays as it is, to be refused. */
function shortened(text: string): string {
  const [, count, unit = ""] = /^\s*(\d{1,9})\s*([a-z]{1,12})\s*$/i.exec(text) ?? [];
  const short = SCALA_UNITS.find(([form]) => form.test(unit))?.[1];
  return count === undefined || short === undefined ? text : `${count}${short}`;
}

const SCALA_UNITS = [
  [/^(?:ms|millis?|milliseconds?)$/i, "ms"],
  [/^(?:s|secs?|seconds?)$/i, "s"],
  [/^(?:m|mins?|minutes?)$/i, "m"],
  [/^(?:h|hrs?|hours?)$/i, "h"],
] as const;
