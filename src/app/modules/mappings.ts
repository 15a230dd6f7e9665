import { MappingDirectory } from "../../engine/mapping/mapping-directory.ts";
import type { QueueDirectory } from "../../engine/queue/queue-directory.ts";
import type { StreamDirectory } from "../../engine/stream/account/stream-directory.ts";
import type { LambdaDeps } from "../../service/lambda/operation.ts";
import type { ModuleDeps } from "./module.ts";

/** What event source mappings read. */
interface Sources {
  readonly queues: QueueDirectory;
  readonly streams: StreamDirectory;
}

/** Event source mappings, and what their operations have to know of sources. */
export type MappingRoom = Pick<LambdaDeps, "mappings" | "eventSources">;

/** Builds event source mappings on what they read. */
export function createMappings({ clockOf, ids, logs }: ModuleDeps, { queues, streams }: Sources): MappingRoom {
  return {
    mappings: new MappingDirectory({ clockOf, ids, logs: logs.part("lambda") }),
    eventSources: {
      queue: (arn) => queues.byArn(arn)?.settings,
      hasStream: (arn) => (streams.byArn(arn) ?? streams.consumerByArn(arn)) !== undefined,
    },
  };
}
