import type { CapacityRules } from "../rules.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What one shard has been used for lately. */
class ShardUse {
  readonly writtenBytes: TokenBucket;
  readonly writtenRecords: TokenBucket;
  readonly reads: TokenBucket;
  readonly readBytes: TokenBucket;
  readonly iterators: TokenBucket;
  readBlockedUntil = Number.NEGATIVE_INFINITY;

  constructor(rules: CapacityRules, now: number) {
    this.writtenBytes = new TokenBucket(rules.writeBytes, now);
    this.writtenRecords = new TokenBucket(rules.writeRecords, now);
    this.reads = new TokenBucket(rules.reads, now);
    this.readBytes = new TokenBucket(rules.readBytes, now);
    this.iterators = new TokenBucket(rules.iterators, now);
  }
}

/** What the shards of one stream can bear. */
export class Capacity {
  readonly #rules: CapacityRules;
  readonly #byShard = new Map<number, ShardUse>();

  constructor(rules: CapacityRules) {
    this.#rules = rules;
  }

  /** Whether the shard takes one more record now. One that is larger than a second's worth passes when nothing did yet. */
  admitWrite(shard: number, bytes: number, now: number): boolean {
    const { writtenBytes, writtenRecords } = this.#useOf(shard, now);
    if (!writtenBytes.holds(bytes, now) || !writtenRecords.take(1, now)) return false;
    writtenBytes.drain(bytes);
    return true;
  }

  /** Whether the shard can be read now. How much is read is told afterwards. */
  admitRead(shard: number, now: number): boolean {
    const { reads, readBytes, readBlockedUntil } = this.#useOf(shard, now);
    return now >= readBlockedUntil && readBytes.holds(1, now) && reads.take(1, now);
  }

  /** A reply beyond a second's worth blocks reads for all the seconds it is worth: 10 MiB for five. API_GetRecords. */
  noteRead(shard: number, bytes: number, now: number): void {
    const use = this.#useOf(shard, now);
    if (bytes > this.#rules.readBytes) use.readBlockedUntil = now + (bytes * 1000) / this.#rules.readBytes;
    else use.readBytes.drain(bytes);
  }

  admitIterator(shard: number, now: number): boolean {
    return this.#useOf(shard, now).iterators.take(1, now);
  }

  #useOf(shard: number, now: number): ShardUse {
    let use = this.#byShard.get(shard);
    if (use === undefined) {
      use = new ShardUse(this.#rules, now);
      this.#byShard.set(shard, use);
    }
    return use;
  }
}
