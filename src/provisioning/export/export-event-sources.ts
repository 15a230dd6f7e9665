import { isDeepStrictEqual } from "node:util";
import { parseArn } from "../../kernel/arn.ts";
import { type Mapping, mappingsOf } from "../apply/function/event-sources.ts";
import type { Session } from "../apply/session.ts";
import { EVENT_SOURCE_PROPERTIES } from "../config/read-function-part.ts";
import { shortQueue } from "./declared-values.ts";

/** What a mapping has of which nobody said anything. AWS: defaults of CreateEventSourceMapping, and ours of a file. */
const FALLBACKS = {
  MaximumBatchingWindowInSeconds: 0,
  FunctionResponseTypes: [],
  StartingPosition: "TRIM_HORIZON",
  ParallelizationFactor: 1,
  MaximumRetryAttempts: -1,
  MaximumRecordAgeInSeconds: -1,
  BisectBatchOnFunctionError: false,
  TumblingWindowInSeconds: 0,
  Enabled: true,
};

const BATCH_SIZES = { queue: 10, stream: 100 };

/** What a file says of the event sources of a function: a queue by its name where no more is to be said. */
export async function exportEventSources(session: Session, functionName: string): Promise<readonly unknown[]> {
  const arn = session.functionArn(functionName);
  const mappings = await mappingsOf(session, functionName);
  // A file knows no versions and aliases.
  const own = mappings.filter(({ FunctionArn }) => FunctionArn === arn);
  return own.sort(bySource).map((mapping) => exportMapping(session, mapping));
}

function bySource({ EventSourceArn: one = "" }: Mapping, { EventSourceArn: other = "" }: Mapping): number {
  return one < other ? -1 : Number(one > other);
}

function exportMapping(session: Session, mapping: Mapping): unknown {
  const { EventSourceArn = "", DestinationConfig } = mapping;
  const kind = parseArn(EventSourceArn)?.service === "kinesis" ? "stream" : "queue";
  const source = kind === "stream" ? shortStream(session, EventSourceArn) : shortQueue(session, EventSourceArn);
  const fallbacks: Readonly<Record<string, unknown>> = { ...FALLBACKS, BatchSize: BATCH_SIZES[kind] };
  const said = EVENT_SOURCE_PROPERTIES.filter(
    (name) => mapping[name] !== undefined && !isDeepStrictEqual(mapping[name], fallbacks[name]),
  );
  const { OnFailure } = (DestinationConfig ?? {}) as { readonly OnFailure?: { readonly Destination?: string } };
  const onFailure = OnFailure?.Destination;
  if (kind === "queue" && said.length === 0) return source;
  return {
    [kind]: source,
    ...Object.fromEntries(said.map((name) => [name, given(name, mapping[name])])),
    ...(onFailure && { onFailure: shortQueue(session, onFailure) }),
  };
}

/** The name of a stream of the same place, which stands for its ARN. */
function shortStream(session: Session, arn: string): string {
  const prefix = session.arn("kinesis", "stream/");
  return arn.startsWith(prefix) && !arn.slice(prefix.length).includes("/") ? arn.slice(prefix.length) : arn;
}

/** Instants are epoch milliseconds in answers, and seconds in what is asked for. */
function given(name: string, value: unknown): unknown {
  return name === "StartingPositionTimestamp" ? Number(value) / 1000 : value;
}
