import fc from "fast-check";
import { expect } from "vitest";
import { type Input, type KinesisFixture, type ReadRecord, SECOND, type Shard, textsOf } from "../support/kinesis.ts";
import { KEYS, shardSteps } from "./shard-steps.ts";

/*
 * Consumers that know only the API follow a stream while it is split, merged and rescaled: by polling, as the Kinesis
 * Client Library does by default, and on subscriptions. Whatever happens, each key's records arrive once and in order.
 */

export const command = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant("poll" as const), limit: fc.integer({ min: 1, max: 5 }) }) },
  ...shardSteps(400 * SECOND),
);

export type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

/** For each key its records in order. */
export class Ledger {
  readonly byKey = new Map<string, string[]>(KEYS.map((key) => [key, []]));

  note(text: string): void {
    this.byKey.get(text.charAt(0))!.push(text);
  }

  read(records: readonly ReadRecord[]): void {
    for (const text of textsOf(records)) this.note(text);
  }
}

/** Who puts records and changes the shards. Refusals, such as those while a change is under way, are part of the game. */
export class Producer {
  readonly said = new Ledger();
  readonly #kinesis: KinesisFixture;
  #count = 0;

  constructor(kinesis: KinesisFixture) {
    this.#kinesis = kinesis;
  }

  run(step: Command): void {
    switch (step.type) {
      case "put":
        return this.#put(step.key);
      case "split":
        return this.#split(step);
      case "merge":
        return this.#merge(step);
      case "rescale":
        return this.#try("UpdateShardCount", {
          TargetShardCount: Math.max(1, Math.round((this.#open().length * step.percent) / 100)),
          ScalingType: "UNIFORM_SCALING",
        });
      case "advance":
        return this.#kinesis.clock.advance(step.ms);
      case "poll":
    }
  }

  #put(key: string): void {
    const text = `${key} ${this.#count++}`;
    this.said.note(text);
    this.#kinesis.put("stream", [text], { PartitionKey: key });
  }

  #split({ which, percent }: { readonly which: number; readonly percent: number }): void {
    const open = this.#open();
    const { ShardId, HashKeyRange } = open[which % open.length]!;
    const [start, end] = [BigInt(HashKeyRange.StartingHashKey), BigInt(HashKeyRange.EndingHashKey)];
    const NewStartingHashKey = String(start + ((end - start) * BigInt(percent)) / 100n);
    this.#try("SplitShard", { ShardToSplit: ShardId, NewStartingHashKey });
  }

  #merge({ which }: { readonly which: number }): void {
    const open = this.#open();
    const [lower, upper] = open.slice(which % open.length);
    if (lower === undefined || upper === undefined) return;
    this.#try("MergeShards", { ShardToMerge: lower.ShardId, AdjacentShardToMerge: upper.ShardId });
  }

  #open(): readonly Shard[] {
    const { Shards } = this.#kinesis.call<{ readonly Shards: readonly Shard[] }>("ListShards", {
      StreamName: "stream",
      ShardFilter: { Type: "AT_LATEST" },
    });
    return Shards.toSorted((a, b) =>
      BigInt(a.HashKeyRange.StartingHashKey) < BigInt(b.HashKeyRange.StartingHashKey) ? -1 : 1,
    );
  }

  #try(operation: string, input: Input): void {
    try {
      this.#kinesis.call(operation, { StreamName: "stream", ...input });
    } catch (cause) {
      expect(["ResourceInUseException", "InvalidArgumentException", "LimitExceededException"]).toContain(
        (cause as Error).name,
      );
    }
  }
}

/** What a consumer knows of a shard it reads. */
export interface Lease {
  readonly shardId: string;
  iterator: string | undefined;
  lastNumber: string | undefined;
}

export interface Child {
  readonly ShardId: string;
  readonly ParentShards: readonly string[];
}

/** Leases of a consumer: one for each shard, children only when all their parents have ended. */
export class Leases {
  readonly #leases = new Map<string, Lease>();
  readonly #ended = new Set<string>();

  start(shardId: string): Lease | undefined {
    if (this.#leases.has(shardId)) return undefined;
    const lease: Lease = { shardId, iterator: undefined, lastNumber: undefined };
    this.#leases.set(shardId, lease);
    return lease;
  }

  /** Yields the children that can be read now. */
  end({ shardId }: Lease, children: readonly Child[]): readonly string[] {
    this.#ended.add(shardId);
    return children
      .filter(({ ParentShards }) => ParentShards.every((parent) => this.#ended.has(parent)))
      .map(({ ShardId }) => ShardId);
  }

  get active(): readonly Lease[] {
    return [...this.#leases.values()].filter(({ shardId }) => !this.#ended.has(shardId));
  }
}

/** The shards that a consumer of the whole stream begins with. */
export function firstShards({ call }: KinesisFixture): readonly string[] {
  const input = { StreamName: "stream", ShardFilter: { Type: "AT_TRIM_HORIZON" } };
  return call<{ readonly Shards: readonly Shard[] }>("ListShards", input).Shards.map(({ ShardId }) => ShardId);
}
