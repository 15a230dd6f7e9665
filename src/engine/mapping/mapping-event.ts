import type { EventSourceMapping, QueueSettings, StreamSettings, Tags } from "./mapping.ts";

type Named = { readonly uuid: string };

/** What can happen to the event source mappings of an account and region. Instants in epoch milliseconds. */
export type MappingEvent = { readonly at: number } & (
  | { readonly type: "mappingCreated"; readonly mapping: EventSourceMapping }
  | { readonly type: "mappingKept"; readonly mapping: EventSourceMapping }
  | ({ readonly type: "mappingUpdated"; readonly settings: QueueSettings | StreamSettings } & Named)
  | ({ readonly type: "mappingTagged"; readonly tags: Tags } & Named)
  /** A batch of a stream came to another end than the one before. */
  | ({ readonly type: "mappingProcessed"; readonly result: string } & Named)
  | ({ readonly type: "mappingDeleted" } & Named)
  | { readonly type: "mappingsReset" }
);
