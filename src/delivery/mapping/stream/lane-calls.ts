import type { FunctionAnswer } from "../../../engine/invocation.ts";
import { FilterCriteria } from "../../../engine/mapping/filter/filter-criteria.ts";
import type { StreamMapping } from "../../../engine/mapping/mapping.ts";
import type { MappingCounters } from "../../../engine/mapping/mapping-counters.ts";
import type { Batch, Discarded } from "../../../engine/mapping/stream/decision/batch.ts";
import type { StreamReading } from "../../../engine/mapping/stream/stream-reading.ts";
import type { Following } from "../../../engine/stream/consumer/following.ts";
import type { Shard } from "../../../engine/stream/shard/shard.ts";
import { present } from "../../../kernel/present.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { LastResponse } from "./discarded-document.ts";
import type { LookedNumbers } from "./lane-records.ts";
import type { PlacedMapping, ReaderDeps, ReadStream } from "./reader-deps.ts";
import { batchEvent, type PlacedRecord, type RecordOrigin } from "./record-event.ts";
import type { LaneHost, ShardLane } from "./shard-lane.ts";

interface LaneCallsDeps
  extends Pick<
      ReaderDeps,
      "ids" | "invoke" | "roleOf" | "countersOf" | "processed" | "discarded" | "notes" | "answered"
    >,
    Pick<LaneHost, "following" | "reading" | "move" | "isFree"> {
  readonly source: ReadStream;
  readonly clock: Clock;
}

/** What the lanes of one reader share: the mapping, the calls of its function, and what is told of them. */
export class LaneCalls implements LaneHost {
  readonly following: Following;
  readonly reading: StreamReading;
  readonly move: LaneHost["move"];
  readonly isFree: LaneHost["isFree"];
  readonly consumer: string | undefined;
  readonly #deps: LaneCallsDeps;
  readonly #stopped = new AbortController();
  #placed: PlacedMapping;
  #filters: FilterCriteria;
  #count = 0;

  constructor(placed: PlacedMapping, deps: LaneCallsDeps) {
    this.following = deps.following;
    this.reading = deps.reading;
    this.move = deps.move;
    this.isFree = deps.isFree;
    this.consumer = deps.source.consumer;
    this.#deps = deps;
    this.#placed = placed;
    this.#filters = filtersOf(placed);
  }

  /** How many are under way. */
  get count(): number {
    return this.#count;
  }

  get mapping(): StreamMapping {
    return this.#placed.mapping;
  }

  get filters(): FilterCriteria {
    return this.#filters;
  }

  get counters(): MappingCounters {
    const { scope, mapping } = this.#placed;
    return this.#deps.countersOf(scope, mapping.uuid);
  }

  get isTold(): boolean {
    return this.#deps.notes.isHeard;
  }

  looked({ wanted, filteredOut }: LookedNumbers): void {
    this.#note("recordsFiltered", filteredOut);
    this.#note("recordsPolled", wanted);
  }

  /** Goes by the mapping as it is now. */
  set(placed: PlacedMapping): void {
    this.#placed = placed;
    this.#filters = filtersOf(placed);
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#stopped.abort();
  }

  now(): number {
    return this.#deps.clock.now();
  }

  newRequestId(): string {
    return this.#deps.ids.uuid();
  }

  /** AWS: of a stream that is read by a consumer, events name the stream. GAP: not known. */
  originOf({ id: shardId }: Shard): RecordOrigin {
    const { arn: streamArn, scope } = this.#deps.source.stream;
    return { shardId, streamArn, region: scope.region, roleArn: this.#deps.roleOf(this.mapping.functionArn) };
  }

  async call(requestId: string, batch: Batch<PlacedRecord>, shard: Shard): Promise<FunctionAnswer | undefined> {
    const { invoke, answered } = this.#deps;
    const { functionArn, sourceArn: source } = this.mapping;
    const { signal } = this.#stopped;
    const payload = batchEvent(batch, this.originOf(shard));
    const messageIds = batch.records.map(({ sequenceNumber }) => sequenceNumber);
    const cause = { kind: "mapping", source, messageIds } as const;
    this.#count++;
    const answer = await invoke({ functionArn, requestId, payload, cause }, signal);
    this.#count--;
    if (!signal.aborted) return answer;
    answered();
    return undefined;
  }

  discard(discarded: Discarded<PlacedRecord>, { shard }: ShardLane, response: LastResponse | undefined): void {
    const { mapping, counters } = this;
    const { records, requestId = this.newRequestId() } = discarded;
    counters.dropped += records.length;
    if (mapping.onFailureArn === undefined) return;
    const { functionArn, uuid, onFailureArn: receiver } = mapping;
    const batch = { discarded, requestId, functionArn, response, at: this.now(), origin: this.originOf(shard) };
    const delivered = () => {
      counters.onFailureDelivered += records.length;
      const { notes } = this.#deps;
      if (notes.isHeard)
        notes.tell({ type: "destinationTold", at: this.now(), functionArn, receiver, isFailure: true });
    };
    this.#deps.discarded.tell(batch, { uuid, account: this.#placed.scope.account, receiver, delivered });
  }

  #note(type: "recordsPolled" | "recordsFiltered", ids: readonly string[]): void {
    if (ids.length === 0) return;
    const { functionArn } = this.mapping;
    this.#deps.notes.tell({ type, at: this.now(), functionArn, source: this.#deps.source.stream.arn, ids });
  }

  processed(result: string): void {
    const { scope, mapping } = this.#placed;
    this.#deps.processed(scope, mapping.uuid, result);
  }
}

function filtersOf({ mapping }: PlacedMapping): FilterCriteria {
  return present(FilterCriteria.compile(mapping.filters, "data"), "patterns that were checked");
}
