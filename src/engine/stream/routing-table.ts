import { routingKey } from "./hash-range.ts";
import type { Shard } from "./shard.ts";

/** The open shards in the order of their hash ranges, which leave no gap. Finding one costs O(log n). */
export class RoutingTable {
  readonly shards: readonly Shard[];
  readonly #starts: readonly string[];

  /** The shards come in the order of their ranges. */
  constructor(shards: readonly Shard[]) {
    this.shards = shards;
    this.#starts = shards.map(({ range }) => routingKey(range.start));
  }

  /** The shard whose range contains the key. */
  shardOf(key: string): Shard {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#starts[middle]! <= key) low = middle;
      else high = middle - 1;
    }
    return this.shards[low]!;
  }
}
