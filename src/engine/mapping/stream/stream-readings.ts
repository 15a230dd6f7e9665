import type { Keeping } from "../../../kernel/collection/by-scope.ts";
import type { Entry } from "../../../kernel/event/event-log.ts";
import type { EventLogs } from "../../../kernel/event/event-logs.ts";
import { present } from "../../../kernel/present.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import { mappingArn } from "../mapping.ts";
import type { LaneState } from "./lane.ts";
import type { LaneChange, ReadingEvent } from "./reading-event.ts";
import { StreamReading } from "./stream-reading.ts";

interface StreamReadingsDeps {
  readonly clock: Clock;
  readonly logs: EventLogs;
  readonly kept: Keeping<StreamReadings>;
}

/** Where a mapping begins to read. */
interface Beginning {
  readonly streamId: string;
  readonly laneCount: number;
  readonly positions: readonly (readonly [shard: number, position: number])[];
}

/** One lane of a shard. */
interface LaneAddress {
  readonly shard: number;
  readonly lane: number;
}

/** How far the stream mappings of one account and region have come, by UUID. */
export class StreamReadings {
  readonly scope: Scope;
  readonly #deps: StreamReadingsDeps;
  readonly #byUuid = new Map<string, StreamReading>();

  constructor(scope: Scope, deps: StreamReadingsDeps) {
    this.scope = scope;
    this.#deps = deps;
  }

  get isEmpty(): boolean {
    return this.#byUuid.size === 0;
  }

  /** Undefined until the mapping begins to read. */
  find(uuid: string): StreamReading | undefined {
    return this.#byUuid.get(uuid);
  }

  /** Begins, in place of what was read before. */
  begin(uuid: string, { streamId, laneCount, positions }: Beginning): StreamReading {
    this.#record(uuid, { type: "readingBegun", at: this.#now, streamId, laneCount, positions });
    return present(this.find(uuid), "a reading that began");
  }

  /** Notes what became of what is next in a lane, and how the lane is since. */
  move(
    uuid: string,
    { shard, lane }: LaneAddress,
    change: { readonly type: LaneChange; readonly state: LaneState },
  ): void {
    this.#record(uuid, { type: change.type, at: this.#now, shard, lane, state: change.state });
  }

  /** Has each shard be read in so many lanes. What was tried before is tried anew. */
  changeLanes(uuid: string, laneCount: number): void {
    this.#record(uuid, { type: "lanesChanged", at: this.#now, laneCount });
  }

  /** Notes that everything of a closed shard is settled. `isThere` says of others whether the stream still has them. */
  finish(uuid: string, shard: number, isThere: (shard: number) => boolean): void {
    const finished = this.find(uuid)?.finished() ?? [];
    const gone = [...finished].filter((other) => !isThere(other));
    this.#record(uuid, { type: "shardFinished", at: this.#now, shard, gone });
  }

  forget(uuid: string): void {
    if (this.#byUuid.has(uuid)) this.#record(uuid, { type: "readingForgotten", at: this.#now });
  }

  /** Forgets everything. */
  reset(): void {
    for (const uuid of [...this.#byUuid.keys()]) this.forget(uuid);
  }

  /** The entries that build the same; to be read to the end at once. */
  *entries(): Generator<Entry<ReadingEvent>, void, void> {
    for (const [uuid, reading] of this.#byUuid) yield { resource: mappingArn(this.scope, uuid), event: reading.kept() };
  }

  /** Applies an event that a log kept. */
  replay(uuid: string, event: ReadingEvent): void {
    if (event.type === "readingForgotten") this.#byUuid.delete(uuid);
    else if (event.type === "readingBegun" || event.type === "readingKept")
      this.#byUuid.set(uuid, new StreamReading(event));
    else present(this.find(uuid), "a reading").apply(event);
    this.#deps.kept.update(this);
  }

  get #now(): number {
    return this.#deps.clock.now();
  }

  #record(uuid: string, event: ReadingEvent): void {
    this.replay(uuid, event);
    const log = this.#deps.logs.of(this.scope.account);
    if (log.isHeard) log.appendOne(mappingArn(this.scope, uuid), event);
  }
}
