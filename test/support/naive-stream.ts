import { md5 } from "../../src/kernel/digest.ts";
import { DAY, SECOND, START, START_SECOND } from "./stream.ts";

interface NaiveRecord {
  readonly text: string;
  readonly at: number;
}

interface NaiveShard {
  readonly start: bigint;
  readonly end: bigint;
  readonly createdSecond: number;
  closedSecond: number;
  records: readonly NaiveRecord[];
}

/** A stream without any cleverness, to hold the real one against. Shards keep their index; expired ones are undefined. */
export class NaiveStream {
  readonly shards: (NaiveShard | undefined)[] = [];
  #now = START;
  #retentionMs = DAY;

  constructor() {
    this.#add(0n, 2n ** 128n - 1n, START_SECOND - 2);
  }

  /** Indexes of the open shards, by hash range. */
  get open(): readonly number[] {
    const indexes = [...this.shards.keys()].filter((index) => this.shards[index]?.closedSecond === Infinity);
    return indexes.sort((a, b) => (this.shards[a]!.start < this.shards[b]!.start ? -1 : 1));
  }

  put(text: string, partitionKey: string): void {
    const hash = BigInt(`0x${md5(partitionKey)}`);
    const shard = this.open.map((index) => this.shards[index]!).find(({ start, end }) => start <= hash && hash <= end)!;
    shard.records = [...shard.records, { text, at: this.#now }];
  }

  split(index: number, key: bigint): void {
    const { start, end } = this.shards[index]!;
    const createdSecond = this.#close([index]);
    this.#add(start, key - 1n, createdSecond);
    this.#add(key, end, createdSecond);
  }

  merge(lower: number, upper: number): void {
    this.#add(this.shards[lower]!.start, this.shards[upper]!.end, this.#close([lower, upper]));
  }

  advance(ms: number): void {
    this.#now += ms;
    this.#expire();
  }

  retain(retentionMs: number): void {
    this.#retentionMs = retentionMs;
    this.#expire();
  }

  #add(start: bigint, end: bigint, createdSecond: number): void {
    this.shards.push({ start, end, createdSecond, closedSecond: Infinity, records: [] });
  }

  #close(indexes: readonly number[]): number {
    const parents = indexes.map((index) => this.shards[index]!);
    const second = Math.max(Math.floor(this.#now / SECOND), ...parents.map(({ createdSecond }) => createdSecond));
    for (const parent of parents) parent.closedSecond = second;
    return second + 1;
  }

  #expire(): void {
    const horizon = this.#now - this.#retentionMs;
    for (const [index, shard] of this.shards.entries()) {
      if (shard === undefined) continue;
      shard.records = shard.records.filter(({ at }) => at >= horizon);
      if ((shard.closedSecond + 1) * SECOND <= horizon) this.shards[index] = undefined;
    }
  }
}
