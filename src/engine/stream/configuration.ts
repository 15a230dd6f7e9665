import { isDeepStrictEqual } from "node:util";
import type { Ledger } from "./ledger.ts";
import {
  countOf,
  LONGEST_RETENTION_MS,
  type RecordDistribution,
  SHORTEST_RETENTION_MS,
  type StreamMode,
  type StreamSettings,
  type Tags,
  withChanges,
  withoutTags,
  withTags,
} from "./settings.ts";
import type { WarmThroughput } from "./stream-state.ts";

/** A change is done, or refused because the stream is not ACTIVE. */
type Change = "changed" | "notActive";

/** AWS: a queue needs a stream in on-demand mode. */
type ModeChange = Change | "hasQueues" | "tooOften" | "onDemandLimit" | "noCommitment";

/** Shard-level metrics that were on, and those that are. */
export interface MetricsChange {
  readonly current: readonly string[];
  readonly desired: readonly string[];
}

/**
 * How a stream is configured, tagged and protected. What changes settings needs an ACTIVE stream and leaves it UPDATING
 * for a while, unless said otherwise; a change to what is already so is none.
 */
export class Configuration {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  get settings(): StreamSettings {
    return this.#ledger.state.settings;
  }

  get warmThroughput(): WarmThroughput | undefined {
    this.#ledger.settle();
    return this.#ledger.state.warmThroughput;
  }

  get tags(): Tags {
    return this.#ledger.state.tags;
  }

  /** Text of the resource policy, if there is one. */
  get policy(): string | undefined {
    return this.#ledger.state.policy;
  }

  /** Keeps records longer. What has expired stays gone. */
  increaseRetention(retentionMs: number): Change | "tooShort" | "tooLong" | "belowCurrent" {
    const isLower = retentionMs < this.settings.retentionMs;
    return this.#retentionRefusal(retentionMs) ?? (isLower ? "belowCurrent" : this.#change({ retentionMs }));
  }

  /** Keeps records for a shorter time; older ones are gone at once. */
  decreaseRetention(retentionMs: number): Change | "tooShort" | "tooLong" | "aboveCurrent" {
    const isHigher = retentionMs > this.settings.retentionMs;
    return this.#retentionRefusal(retentionMs) ?? (isHigher ? "aboveCurrent" : this.#change({ retentionMs }));
  }

