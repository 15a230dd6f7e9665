import type { Ledger } from "../ledger.ts";
import type { Shard } from "./shard.ts";
import { filterOf, type ShardFilter } from "./shard-filter.ts";

/** What a listing of shards shows. */
interface ShardQuery {
  readonly filter?: ShardFilter | undefined;
  /** Only shards whose id comes after this text. */
  readonly afterId?: string | undefined;
  /** All that match unless said. */
  readonly maxCount?: number | undefined;
}

/** Why a split or a merge does not happen, in the order in which it is looked at. */
export type ReshardRefusal = "notActive" | "onDemand" | "noShard" | "shardLimit" | "closed";

/** How many shards a stream had and will have. */
interface Rescaling {
  readonly outcome: "rescaling";
  readonly currentCount: number;
  readonly targetCount: number;
}

/** Why a stream does not go to another number of shards. */
export interface RescaleRefusal {
  readonly outcome: "notActive" | "onDemand" | "tooOften" | "overDouble" | "belowHalf" | "streamLimit" | "shardLimit";
  readonly currentCount: number;
}

/**
 * The shards of a stream, as its users see and change them. Shards can be seen from the stream's first ACTIVE moment on,
 * closed ones until all they held has expired; a reshard shows when it is complete.
 */
export class Shards {
  readonly #ledger: Ledger;
  readonly #createdAt: number;

  constructor(ledger: Ledger, createdAt: number) {
    this.#ledger = ledger;
    this.#createdAt = createdAt;
  }

  /** Open shards. */
  get openCount(): number {
    this.#ledger.settle();
    const { state } = this.#ledger;
    return state.hasShards ? state.shards.open.length : 0;
  }

  find(index: number): Shard | undefined {
    this.#ledger.settle();
    const { state } = this.#ledger;
    const shard = state.hasShards ? state.shards.find(index) : undefined;
    return shard?.isExpired(state.horizon) ? undefined : shard;
  }

  /** The first shards that match, in the order of their creation. Costs O(log n) and what has to be looked at. */
  list({ filter = { type: "FROM_TRIM_HORIZON" }, afterId, maxCount }: ShardQuery = {}): readonly Shard[] {
    this.#ledger.settle();
    const { state } = this.#ledger;
    if (!state.hasShards) return [];
    const passes = filterOf(filter, Math.max(state.horizon, this.#createdAt));
    const found: Shard[] = [];
    for (const shard of state.shards.all(afterId)) {
      if (found.length === maxCount) break;
      if (!shard.isExpired(state.horizon) && passes(shard)) found.push(shard);
    }
    return found;
  }

  /** Splits a shard at the hash key where its upper child begins. Both children keep at least two hash keys. */
  split(index: number, newStartingHashKey: bigint): "splitting" | "badHashKey" | ReshardRefusal {
    const at = this.#ledger.settle();
    const shard = this.find(index);
    const refusal = this.#refusal();
    if (refusal !== undefined) return refusal;
    if (shard === undefined) return "noShard";
    if (this.#exceedsAccount(1)) return "shardLimit";
    const { start, end } = shard.range;
    if (newStartingHashKey <= start + 1n || newStartingHashKey >= end) return "badHashKey";
    if (!shard.isOpen) return "closed";
    const upperStart = newStartingHashKey.toString();
    this.#ledger.record({ type: "split", at, doneAt: this.#doneAt(at), shard: index, newStartingHashKey: upperStart });
    return "splitting";
  }

  /** Merges a shard with the one whose hash keys follow on its own. */
  merge(index: number, adjacentIndex: number): "merging" | "notAdjacent" | ReshardRefusal {
    const at = this.#ledger.settle();
    const [lower, upper] = [this.find(index), this.find(adjacentIndex)];
    const refusal = this.#refusal();
    if (refusal !== undefined) return refusal;
    if (lower === undefined || upper === undefined) return "noShard";
    if (lower.range.end + 1n !== upper.range.start) return "notAdjacent";
    if (!lower.isOpen || !upper.isOpen) return "closed";
    this.#ledger.record({ type: "merged", at, doneAt: this.#doneAt(at), shard: index, adjacentShard: adjacentIndex });
    return "merging";
  }

  /** Goes to another number of open shards of about equal width. The present number is no change and no refusal. */
  rescale(targetCount: number): Rescaling | RescaleRefusal {
    const at = this.#ledger.settle();
    const currentCount = this.openCount;
    const outcome = this.#refusal() ?? this.#rescaleRefusal(targetCount, at);
    if (outcome !== undefined) return { outcome, currentCount };
    if (targetCount !== currentCount) {
      this.#ledger.record({ type: "rescaled", at, doneAt: this.#doneAt(at), target: targetCount });
    }
    return { outcome: "rescaling", currentCount, targetCount };
  }

  #refusal(): "notActive" | "onDemand" | undefined {
    const { status, settings } = this.#ledger.state;
    if (status !== "ACTIVE") return "notActive";
    return settings.mode === "ON_DEMAND" ? "onDemand" : undefined;
  }

  /**
   * AWS: API_UpdateShardCount names the limits. Half of an odd number is not rounded, and a stream beyond its limit has
   * to come down below it.
   */
  #rescaleRefusal(target: number, at: number): RescaleRefusal["outcome"] | undefined {
    const { state, rules } = this.#ledger;
    const { openShardsPerStream: limit, rescalesPerDay } = rules.quotas;
    const current = state.shards.open.length;
    if (target === current) return undefined;
    if (target > 2 * current) return "overDouble";
    if (target < current / 2) return "belowHalf";
    if (target > limit || (target === limit && current > limit)) return "streamLimit";
    if (target > current && this.#exceedsAccount(target - current)) return "shardLimit";
    return state.changes.rescales.at(at) >= rescalesPerDay ? "tooOften" : undefined;
  }

  #exceedsAccount(added: number): boolean {
    const { account, rules } = this.#ledger;
    return account.openShardCount + added > rules.quotas.openShards;
  }

  #doneAt(at: number): number {
    return at + this.#ledger.rules.durations.reshardingMs;
  }
}
