import { type EventSourceMapping, mappingArn, type StreamMapping } from "../../../engine/mapping/mapping.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Infer } from "../../../model/shape.ts";
import type { mappingAnswer } from "./mapping-shapes.ts";

type Answer = Infer<typeof mappingAnswer>;

const SECOND_MS = 1000;

/** A mapping as it is. */
export function describedMapping(scope: Scope, mapping: EventSourceMapping): Answer {
  return describedMappingAs(mapping.isEnabled ? "Enabled" : "Disabled", scope, mapping);
}

/** A mapping on its way to another state. */
export function describedMappingAs(state: string, scope: Scope, mapping: EventSourceMapping): Answer {
  const { uuid, sourceArn, functionArn, batchSize, windowMs, filters, modifiedAt } = mapping;
  return {
    UUID: uuid,
    ...(mapping.kind === "stream" && positionOf(mapping)),
    BatchSize: batchSize,
    MaximumBatchingWindowInSeconds: windowMs / SECOND_MS,
    EventSourceArn: sourceArn,
    EventSourceMappingArn: mappingArn(scope, uuid),
    FunctionArn: functionArn,
    LastModified: modifiedAt,
    State: state,
    // AWS: the two kinds have it differently.
    StateTransitionReason: mapping.kind === "queue" ? "USER_INITIATED" : "User action",
    ...(filters.length > 0 && { FilterCriteria: { Filters: filters.map((Pattern) => ({ Pattern })) } }),
    FunctionResponseTypes: mapping.reportsFailures ? ["ReportBatchItemFailures"] : [],
    ...(mapping.kind === "stream" && streamMembers(mapping)),
    ...(mapping.kind === "queue" &&
      mapping.maximumConcurrency !== undefined && {
        ScalingConfig: { MaximumConcurrency: mapping.maximumConcurrency },
      }),
    ...mapping.shown,
  };
}

function positionOf({ startingPosition }: StreamMapping) {
  return {
    StartingPosition: startingPosition.type,
    ...("timestamp" in startingPosition && { StartingPositionTimestamp: startingPosition.timestamp }),
  };
}

function streamMembers(mapping: StreamMapping) {
  const { maximumRecordAgeMs, onFailureArn } = mapping;
  return {
    ParallelizationFactor: mapping.parallelizationFactor,
    LastProcessingResult: mapping.lastResult,
    DestinationConfig: { OnFailure: onFailureArn === undefined ? {} : { Destination: onFailureArn } },
    MaximumRecordAgeInSeconds: maximumRecordAgeMs === -1 ? -1 : maximumRecordAgeMs / SECOND_MS,
    BisectBatchOnFunctionError: mapping.bisects,
    MaximumRetryAttempts: mapping.maximumRetryAttempts,
    TumblingWindowInSeconds: mapping.tumblingWindowMs / SECOND_MS,
  };
}
