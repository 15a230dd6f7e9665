import type { StreamMapping } from "../../../engine/mapping/mapping.ts";
import type { MappingDue } from "../../../engine/mapping/mapping-due.ts";
import type { StreamReading } from "../../../engine/mapping/stream/stream-reading.ts";
import type { StreamReadings } from "../../../engine/mapping/stream/stream-readings.ts";
import type { Following } from "../../../engine/stream/consumer/following.ts";
import type { Shard } from "../../../engine/stream/shard/shard.ts";
import { IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import { Alarm } from "../../../kernel/time/alarm.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import { LaneCalls } from "./lane-calls.ts";
import type { PlacedMapping, ReaderDeps, ReadStream } from "./reader-deps.ts";
import { ShardLane } from "./shard-lane.ts";

interface StreamReaderDeps extends ReaderDeps {
  /** Whether the stream is still there, and the consumer by which it is read. */
  readonly isThere: () => boolean;
  /** Called when it is not. */
  readonly lost: () => void;
}

/** Lanes of a shard have numbers below this one. */
const MOST_LANES = 16;

/**
 * Reads one stream for one mapping: is told when something arrives and does what is next in each lane, in a microtask of the
 * same turn. Children of a shard wait until all of it is settled. Nothing runs while there is nothing to read.
 */
export class StreamReader {
  readonly source: ReadStream;
  readonly #deps: StreamReaderDeps;
  readonly #readings: StreamReadings;
  readonly #clock: Clock;
  readonly #following: Following;
  readonly #reading: StreamReading;
  readonly #calls: LaneCalls;
  readonly #lanes = new Map<number, ShardLane>();
  /** Lanes that have to do something by time alone. */
  readonly #due = new IndexedHeap<ShardLane>();
  readonly #alarm: Alarm;
  /** Shards in which there is something new. */
  readonly #news = new Set<number>();
  /** Whether there may be something new in any of them. */
  #isAllNew = true;
  #isScheduled = false;
  #isPaused = true;
  readonly #uuid: string;
  #laneCount = 1;
  /** When time alone changes the shards. */
  #nextChange = Number.POSITIVE_INFINITY;

  constructor(placed: PlacedMapping, source: ReadStream, deps: StreamReaderDeps) {
    const { scope, mapping } = placed;
    this.source = source;
    this.#deps = deps;
    this.#uuid = mapping.uuid;
    this.#readings = deps.readings.in(scope);
    this.#clock = deps.clockOf(source.stream.scope.account);
    this.#alarm = new Alarm(this.#clock, () => this.#ring());
    this.#following = source.stream.follow((shard) => this.#hear(shard));
    this.#reading = this.#begun(mapping);
    this.#calls = new LaneCalls(placed, {
      ...deps,
      source,
      clock: this.#clock,
      following: this.#following,
      reading: this.#reading,
      move: ({ shard, lane }, change) => this.#readings.move(this.#uuid, { shard: shard.index, lane }, change),
      isFree: (lane) => this.#goOn(lane),
    });
  }

  /** Whether a function is called, or about to be. */
  get isBusy(): boolean {
    return this.#calls.count > 0 || this.#isScheduled;
  }

  /** How many lanes call their function, or do something by time alone. Looks at each. */
  get workingCount(): number {
    let count = this.#isPaused ? 0 : this.#due.size;
    for (const lane of this.#lanes.values()) if (lane.isBusy) count++;
    return count;
  }

  /** What is done by time alone, the first first. To be read while nothing happens. */
  *upcoming(): Generator<MappingDue, void, void> {
    if (this.#isPaused) return;
    const { functionArn } = this.#calls.mapping;
    const { arn: sourceArn } = this.source.stream;
    for (const lane of this.#due.inOrder()) {
      const [at, kind] = [this.#due.rankOf(lane), lane.waitsFor];
      if (at !== undefined && kind !== undefined) yield { at, kind, sourceArn, functionArn, shardId: lane.shard.id };
    }
  }

  /** Reads for the mapping as it is now. */
  read(placed: PlacedMapping): void {
    this.#calls.set(placed);
    this.#laneCount = placed.mapping.parallelizationFactor;
    for (const lane of this.#lanes.values()) lane.forget();
    this.#isPaused = false;
    this.#hear(undefined);
  }

  /** Begins nothing more; what was called is noted when it answers. */
  pause(): void {
    this.#isPaused = true;
    this.#alarm.set(Number.POSITIVE_INFINITY);
    for (const lane of this.#lanes.values()) lane.forget();
  }

  /** Ends at once: nobody wants to know any more what functions answer. */
  stop(): void {
    this.pause();
    this.#following.stop();
    this.#calls.stop();
  }

  /** What was read before of the same stream is gone on with. */
  #begun({ uuid, startingPosition, parallelizationFactor: laneCount }: StreamMapping): StreamReading {
    const { id: streamId } = this.source.stream;
    const before = this.#readings.find(uuid);
    if (before?.streamId === streamId) return before;
    const start =
      startingPosition.type === "AT_TIMESTAMP"
        ? { type: startingPosition.type, instant: startingPosition.timestamp }
        : startingPosition;
    const positions = Array.from(this.#following.shards(), (shard) => {
      return [shard.index, this.#following.position(shard, start)] as const;
    });
    return this.#readings.begin(uuid, { streamId, laneCount, positions });
  }

  /** Hears in the middle of a change, so that what belongs together is looked at together. */
  #hear(shard: number | undefined): void {
    if (this.#isPaused) return;
    if (shard === undefined) this.#isAllNew = true;
    else this.#news.add(shard);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#look();
    });
  }

  #look(): void {
    if (this.#isPaused) return;
    if (this.#isAllNew && !this.#deps.isThere()) return this.#deps.lost();
    if (!this.#hasItsLanes()) return;
    const isAllNew = this.#isAllNew;
    const shards = isAllNew ? [...this.#following.shards()] : this.#newShards();
    this.#isAllNew = false;
    this.#news.clear();
    if (isAllNew) this.#forgetExpired(shards);
    for (const shard of shards) this.#lookAt(shard, isAllNew);
    this.#setAlarm();
  }

  /** Changes the lanes to as many as the mapping has, as soon as nothing is called. */
  #hasItsLanes(): boolean {
    if (this.#reading.laneCount === this.#laneCount) return true;
    this.#isAllNew = true;
    if (this.#calls.count > 0) return false;
    this.#readings.changeLanes(this.#uuid, this.#laneCount);
    for (const lane of this.#lanes.values()) this.#due.delete(lane);
    this.#lanes.clear();
    return true;
  }

  #newShards(): readonly Shard[] {
    return [...this.#news].flatMap((index) => this.#following.find(index) ?? []);
  }

  #forgetExpired(shards: readonly Shard[]): void {
    const there = new Set(shards);
    for (const [key, lane] of this.#lanes) {
      if (there.has(lane.shard) || lane.isBusy) continue;
      this.#due.delete(lane);
      this.#lanes.delete(key);
    }
  }

  #lookAt(shard: Shard, isAllNew: boolean): void {
    if (this.#reading.isFinished(shard.index) || !this.#mayBegin(shard)) return;
    for (let number = 0; number < this.#laneCount; number++) {
      const lane = this.#laneOf(shard, number);
      const isWaiting = lane.isHeldUp && (this.#due.rankOf(lane) ?? 0) > this.#clock.now();
      if (isAllNew || !isWaiting) this.#run(lane);
    }
  }

  /** AWS: what is in parents comes before what is in their children. */
  #mayBegin(shard: Shard): boolean {
    return shard.parents.every(
      (parent) => this.#reading.isFinished(parent) || this.#following.find(parent) === undefined,
    );
  }

  #run(lane: ShardLane): void {
    const until = lane.run();
    if (lane.isFinished) return this.#end(lane);
    if (until < Number.POSITIVE_INFINITY) this.#due.set(lane, until);
    else this.#due.delete(lane);
  }

  #end({ shard }: ShardLane): void {
    const lanes = Array.from({ length: this.#laneCount }, (_, number) => this.#laneOf(shard, number));
    if (!lanes.every(({ isFinished }) => isFinished)) return;
    this.#readings.finish(this.#uuid, shard.index, (other) => this.#following.find(other) !== undefined);
    for (const lane of lanes) {
      this.#due.delete(lane);
      this.#lanes.delete(keyOf(lane));
    }
    for (const { index } of shard.children) this.#hear(index);
  }

  /** A function has answered. */
  #goOn(lane: ShardLane): void {
    if (!this.#isPaused) {
      if (this.#isAllNew) this.#hear(undefined);
      else this.#run(lane);
      this.#setAlarm();
    }
    this.#deps.answered();
  }

  #ring(): void {
    const now = this.#clock.now();
    if (this.#nextChange <= now) this.#isAllNew = true;
    if (this.#isAllNew) return this.#hear(undefined);
    const due: ShardLane[] = [];
    for (let lane = this.#due.first(); lane !== undefined && this.#due.firstRank() <= now; lane = this.#due.first()) {
      this.#due.delete(lane);
      due.push(lane);
    }
    // One may have so much to look at that it is due again.
    for (const lane of due) this.#run(lane);
    this.#setAlarm();
  }

  #laneOf(shard: Shard, number: number): ShardLane {
    const key = keyOf({ shard, lane: number });
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      lane = new ShardLane(shard, number, this.#calls);
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  #setAlarm(): void {
    this.#nextChange = this.#following.nextChange;
    this.#alarm.set(Math.min(this.#due.firstRank(), this.#nextChange));
  }
}

function keyOf({ shard, lane }: Pick<ShardLane, "shard" | "lane">): number {
  return shard.index * MOST_LANES + lane;
}
