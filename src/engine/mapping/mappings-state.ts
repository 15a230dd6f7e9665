import { type IndexRange, OrderedIndex } from "../../kernel/collection/ordered-index.ts";
import { present } from "../../kernel/present.ts";
import type { EventSourceMapping, QueueSettings, StreamSettings } from "./mapping.ts";
import type { MappingEvent } from "./mapping-event.ts";

/** The event source mappings of one account and region. Only events change it. */
export class MappingsState {
  readonly #byUuid = new Map<string, EventSourceMapping>();
  #inOrder = newIndex();
  /** The UUID of each, by source and function. */
  readonly #byEnds = new Map<string, string>();

  get count(): number {
    return this.#byUuid.size;
  }

  find(uuid: string): EventSourceMapping | undefined {
    return this.#byUuid.get(uuid);
  }

  /** The one between a source and a function. */
  between(ends: Ends): EventSourceMapping | undefined {
    const uuid = this.#byEnds.get(keyOf(ends));
    return uuid === undefined ? undefined : this.find(uuid);
  }

  /** By UUID. */
  list(range?: IndexRange): Iterable<EventSourceMapping> {
    return this.#inOrder.list(range);
  }

  /** The events that build the same. */
  *events(): Generator<MappingEvent, void, void> {
    for (const mapping of this.#inOrder.list()) yield { type: "mappingKept", at: 0, mapping };
  }

  apply(event: MappingEvent): void {
    switch (event.type) {
      case "mappingCreated":
      case "mappingKept":
        return this.#set(event.mapping);
      case "mappingUpdated":
        return this.#set(changed(this.#held(event.uuid), event.settings, event.at));
      case "mappingTagged":
        return this.#set({ ...this.#held(event.uuid), tags: event.tags });
      case "mappingProcessed": {
        const held = this.#held(event.uuid);
        return this.#set(held.kind === "stream" ? { ...held, lastResult: event.result } : held);
      }
      case "mappingDeleted":
        return this.#remove(this.#held(event.uuid));
      case "mappingsReset":
        this.#byUuid.clear();
        this.#byEnds.clear();
        this.#inOrder = newIndex();
    }
  }

  #set(mapping: EventSourceMapping): void {
    const before = this.find(mapping.uuid);
    if (before !== undefined) this.#byEnds.delete(keyOf(before));
    this.#byUuid.set(mapping.uuid, mapping);
    this.#inOrder.set(mapping);
    this.#byEnds.set(keyOf(mapping), mapping.uuid);
  }

  #remove(mapping: EventSourceMapping): void {
    this.#byUuid.delete(mapping.uuid);
    this.#byEnds.delete(keyOf(mapping));
    this.#inOrder.delete(mapping);
  }

  #held(uuid: string): EventSourceMapping {
    return present(this.find(uuid), "a mapping");
  }
}

/** What a mapping is between. */
export type Ends = Pick<EventSourceMapping, "sourceArn" | "functionArn">;

/** Neither has a blank. */
function keyOf({ sourceArn, functionArn }: Ends): string {
  return `${sourceArn} ${functionArn}`;
}

/** The mapping with the settings in the place of those it had. What it is stays. */
function changed(
  mapping: EventSourceMapping,
  settings: QueueSettings | StreamSettings,
  modifiedAt: number,
): EventSourceMapping {
  const { uuid, sourceArn, createdAt, tags } = mapping;
  const identity = { uuid, sourceArn, createdAt, tags, modifiedAt };
  if (settings.kind === "queue") return { ...identity, ...settings };
  return { ...identity, ...settings, lastResult: mapping.kind === "stream" ? mapping.lastResult : "" };
}

function newIndex(): OrderedIndex<EventSourceMapping> {
  return new OrderedIndex<EventSourceMapping>(({ uuid }) => uuid);
}
