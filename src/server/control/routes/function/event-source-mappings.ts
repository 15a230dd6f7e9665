import { CONTROL_PREFIX } from "../../../../kernel/own-traffic.ts";
import { account } from "../../inputs.ts";
import { count, flag, instant, list, lookingRoute, next, type ReaderOf, seconds, shape, text } from "../listing.ts";

const filter = shape({ pattern: text, sentence: { ...text, description: "What it demands, in words." } });

const counters = shape(
  {
    polled: { ...count, description: "Messages or records that were read." },
    filteredOut: count,
    invoked: { ...count, description: "Those that were given to the function." },
    failedInvoke: { ...count, description: "Those whose invocation failed." },
    dropped: count,
    onFailureDelivered: count,
    deleted: { ...count, description: "Messages that are done with." },
  },
  { iteratorAgeSeconds: { ...seconds, description: "Age of the last record of the latest batch of a stream." } },
);

/** What is said of a mapping whatever it reads, and what of those that read a stream, or a queue. */
export const mappingShape = shape(
  {
    uuid: text,
    arn: text,
    account,
    region: text,
    kind: { enum: ["queue", "stream"], description: "What it reads." },
    sourceArn: { ...text, description: "Of a queue, a stream or a consumer of one." },
    functionArn: { ...text, description: "As it was qualified." },
    isEnabled: flag,
    createdAt: instant,
    modifiedAt: instant,
    batchSize: count,
    windowSeconds: seconds,
    filters: list(filter, "One of them has to accept what is read; none when all of it is wanted."),
    reportsFailures: { ...flag, description: "Whether the function says what of a batch failed." },
    counters: { ...counters, description: "What it did since the emulator started." },
  },
  {
    maximumConcurrency: { ...count, description: "Of a queue." },
    startingPosition: { ...text, description: "Of a stream, as all that follow." },
    parallelizationFactor: count,
    maximumRetryAttempts: { ...count, description: "Absent when there is no limit." },
    maximumRecordAgeSeconds: { ...seconds, description: "Absent when there is no limit." },
    bisects: flag,
    tumblingWindowSeconds: seconds,
    onFailureArn: text,
    lastResult: { ...text, description: "What became of the latest batch." },
  },
);

const mappings = shape({ mappings: list(mappingShape) }, { next });

/** A function, as inputs name one. */
export const functionName = { type: "string", minLength: 1, description: "The function is a name or an ARN." } as const;

export const mappingsRoute = lookingRoute("mappings", {
  path: `${CONTROL_PREFIX}event-source-mappings`,
  summary: "shows which queues and streams Lambda functions read, and what came of it",
  inputs: {
    function: functionName,
    source: {
      type: "string",
      pattern: "^arn:",
      description: "The source is the ARN of a queue, a stream or a consumer.",
    },
  },
  answer: mappings,
});

/** Reads the event source mappings that meet all conditions given, by account and region, then by UUID. */
export type ReadMappings = ReaderOf<typeof mappingsRoute>;
