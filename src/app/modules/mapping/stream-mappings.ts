import type { StreamSources } from "../../../delivery/mapping/stream/stream-sources.ts";
import type { TargetRoom } from "../../../delivery/target/targets.ts";
import type { FunctionDirectory } from "../../../engine/function/function-directory.ts";
import type { FunctionNotes } from "../../../engine/function/function-notes.ts";
import type { InvokeFunction } from "../../../engine/invocation.ts";
import type { MappingDirectory } from "../../../engine/mapping/mapping-directory.ts";
import type { ReadingDirectory } from "../../../engine/mapping/stream/reading-directory.ts";
import type { StreamDirectory } from "../../../engine/stream/account/stream-directory.ts";
import type { EventLogs } from "../../../kernel/event/event-logs.ts";
import type { ModuleDeps } from "../module.ts";
import { functionSettings } from "./function-settings.ts";

interface StreamMappingDeps {
  readonly streams: StreamDirectory;
  readonly functions: FunctionDirectory;
  readonly invoke: InvokeFunction;
  readonly mappings: MappingDirectory;
  readonly readings: ReadingDirectory;
  readonly targets: TargetRoom["targets"];
  readonly notes: FunctionNotes;
}

/** Loads what has functions invoked with what is in streams. */
export async function openStreamSources(
  { clockOf, ids, log, logs, pulse, origin }: ModuleDeps,
  { streams, functions, invoke, mappings, readings, targets, notes }: StreamMappingDeps,
): Promise<StreamSources> {
  const [{ StreamSources }, { DiscardedBatches }] = await Promise.all([
    import("../../../delivery/mapping/stream/stream-sources.ts"),
    import("../../../delivery/mapping/stream/discarded-batches.ts"),
  ]);
  const undelivered = (fields: Readonly<Record<string, unknown>>) =>
    log.log("warn", fields, "word of discarded records not delivered");
  return new StreamSources({
    clockOf,
    ids,
    readings,
    streamOf: (arn) => streams.byArn(arn),
    invoke,
    roleOf: (arn) => functionSettings(functions, arn)?.role ?? "",
    countersOf: (scope, uuid) => mappings.in(scope).counters(uuid),
    processed: (scope, uuid, result) => mappings.in(scope).processed(uuid, result),
    discarded: new DiscardedBatches({ ids, targets, origin, undelivered }),
    notes,
    answered: () => pulse.beat(),
    listenToStreams: (listener) => listenToStreams(logs, listener),
  });
}

function listenToStreams(logs: EventLogs, listener: (streamArn: string) => void): () => void {
  return logs.part("kinesis").listen((_account, entries) => {
    for (const { resource, event } of entries) {
      if (event.type === "streamCreated" || event.type === "consumerRegistered") listener(resource);
    }
  });
}
