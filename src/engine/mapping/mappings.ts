import type { Keeping } from "../../kernel/collection/by-scope.ts";
import type { IndexRange } from "../../kernel/collection/ordered-index.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import type { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import {
  type EventSourceMapping,
  mappingArn,
  NOTHING_PROCESSED,
  type QueueSettings,
  type StreamSettings,
  type Tags,
} from "./mapping.ts";
import { CountersByMapping, type MappingCounters } from "./mapping-counters.ts";
import { MappingConflict, MappingNotFound } from "./mapping-errors.ts";
import type { MappingEvent } from "./mapping-event.ts";
import { type Ends, MappingsState } from "./mappings-state.ts";

/** Who makes mappings work. It is told in the turn of the change, and once after everything was rebuilt. */
export interface MappingWatcher {
  /** There is such a mapping, new or changed. */
  set(scope: Scope, mapping: EventSourceMapping): void;
  /** There is none of that UUID any more. What its function was given is brought to its end, unless all is forgotten. */
  gone(scope: Scope, uuid: string, isForgotten?: "forgotten"): void;
}

interface MappingsDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logs: EventLogs;
  readonly kept: Keeping<Mappings>;
  readonly watcher: MappingWatcher | undefined;
}

/** What a new mapping is. */
type NewMapping = (QueueSettings | StreamSettings) & { readonly sourceArn: string; readonly tags: Tags };

/** The event source mappings of one account and region. */
export class Mappings {
  readonly scope: Scope;
  readonly #deps: MappingsDeps;
  readonly #state = new MappingsState();
  readonly #counters = new CountersByMapping();

  constructor(scope: Scope, deps: MappingsDeps) {
    this.scope = scope;
    this.#deps = deps;
  }

  /** What time it is to them, in epoch milliseconds. */
  get now(): number {
    return this.#deps.clock.now();
  }

  get isEmpty(): boolean {
    return this.#state.count === 0;
  }

  find(uuid: string): EventSourceMapping | undefined {
    return this.#state.find(uuid);
  }

  /** Throws MappingNotFound. */
  get(uuid: string): EventSourceMapping {
    const found = this.find(uuid);
    if (found === undefined) throw new MappingNotFound();
    return found;
  }

  /** By UUID. */
  list(range?: IndexRange): Iterable<EventSourceMapping> {
    return this.#state.list(range);
  }

  /** What the mapping of that UUID did; whoever has it do something counts there. */
  counters(uuid: string): MappingCounters {
    return this.#counters.of(uuid);
  }

  /** Throws MappingConflict. */
  create({ tags, ...mapping }: NewMapping): EventSourceMapping {
    this.#checkEnds(mapping, mapping.kind);
    const at = this.#deps.clock.now();
    const identity = { uuid: this.#deps.ids.uuid(), createdAt: at, modifiedAt: at, tags };
    const made: EventSourceMapping =
      mapping.kind === "queue"
        ? { ...identity, ...mapping }
        : { ...identity, ...mapping, lastResult: NOTHING_PROCESSED };
    this.#record({ type: "mappingCreated", at, mapping: made });
    this.#set(made.uuid);
    return made;
  }

  /** Throws MappingNotFound, and MappingConflict when another has the same source and function. */
  update(uuid: string, settings: QueueSettings | StreamSettings): EventSourceMapping {
    const { sourceArn } = this.get(uuid);
    this.#checkEnds({ sourceArn, functionArn: settings.functionArn }, settings.kind, uuid);
    this.#record({ type: "mappingUpdated", at: this.#deps.clock.now(), uuid, settings });
    return this.#set(uuid);
  }

  /** Throws MappingNotFound. */
  tag(uuid: string, tags: Tags): void {
    this.get(uuid);
    this.#record({ type: "mappingTagged", at: this.#deps.clock.now(), uuid, tags });
  }

  /** Notes how the latest batch of a stream ended. What is no longer there is nothing to note. */
  processed(uuid: string, result: string): void {
    const mapping = this.find(uuid);
    if (mapping?.kind !== "stream" || mapping.lastResult === result) return;
    this.#record({ type: "mappingProcessed", at: this.#deps.clock.now(), uuid, result });
  }

  /** The mapping as it was. Throws MappingNotFound. */
  delete(uuid: string): EventSourceMapping {
    const mapping = this.get(uuid);
    this.#record({ type: "mappingDeleted", at: this.#deps.clock.now(), uuid });
    this.#counters.forget(uuid);
    this.#deps.watcher?.gone(this.scope, uuid);
    return mapping;
  }

  /** Forgets everything. */
  reset(): void {
    const uuids = Array.from(this.list(), ({ uuid }) => uuid);
    this.#record({ type: "mappingsReset", at: this.#deps.clock.now() });
    this.#counters.clear();
    for (const uuid of uuids) this.#deps.watcher?.gone(this.scope, uuid, "forgotten");
  }

  /** Has them work, after everything was rebuilt. */
  resume(): void {
    for (const mapping of this.list()) this.#deps.watcher?.set(this.scope, mapping);
  }

  /** The entries that build the same; to be read to the end at once. */
  *entries(): Generator<Entry<MappingEvent>, void, void> {
    for (const event of this.#state.events()) yield { resource: this.#resourceOf(event), event };
  }

  /** Applies an event that a log kept. Once all are replayed, `resume` is to follow. */
  replay(event: MappingEvent): void {
    this.#state.apply(event);
    this.#deps.kept.update(this);
  }

  /** Tells who makes it work. */
  #set(uuid: string): EventSourceMapping {
    const mapping = present(this.find(uuid), "the mapping that was set");
    this.#deps.watcher?.set(this.scope, mapping);
    return mapping;
  }

  #checkEnds(ends: Ends, kind: EventSourceMapping["kind"], own?: string): void {
    const other = this.#state.between(ends);
    if (other !== undefined && other.uuid !== own) throw new MappingConflict(conflictText(ends, kind, other.uuid));
  }

  #record(event: MappingEvent): void {
    this.replay(event);
    const log = this.#deps.logs.of(this.scope.account);
    if (log.isHeard) log.append([{ resource: this.#resourceOf(event), event }]);
  }

  #resourceOf(event: MappingEvent): string {
    if (event.type === "mappingsReset") return mappingArn(this.scope, "");
    return mappingArn(this.scope, "mapping" in event ? event.mapping.uuid : event.uuid);
  }
}

/** AWS: with blanks inside the quotes. The function is named as the mapping qualifies it. */
function conflictText({ sourceArn, functionArn }: Ends, kind: EventSourceMapping["kind"], uuid: string): string {
  const name = functionArn.split(":").slice(6).join(":");
  const rest = "Please update or delete the existing mapping with UUID";
  if (kind === "queue") {
    return `An event source mapping with SQS arn (" ${sourceArn} ") and function (" ${name} ") already exists. ${rest} ${uuid}`;
  }
  return `The event source arn (" ${sourceArn} ") and function (" ${name} ") provided mapping already exists. ${rest} ${uuid}`;
}
