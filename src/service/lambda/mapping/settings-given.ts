import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import { FilterCriteria } from "../../../engine/mapping/filter/filter-criteria.ts";
import type { MappingSettings, PlainMap } from "../../../engine/mapping/mapping.ts";
import { type Infer, structure } from "../../../model/shape.ts";
import { mappingChange, mappingOrigin, STRANGERS } from "./mapping-shapes.ts";

const request = structure({ ...mappingOrigin, ...mappingChange });

/** What a request says of a mapping. */
export type Given = Infer<typeof request>;

export const SECOND_MS = 1000;
/** AWS: quotas, Lambda developer guide. */
const MOST_FILTERS = 5;
const SHOWN = ["KMSKeyArn", "MetricsConfig", "ProvisionedPollerConfig"] as const;
/** AWS: of queues and streams; the others are for sources of Kafka. */
const METRICS: readonly string[] = ["EventCount"];
/** AWS: logs are for sources of Kafka. */
const KAFKA_MEMBERS = ["LoggingConfig"];

/** What a mapping of any kind was set to, or is to begin with. */
type Before = Omit<MappingSettings, "functionArn">;

/** The settings that every kind has, with what a request changes of them. Throws InvalidParameterValue for metrics that are none. */
export function commonSettings(before: Before, given: Given): Before {
  const { BatchSize, MaximumBatchingWindowInSeconds: windowSeconds, FunctionResponseTypes, FilterCriteria } = given;
  checkMetrics(given.MetricsConfig?.Metrics);
  return {
    isEnabled: given.Enabled ?? before.isEnabled,
    batchSize: BatchSize ?? before.batchSize,
    windowMs: windowSeconds === undefined ? before.windowMs : windowSeconds * SECOND_MS,
    reportsFailures: FunctionResponseTypes === undefined ? before.reportsFailures : FunctionResponseTypes.length > 0,
    filters: FilterCriteria === undefined ? before.filters : patternsOf(FilterCriteria.Filters ?? []),
    shown: shownAfter(before.shown, given),
  };
}

/** A filter without a pattern has an empty one, which is none. */
function patternsOf(filters: NonNullable<NonNullable<Given["FilterCriteria"]>["Filters"]>): readonly string[] {
  return filters.map(({ Pattern = "" }) => Pattern);
}

function shownAfter(before: PlainMap, given: Given): PlainMap {
  const merged: Record<string, PlainMap[string]> = { ...before };
  for (const name of SHOWN) {
    const value = given[name];
    // The members are those of shapes that have texts, numbers, lists and structures only.
    if (value !== undefined) merged[name] = value as PlainMap[string];
  }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => !isNothing(value)));
}

/** An empty text or structure. */
function isNothing(value: PlainMap[string] | undefined): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

/** Throws InvalidParameterValue when a member is given that a source of that kind has not. */
export function refuseMembers(given: Given, names: readonly string[]): void {
  const members: Readonly<Record<string, unknown>> = given;
  const wrong = [...names, ...KAFKA_MEMBERS, ...STRANGERS].find((name) => members[name] !== undefined);
  if (wrong !== undefined) {
    throw new InvalidParameterValue(`Unsupported ${wrong} parameter for given event source mapping type.`);
  }
}

/** Throws InvalidParameterValue for metrics that neither queues nor streams have. */
function checkMetrics(metrics: readonly string[] = []): void {
  if (metrics.every((metric) => METRICS.includes(metric))) return;
  throw new InvalidParameterValue(`Invalid EventSourceMapping metrics. Expected values: [${METRICS.join(", ")}]`);
}

/** Throws InvalidParameterValue when one of the patterns is none. */
export function checkFilters(filters: readonly string[], member: "body" | "data"): void {
  if (filters.length > MOST_FILTERS) {
    throw new InvalidParameterValue(
      `Too many filter patterns, maximum allowed ${MOST_FILTERS} patterns, provided ${filters.length} patterns.`,
    );
  }
  if (FilterCriteria.compile(filters, member) === undefined) {
    throw new InvalidParameterValue("Invalid filter pattern definition.");
  }
}
