import { Deque } from "../../../kernel/collection/deque.ts";
import { present } from "../../../kernel/present.ts";
import type { Resharded } from "../events.ts";
import type { ShardKept } from "../kept/kept-events.ts";
import { type HashRange, joinRanges, splitRange, uniformRanges, upperHalf } from "./hash-range.ts";
import { RoutingTable } from "./routing-table.ts";
import { Shard, shardIdOf } from "./shard.ts";

/** So many neighbouring shards share one counter of sequence indexes. AWS: observed that neighbours share one. */
const SHARDS_PER_COUNTER = 5;
/** The first index of a record; 0 belongs to the shard's starting sequence number. */
const FIRST_INDEX = 1;
/** Shards nobody touches are trimmed too, so often. */
const SWEEP_MS = 60 * 60_000;

/**
 * The shards of a stream, open and closed, and which of them a hash key belongs to. A reshard closes parents in one
 * second and opens their children in the next.
 */
export class ShardMap {
  /** By index, which is the order of their creation and that of their ids; those that have expired are gone. */
  readonly #shards: (Shard | undefined)[] = [];
  /** In the order of their closing. */
  readonly #closed = new Deque<Shard>();
  readonly #counters: number[] = [];
  #routing: RoutingTable;
  #newestSecond = 0;
  /** What `keep` put in that is to be closed. */
  #toClose: ShardKept[] = [];
  #sweepAt = Number.NEGATIVE_INFINITY;

  constructor(ranges: readonly HashRange[], createdSecond: number) {
    this.#routing = new RoutingTable(ranges.map((range) => this.#add(range, createdSecond, [])));
  }

  /** The open shards in the order of their hash ranges. */
  get open(): readonly Shard[] {
    return this.#routing.shards;
  }

  /** The epoch second of the youngest shard's creation, which lies ahead for a moment after a reshard. */
  get newestSecond(): number {
    return this.#newestSecond;
  }

  find(index: number): Shard | undefined {
    return this.#shards[index];
  }

  /** Every shard that has not expired, in the order of creation, or those of them whose ids come after the text. */
  *all(afterId = ""): Generator<Shard, void, void> {
    for (let index = this.#firstAfter(afterId); index < this.#shards.length; index++) {
      const shard = this.#shards[index];
      if (shard !== undefined) yield shard;
    }
  }

  /** The open shard of a hash key in the form routing compares. */
  shardOf(key: string): Shard {
    return this.#routing.shardOf(key);
  }

  /** The open shard whose range contains the hash of a partition key. */
  shardOfPartitionKey(partitionKey: string): Shard {
    return this.#routing.shardOfPartitionKey(partitionKey);
  }

  /** The index the shard's next record gets. */
  nextIndexOf(shard: Shard): number {
    return this.#counters[Math.floor(shard.index / SHARDS_PER_COUNTER)] ?? FIRST_INDEX;
  }

  /** Notes that a record of the shard got the index. */
  useIndex(shard: Shard, index: number): void {
    const place = Math.floor(shard.index / SHARDS_PER_COUNTER);
    this.#counters[place] = Math.max(this.#counters[place] ?? 0, index + 1);
  }

  /** Makes of the shards what the event says. Costs O(n). */
  reshard(event: Resharded, second: number): void {
    switch (event.type) {
      case "split":
        return this.#splitOpen(this.#present(event.shard), BigInt(event.newStartingHashKey), second);
      case "merged":
        return this.#mergeOpen(this.#present(event.shard), this.#present(event.adjacentShard), second);
      case "rescaled":
        return this.#rescale(event.target, second);
    }
  }

  /** The horizon at which records of shards that nobody touches are forgotten next. */
  get nextSweep(): number {
    return this.#sweepAt;
  }

  /** Forgets what is older than the horizon: closed shards at once, records of shards nobody touches within the hour. */
  passTime(horizon: number): void {
    for (let shard = this.#closed.at(0); shard?.isExpired(horizon); shard = this.#closed.at(0)) {
      this.#closed.shift();
      this.#shards[shard.index] = undefined;
    }
    if (horizon < this.#sweepAt) return;
    this.#sweepAt = horizon + SWEEP_MS;
    for (const shard of this.all()) shard.log.trim(horizon);
  }

  /** Whether none was ever split or merged since a stream created them in that second. */
  isUniform(createdSecond: number): boolean {
    const ranges = uniformRanges(this.#shards.length);
    return this.#shards.every((shard, index) => {
      const range = ranges[index];
      const isFirst = shard?.isOpen === true && shard.createdSecond === createdSecond;
      return isFirst && shard.range.start === range?.start && shard.range.end === range.end;
    });
  }

