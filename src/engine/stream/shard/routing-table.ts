import { md5Head } from "../../../kernel/md5-head.ts";
import { present } from "../../../kernel/present.ts";
import { routingKey, routingKeyOf } from "./hash-range.ts";
import type { Shard } from "./shard.ts";

/** So many hexadecimal digits make a number that is exact. */
const HEAD_DIGITS = 13;

/** The open shards in the order of their hash ranges, which leave no gap. Finding one costs O(log n). */
export class RoutingTable {
  readonly shards: readonly Shard[];
  readonly #starts: readonly string[];
  /** What the starts begin with: numbers side by side are found faster than texts here and there. */
  readonly #heads: Float64Array;

  /** The shards come in the order of their ranges. */
  constructor(shards: readonly Shard[]) {
    this.shards = shards;
    this.#starts = shards.map(({ range }) => routingKey(range.start));
    this.#heads = Float64Array.from(this.#starts, headOf);
  }

  /** The shard whose range contains the key. */
  shardOf(key: string): Shard {
    let place = this.#lastUpTo(headOf(key));
    while (present(this.#starts[place], "a shard of the table") > key) place--;
    return present(this.shards[place], "a shard of the table");
  }

  /** The shard whose range contains the hash of a partition key. The hash is computed no further than that takes, where possible. */
  shardOfPartitionKey(partitionKey: string): Shard {
    const head = md5Head(partitionKey);
    const place = head === undefined ? undefined : this.#lastUpTo(head);
    // What begins with the same digits as a range may lie before it.
    if (place === undefined || this.#heads[place] === head) return this.shardOf(routingKeyOf(partitionKey));
    return present(this.shards[place], "a shard of the table");
  }

  /** The last place whose start does not begin with more; nearly always it is the one. */
  #lastUpTo(head: number): number {
    let low = 0;
    let high = this.#heads.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (present(this.#heads[middle], "a shard of the table") <= head) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function headOf(key: string): number {
  return Number.parseInt(key.slice(0, HEAD_DIGITS), 16);
}
