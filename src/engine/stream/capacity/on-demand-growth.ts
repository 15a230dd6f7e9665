import type { CapacityRules } from "../rules.ts";

/** How long traffic is watched before shards are added. AWS says within minutes, not how many. */
const WINDOW_MS = 60_000;

interface Traffic {
  bytes: number;
  records: number;
}

/**
 * Decides when an on-demand stream needs more shards. AWS keeps room for twice the traffic seen so far, so a shard that
 * was used beyond half of what it bears is split.
 *
 * GAP: AWS also looks at the peak of the last 30 days, and lets go of shards again.
 */
export class OnDemandGrowth {
  readonly #rules: CapacityRules;
  readonly #traffic = new Map<number, Traffic>();
  #windowEndsAt = Number.NEGATIVE_INFINITY;

  constructor(rules: CapacityRules) {
    this.#rules = rules;
  }

  /** Counts a record offered to the shard, whether or not it was throttled. */
  note(shard: number, bytes: number): void {
    const traffic = this.#traffic.get(shard);
    if (traffic === undefined) this.#traffic.set(shard, { bytes, records: 1 });
    else {
      traffic.bytes += bytes;
      traffic.records++;
    }
  }

  /** The shards to split now that time has passed; each is named once. */
  due(now: number): readonly number[] {
    if (now < this.#windowEndsAt) return [];
    this.#windowEndsAt = now + WINDOW_MS;
    const busy = [...this.#traffic].filter(([, traffic]) => this.#isBusy(traffic)).map(([shard]) => shard);
    this.#traffic.clear();
    return busy;
  }

  #isBusy({ bytes, records }: Traffic): boolean {
    const seconds = WINDOW_MS / 1000;
    const { writeBytes, writeRecords } = this.#rules;
    return bytes > (writeBytes * seconds) / 2 || records > (writeRecords * seconds) / 2;
  }
}
