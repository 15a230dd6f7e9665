import { type LaneState, laneOf, newLane } from "./lane.ts";
import type { FormerLanes, KeptShard, ReadingEvent } from "./reading-event.ts";

/** So many changes of the lanes are remembered while some lane lags behind; of those before, records may come once more. */
const MOST_FORMER = 10;

/** The lanes of a shard. */
interface ReadShard {
  readonly lanes: LaneState[];
  /** Those before, as long as there may be records that they settled and the present ones have not come to. */
  former: readonly FormerLanes[];
}

/** How far one mapping has come in its stream. Only events change it. */
export class StreamReading {
  /** The stream as such: another one of the same name is not the same. */
  readonly streamId: string;
  #laneCount: number;
  readonly #shards = new Map<number, ReadShard>();
  readonly #finished = new Set<number>();

  constructor(event: Extract<ReadingEvent, { type: "readingBegun" | "readingKept" }>) {
    this.streamId = event.streamId;
    this.#laneCount = event.laneCount;
    if (event.type === "readingKept") this.#keep(event.shards, event.finished);
    else for (const [shard, position] of event.positions) this.#shards.set(shard, this.#newShard(position, event.at));
  }

  /** Of each shard. */
  get laneCount(): number {
    return this.#laneCount;
  }

  /** A shard that was not read so far is read from its beginning. */
  lane(shard: number, lane: number): LaneState {
    return this.#shards.get(shard)?.lanes[lane] ?? newLane(0, 0);
  }

  /** Whether everything of the shard is settled, and it was closed. */
  isFinished(shard: number): boolean {
    return this.#finished.has(shard);
  }

  /** Closed shards of which everything is settled. */
  finished(): Iterable<number> {
    return this.#finished;
  }

  /** Whether lanes that are no more had settled the record. */
  wasSettled(shard: number, record: { readonly index: number; readonly partitionKey: string | undefined }): boolean {
    const former = this.#shards.get(shard)?.former ?? [];
    return former.some(({ positions }) => record.index < (positions[laneOf(record, positions.length)] ?? 0));
  }

  apply(event: Exclude<ReadingEvent, { type: "readingBegun" | "readingKept" | "readingForgotten" }>): void {
    switch (event.type) {
      case "lanesChanged":
        return this.#changeLanes(event.laneCount, event.at);
      case "shardFinished":
        this.#shards.delete(event.shard);
        this.#finished.add(event.shard);
        for (const shard of event.gone) this.#finished.delete(shard);
        return;
      default:
        return this.#move(event.shard, event.lane, event.state);
    }
  }

  /** The event that builds the same. */
  kept(): ReadingEvent {
    const shards = Array.from(this.#shards, ([shard, { lanes, former }]): KeptShard => {
      return { shard, lanes: [...lanes], ...(former.length > 0 && { former }) };
    });
    const [streamId, laneCount, finished] = [this.streamId, this.#laneCount, [...this.#finished]];
    return { type: "readingKept", at: 0, streamId, laneCount, shards, finished };
  }

  #move(shard: number, lane: number, state: LaneState): void {
    const read = this.#shards.get(shard) ?? this.#newShard(0, 0);
    this.#shards.set(shard, read);
    read.lanes[lane] = state;
    if (read.former.length === 0) return;
    const reached = leastOf(read.lanes.map(({ position }) => position));
    read.former = read.former.filter(({ positions }) => positions.some((position) => position > reached));
  }

  /** The new lanes begin where the one begins that is furthest behind. */
  #changeLanes(laneCount: number, at: number): void {
    this.#laneCount = laneCount;
    for (const [shard, { lanes, former }] of this.#shards) {
      const positions = lanes.map(({ position }) => position);
      const read = this.#newShard(leastOf(positions), at);
      const isLevel = positions.every((position) => position === positions[0]);
      read.former = isLevel ? former : [...former, { positions }].slice(-MOST_FORMER);
      this.#shards.set(shard, read);
    }
  }

  #newShard(position: number, at: number): ReadShard {
    return { lanes: Array.from({ length: this.#laneCount }, () => newLane(position, at)), former: [] };
  }

  #keep(shards: readonly KeptShard[], finished: readonly number[]): void {
    for (const { shard, lanes, former = [] } of shards) this.#shards.set(shard, { lanes: [...lanes], former });
    for (const shard of finished) this.#finished.add(shard);
  }
}

function leastOf(positions: readonly number[]): number {
  return positions.reduce((least, position) => Math.min(least, position), positions[0] ?? 0);
}