  /** Has records that come from now on stored under the key. */
  startEncryption(keyId: string): Change | "tooOften" {
    const { state, rules } = this.#ledger;
    const isOften = state.changes.encryptionStarts.at(this.#ledger.settle()) >= rules.quotas.encryptionChangesPerDay;
    if (!this.#isActive) return "notActive";
    return isOften && keyId !== this.settings.encryptionKeyId ? "tooOften" : this.#change({ encryptionKeyId: keyId });
  }

  stopEncryption(): Change | "tooOften" {
    const { state, rules } = this.#ledger;
    const isOften = state.changes.encryptionStops.at(this.#ledger.settle()) >= rules.quotas.encryptionChangesPerDay;
    if (!this.#isActive) return "notActive";
    const isOn = this.settings.encryptionKeyId !== undefined;
    return isOften && isOn ? "tooOften" : this.#change({ encryptionKeyId: undefined });
  }

  /** Goes to the other capacity mode with the shards as they are. Only on-demand streams keep what is theirs alone. */
  changeMode(mode: StreamMode, warmThroughputMiBps?: number): ModeChange {
    const { state, rules, account } = this.#ledger;
    const now = this.#ledger.settle();
    if (!this.#isActive) return "notActive";
    if (mode === this.settings.mode) return "changed";
    if (mode === "PROVISIONED" && state.queues.size > 0) return "hasQueues";
    if (state.changes.modeSwitches.at(now) >= rules.quotas.modeSwitchesPerDay) return "tooOften";
    if (mode === "PROVISIONED") {
      return this.#change({ mode, distribution: "USER_PARTITION_KEY", warmThroughputMiBps: undefined });
    }
    if (account.onDemandStreamCount >= rules.quotas.onDemandStreams) return "onDemandLimit";
    if (warmThroughputMiBps !== undefined && !account.hasThroughputCommitment) return "noCommitment";
    return this.#change({ mode, warmThroughputMiBps });
  }

  changeMaxRecordBytes(maxRecordBytes: number): Change {
    return this.#change({ maxRecordBytes });
  }

  changeWarmThroughput(warmThroughputMiBps: number): Change | "notOnDemand" | "noCommitment" {
    this.#ledger.settle();
    if (!this.#isActive) return "notActive";
    if (this.settings.mode !== "ON_DEMAND") return "notOnDemand";
    return this.#ledger.account.hasThroughputCommitment ? this.#change({ warmThroughputMiBps }) : "noCommitment";
  }

  /** Decides how records that come from now on are placed. Takes effect at once and leaves an UPDATING stream alone. */
  changeDistribution(distribution: RecordDistribution): Change | "notOnDemand" {
    const at = this.#ledger.settle();
    if (!this.#isUsable) return "notActive";
    if (distribution === "AUTO" && this.settings.mode !== "ON_DEMAND") return "notOnDemand";
    if (distribution !== this.settings.distribution) {
      this.#ledger.record({
        type: "configured",
        at,
        doneAt: at,
        settings: withChanges(this.settings, { distribution }),
      });
    }
    return "changed";
  }

  enableMetrics(metrics: readonly string[]): MetricsChange | "notActive" {
    const current = this.settings.shardLevelMetrics;
    return this.#changeMetrics([...new Set([...current, ...metrics])]);
  }

  disableMetrics(metrics: readonly string[]): MetricsChange | "notActive" {
    const current = this.settings.shardLevelMetrics;
    return this.#changeMetrics(current.filter((metric) => !metrics.includes(metric)));
  }

  /** Adds tags; an UPDATING stream takes them too. */
  tag(added: Tags): Change | "tooMany" {
    const at = this.#ledger.settle();
    if (!this.#isUsable) return "notActive";
    const tags = withTags(this.tags, added);
    if (countOf(tags) > this.#ledger.rules.quotas.tagsPerResource) return "tooMany";
    this.#ledger.record({ type: "tagged", at, tags });
    return "changed";
  }

  /** Removes tags; an UPDATING stream takes it too. */
  untag(keys: readonly string[]): Change {
    const at = this.#ledger.settle();
    if (!this.#isUsable) return "notActive";
    this.#ledger.record({ type: "tagged", at, tags: withoutTags(this.tags, keys) });
    return "changed";
  }

  /** Replaces the resource policy, or removes it; an UPDATING stream takes it too. */
  changePolicy(policy: string | undefined): Change {
    const at = this.#ledger.settle();
    if (!this.#isUsable) return "notActive";
    this.#ledger.record({ type: "policyChanged", at, policy });
    return "changed";
  }

  get #isActive(): boolean {
    return this.#ledger.state.status === "ACTIVE";
  }

  get #isUsable(): boolean {
    return this.#isActive || this.#ledger.state.status === "UPDATING";
  }

  #retentionRefusal(retentionMs: number): "tooShort" | "tooLong" | "notActive" | undefined {
    this.#ledger.settle();
    if (!this.#isActive) return "notActive";
    if (retentionMs < SHORTEST_RETENTION_MS) return "tooShort";
    return retentionMs > LONGEST_RETENTION_MS ? "tooLong" : undefined;
  }

  #changeMetrics(desired: readonly string[]): MetricsChange | "notActive" {
    const current = this.settings.shardLevelMetrics;
    const isSame = desired.length === current.length;
    const outcome = this.#change(isSame ? {} : { shardLevelMetrics: desired });
    return outcome === "changed" ? { current, desired } : outcome;
  }

  #change(changes: Partial<StreamSettings>): Change {
    const at = this.#ledger.settle();
    if (!this.#isActive) return "notActive";
    const settings = withChanges(this.settings, changes);
    if (isDeepStrictEqual(settings, this.settings)) return "changed";
    this.#ledger.record({ type: "configured", at, doneAt: at + this.#ledger.rules.durations.updatingMs, settings });
    return "changed";
  }
}
