import type { StreamRules } from "../rules.ts";
import { upperHalf } from "../shard/hash-range.ts";
import { type NewRecord, recordBytes } from "../shard/record.ts";
import type { Shard } from "../shard/shard.ts";
import type { StreamState } from "../stream-state.ts";
import { Capacity } from "./capacity.ts";
import { OnDemandGrowth } from "./on-demand-growth.ts";
import type { ShardThrottlePort, ThrottledStream } from "./shard-throttle.ts";

/** What throughput needs of its stream. */
interface ThroughputDeps {
  readonly stream: ThrottledStream;
  readonly state: StreamState;
  readonly rules: Pick<StreamRules, "capacity">;
  readonly throttle: ShardThrottlePort | undefined;
  /** Splits the shard in two, at once. */
  readonly split: (shard: Shard, newStart: bigint, at: number) => void;
}

/** How much a stream takes and gives, and how one on demand grows with it. Without rules it is as much as anybody likes. */
export class Throughput {
  readonly #deps: ThroughputDeps;
  readonly #capacity: Capacity | undefined;
  readonly #growth: OnDemandGrowth | undefined;

  constructor(deps: ThroughputDeps) {
    this.#deps = deps;
    const { capacity } = deps.rules;
    this.#capacity = capacity && new Capacity(capacity);
    this.#growth = capacity && new OnDemandGrowth(capacity);
  }

  admitWrite(record: NewRecord, shard: Shard, at: number): boolean {
    const { stream, state, throttle } = this.#deps;
    const { partitionKey } = record;
    if (throttle?.present?.throttles(stream, { kind: "write", shardId: shard.id, partitionKey })) return false;
    if (this.#capacity === undefined) return true;
    const bytes = recordBytes(record);
    if (state.settings.mode === "ON_DEMAND") this.#growth?.note(shard.index, bytes);
    return this.#capacity.admitWrite(shard.index, bytes, at);
  }

  /** Whether the shard can be read now. How much is read is told afterwards. */
  admitRead(shard: Shard, now: number): boolean {
    const { stream, throttle } = this.#deps;
    if (throttle?.present?.throttles(stream, { kind: "read", shardId: shard.id })) return false;
    return this.#capacity?.admitRead(shard.index, now) !== false;
  }

  noteRead(shard: Shard, bytes: number, now: number): void {
    this.#capacity?.noteRead(shard.index, bytes, now);
  }

  admitIterator(shard: Shard, now: number): boolean {
    return this.#capacity?.admitIterator(shard.index, now) !== false;
  }

  /** Has an on-demand stream follow its traffic. Its status does not show it. */
  grow(at: number): void {
    const { state, rules, split } = this.#deps;
    if (this.#growth === undefined || state.settings.mode !== "ON_DEMAND" || state.status !== "ACTIVE") return;
    const most = rules.capacity?.onDemandShards ?? 0;
    for (const index of this.#growth.due(at)) {
      const shard = state.shards.find(index);
      if (!shard?.isOpen || shard.range.start === shard.range.end || state.shards.open.length >= most) continue;
      split(shard, upperHalf(shard.range), at);
    }
  }
}
