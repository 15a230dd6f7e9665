import type { FilterCriteria } from "../../../engine/mapping/filter/filter-criteria.ts";
import { type Collected, windowStart } from "../../../engine/mapping/stream/decision/batch.ts";
import { type LaneState, laneOf } from "../../../engine/mapping/stream/lane.ts";
import type { StreamReading } from "../../../engine/mapping/stream/stream-reading.ts";
import type { Following } from "../../../engine/stream/consumer/following.ts";
import type { Shard } from "../../../engine/stream/shard/shard.ts";
import { eventCharacters, filteredRecord, type PlacedRecord, type RecordOrigin } from "./record-event.ts";

/** AWS: quotas, Lambda developer guide. An event of one record may be larger. */
const MOST_CHARACTERS = 6 * 1024 * 1024;
/** So many records are looked at in one go, a matter of few milliseconds; the rest has another turn. */
const LOOKED_AT_IN_A_GO = 10_000;
/** To have filters look at one takes so many times as long. */
const FILTERED_COST = 20;

/** What there is to be collected, and how much of it goes together. */
interface Wanted {
  /** As events show it. */
  readonly origin: RecordOrigin;
  readonly filters: Pick<FilterCriteria, "accepts" | "acceptsEverything">;
  readonly batchSize: number;
  readonly tumblingWindowMs: number;
  /** Whether anybody wants to know which records were looked at. */
  readonly isTold: boolean;
}

/** Where a lane reads. */
interface LaneSource {
  readonly following: Following;
  readonly reading: StreamReading;
  readonly shard: Shard;
  readonly lane: number;
}

/** How many records were looked at, and how many of those filters did not want. */
interface Looked {
  polled: number;
  filteredOut: number;
  /** Their sequence numbers, where somebody wants to know them. */
  readonly numbers: LookedNumbers | undefined;
}

/** Sequence numbers of records that were looked at. */
export interface LookedNumbers {
  readonly wanted: string[];
  readonly filteredOut: string[];
}

/** What lies before a lane, and whether there is more than could be looked at in one go. */
interface CollectedRecords extends Collected<PlacedRecord>, Readonly<Looked> {
  readonly isBehind: boolean;
}

/** Collects what comes next in a lane. What was looked at once is not looked at again as long as it is held. */
export class LaneRecords {
  readonly #source: LaneSource;
  /** Those that are wanted, from the position of the lane to where was looked last. */
  #records: PlacedRecord[] = [];
  #characters = 0;
  /** Where to look next, and the position behind the last record of the lane that was looked at. */
  #next = 0;
  #end = 0;

  constructor(source: LaneSource) {
    this.#source = source;
  }

  /** What is said of the records holds until it is called again. */
  collect({ position, ends }: LaneState, wanted: Wanted): CollectedRecords {
    this.#settle(position);
    const limit = ends[0] ?? Number.POSITIVE_INFINITY;
    const numbers = wanted.isTold ? { wanted: [], filteredOut: [] } : undefined;
    const looked: Looked = { polled: 0, filteredOut: 0, numbers };
    const isMade = limit < Number.POSITIVE_INFINITY;
    const stop = this.#look(limit, isMade ? undefined : wanted.batchSize, { wanted, looked });
    const isPart = (this.#records.at(-1)?.index ?? 0) >= limit;
    const records = isPart ? this.#records.filter(({ index }) => index < limit) : this.#records;
    const end = isMade && stop !== "behind" ? limit : Math.max(this.#end, position);
    const { shard } = this.#source;
    const state = isMade || stop === "full" ? "full" : stop === "end" && !shard.isOpen ? "shardEnd" : "partial";
    return { records, end, state, ...looked, isBehind: stop === "behind" };
  }

  /** Has everything be looked at anew, since something else may be wanted. */
  forget(): void {
    this.#records = [];
    this.#characters = 0;
    this.#next = 0;
    this.#end = 0;
  }

  /** Lets go of what is before the position, and of everything where that is not known. */
  #settle(position: number): void {
    if (this.#next < position) {
      this.forget();
      this.#next = position;
      return;
    }
    const kept = this.#records.findIndex(({ index }) => index >= position);
    for (const { characters } of this.#records.splice(0, kept < 0 ? this.#records.length : kept)) {
      this.#characters -= characters;
    }
  }

  /** Looks at what comes next, until the limit, the last record, or until so many are enough; undefined for as many as there are. */
  #look(
    limit: number,
    enough: number | undefined,
    { wanted, looked }: { wanted: Wanted; looked: Looked },
  ): "full" | "end" | "behind" {
    const { following, reading, shard, lane } = this.#source;
    if (this.#next >= limit) return "full";
    const cost = wanted.filters.acceptsEverything ? 1 : FILTERED_COST;
    let costs = 0;
    if (enough !== undefined && this.#records.length >= enough) return "full";
    for (const { index, record } of following.records(shard, this.#next)) {
      if (index >= limit) return "full";
      costs += cost;
      if (costs > LOOKED_AT_IN_A_GO) return "behind";
      const { arrivedAt, data, isEncrypted, partitionKey } = record;
      const isOwn = laneOf({ index, partitionKey }, reading.laneCount) === lane;
      if (isOwn && !reading.wasSettled(shard.index, { index, partitionKey })) {
        const stored = { sequenceNumber: record.sequenceNumber, arrivedAt, data, partitionKey, isEncrypted };
        const placed = { index, characters: eventCharacters(stored, wanted.origin), ...stored };
        if (!this.#take(placed, enough !== undefined, { wanted, looked })) return "full";
      }
      this.#next = index + 1;
      if (enough !== undefined && this.#records.length >= enough) return "full";
    }
    return "end";
  }

  /** Adds the record if it is wanted; says no if it is for the next batch. */
  #take(record: PlacedRecord, isBounded: boolean, { wanted, looked }: { wanted: Wanted; looked: Looked }): boolean {
    const { filters, origin } = wanted;
    const isWanted = filters.acceptsEverything || filters.accepts(filteredRecord(record, origin));
    if (isWanted && isBounded && this.#exceeds(record, wanted)) return false;
    looked.polled++;
    looked.numbers?.[isWanted ? "wanted" : "filteredOut"].push(record.sequenceNumber);
    this.#end = record.index + 1;
    if (isWanted) {
      this.#records.push(record);
      this.#characters += record.characters;
    } else looked.filteredOut++;
    return true;
  }

  #exceeds({ arrivedAt, characters }: PlacedRecord, { tumblingWindowMs }: Wanted): boolean {
    const [first] = this.#records;
    if (first === undefined) return false;
    if (this.#characters + characters > MOST_CHARACTERS) return true;
    if (tumblingWindowMs === 0) return false;
    return windowStart(arrivedAt, tumblingWindowMs) !== windowStart(first.arrivedAt, tumblingWindowMs);
  }
}