  /** Puts in a shard as it was; `settleKept` is to follow. */
  keep(kept: ShardKept): void {
    const { shard: index, start, end, createdSecond, parents, closed } = kept;
    this.#shards[index] = new Shard({
      index,
      range: { start: BigInt(start), end: BigInt(end) },
      createdSecond,
      parents,
    });
    this.#newestSecond = Math.max(this.#newestSecond, createdSecond);
    if (closed !== undefined) this.#toClose.push(kept);
  }

  /** Closes what was closed, in the same order, and has records find their shards again. */
  settleKept(nextIndexes: readonly number[] | undefined): void {
    // A reshard gives the children their indexes when it closes the parents, the lower one first.
    for (const { shard: index, closed } of this.#toClose.sort(closedBefore)) {
      const shard = present(this.#shards[index], "a shard");
      const children = (closed?.children ?? []).map((child) => present(this.#shards[child], "a child of a shard"));
      shard.close(closed?.second ?? 0, children);
      this.#closed.push(shard);
    }
    this.#toClose = [];
    const open = [...this.all()].filter(({ isOpen }) => isOpen);
    this.#routing = new RoutingTable(open.sort((one, other) => (one.range.start < other.range.start ? -1 : 1)));
    for (const [place, next] of (nextIndexes ?? []).entries()) this.#counters[place] = next;
  }

  /** The counters, unless the records that are left say the same. */
  keptIndexes(): readonly number[] | undefined {
    const found: number[] = [];
    for (const { index, log } of this.all()) {
      const place = Math.floor(index / SHARDS_PER_COUNTER);
      found[place] = Math.max(found[place] ?? FIRST_INDEX, log.end);
    }
    const counters = Array.from(this.#counters, (next) => next ?? FIRST_INDEX);
    return counters.every((next, place) => next === (found[place] ?? FIRST_INDEX)) ? undefined : counters;
  }

  /** The first index whose id comes after the text. Costs O(log n). */
  #firstAfter(id: string): number {
    let low = 0;
    let high = id === "" ? 0 : this.#shards.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (shardIdOf(middle) > id) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #add(range: HashRange, createdSecond: number, parents: readonly Shard[]): Shard {
    const indexes = parents.map(({ index }) => index);
    const shard = new Shard({ index: this.#shards.length, range, createdSecond, parents: indexes });
    this.#shards.push(shard);
    this.#newestSecond = Math.max(this.#newestSecond, createdSecond);
    return shard;
  }

  /** Splits an open shard in two at the hash key where the upper one begins. */
  #splitOpen(shard: Shard, newStart: bigint, second: number): void {
    const open = this.open.flatMap((other) => (other === shard ? this.#split(shard, newStart, second) : other));
    this.#routing = new RoutingTable(open);
  }

  /** Merges two open shards, the lower one first, that are neighbours. */
  #mergeOpen(lower: Shard, upper: Shard, second: number): void {
    const open = this.open.flatMap((other) => {
      if (other === upper) return [];
      return other === lower ? this.#merge(lower, upper, second) : other;
    });
    this.#routing = new RoutingTable(open);
  }

  /**
   * Goes to so many open shards as AWS does: towards more, every shard is split in the middle first; then neighbours
   * are merged pair by pair, lowest first, until the number is right.
   */
  #rescale(target: number, second: number): void {
    let open = this.open;
    if (target > open.length) open = open.flatMap((shard) => this.#halve(shard, second));
    while (open.length > target) open = this.#mergePairs(open, open.length - target, second);
    this.#routing = new RoutingTable(open);
  }

  #present(index: number): Shard {
    return present(this.#shards[index], "a shard");
  }

  #split(shard: Shard, newStart: bigint, second: number): readonly Shard[] {
    return this.#replace([shard], splitRange(shard.range, newStart), second);
  }

  #merge(lower: Shard, upper: Shard, second: number): readonly Shard[] {
    return this.#replace([lower, upper], [joinRanges(lower.range, upper.range)], second);
  }

  /** A range of one key cannot be halved; such a shard stays. */
  #halve(shard: Shard, second: number): readonly Shard[] {
    return shard.range.start === shard.range.end ? [shard] : this.#split(shard, upperHalf(shard.range), second);
  }

  #mergePairs(open: readonly Shard[], count: number, second: number): readonly Shard[] {
    const pairs = Math.min(count, Math.floor(open.length / 2));
    const merged: Shard[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      merged.push(
        ...this.#merge(
          present(open[2 * pair], "a pair of open shards"),
          present(open[2 * pair + 1], "a pair of open shards"),
          second,
        ),
      );
    }
    return [...merged, ...open.slice(2 * pairs)];
  }

  /** Closes the parents, never before the second they were created in, and opens children in the second after. */
  #replace(parents: readonly Shard[], ranges: readonly HashRange[], second: number): readonly Shard[] {
    const closedSecond = Math.max(second, ...parents.map(({ createdSecond }) => createdSecond));
    const children = ranges.map((range) => this.#add(range, closedSecond + 1, parents));
    for (const parent of parents) {
      parent.close(closedSecond, children);
      this.#closed.push(parent);
    }
    return children;
  }
}

function closedBefore(one: ShardKept, other: ShardKept): number {
  const [first = 0, second = 0] = [one.closed?.children[0], other.closed?.children[0]];
  if (first !== second) return first - second;
  return BigInt(one.start) < BigInt(other.start) ? -1 : 1;
}
