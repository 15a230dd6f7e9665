import type { Stream } from "../../api/control.ts";

export type Shard = Stream["shards"][number];

/** A shard with its place on the map: from left to right by generation, from top to bottom by hash key. */
export interface PlacedShard {
  readonly shard: Shard;
  readonly generation: number;
  /** Shares of the whole range of hash keys, 0 to 1. */
  readonly top: number;
  readonly height: number;
}

const HASH_KEYS = 2n ** 128n;

/** Where the shards lie. A child is one generation to the right of its younger parent. */
export function placedShards(shards: readonly Shard[]): readonly PlacedShard[] {
  const generations = new Map<string, number>();
  return shards.map((shard) => {
    const generationOf = (id = ""): number => generations.get(id) ?? -1;
    const generation = Math.max(generationOf(shard.parentShardId), generationOf(shard.adjacentParentShardId)) + 1;
    generations.set(shard.shardId, generation);
    const [from, to] = [BigInt(shard.startingHashKey), BigInt(shard.endingHashKey)];
    return { shard, generation, top: shareOf(from), height: shareOf(to - from + 1n) };
  });
}

/** The hash key in the middle of a shard, at which it can be split. */
export function middleOf({ startingHashKey, endingHashKey }: Shard): string {
  return String((BigInt(startingHashKey) + BigInt(endingHashKey)) / 2n + 1n);
}

/** The open shard that begins where this one ends, with which it can be merged. */
export function neighbourOf(shard: Shard, shards: readonly Shard[]): Shard | undefined {
  const next = String(BigInt(shard.endingHashKey) + 1n);
  return shards.find(({ isOpen, startingHashKey }) => isOpen && startingHashKey === next);
}

/** The number at the end of an id, which is what people tell shards by. */
export function shortId(shardId: string): string {
  return shardId.replace(/^shardId-0*(?=\d)/, "shard ");
}

function shareOf(keys: bigint): number {
  return Number((keys * 1_000_000n) / HASH_KEYS) / 1_000_000;
}
