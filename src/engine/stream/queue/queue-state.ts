import { present } from "../../../kernel/present.ts";
import type { QueueRecordKept } from "../kept/kept-events.ts";
import { Lifecycle } from "../lifecycle.ts";
import type { Tags } from "../settings.ts";
import type { Position } from "../shard/record-log.ts";
import type { Shard } from "../shard/shard.ts";
import type { ShardMap } from "../shard/shard-map.ts";
import { Backlog } from "./backlog.ts";
import type { QueueCreated, QueueEvent, QueueIdentity, QueueSettings, QueueStart } from "./queue-events.ts";
import { QueuedRecord } from "./queued-record.ts";
import { QueuedRecords } from "./queued-records.ts";

/** The stream of a queue at an instant. */
export interface StreamAtInstant {
  readonly shards: ShardMap;
  readonly createdAt: number;
  /** Older records are gone. */
  readonly horizon: number;
  readonly retentionMs: number;
}

/**
 * What a queue holds: how far it has come in each shard, and the records it handed out that nobody has acknowledged.
 * Only events and the passing of time change it.
 */
export class QueueState {
  readonly identity: QueueIdentity;
  readonly start: QueueStart;
  readonly backlog = new Backlog();
  readonly records = new QueuedRecords();
  settings: QueueSettings;
  tags: Tags;
  /** Text of the resource policy, if it has one. */
  policy: string | undefined;
  readonly lifecycle: Lifecycle;
  #startsAt: number | undefined;

  constructor(created: QueueCreated, stream: StreamAtInstant) {
    this.identity = created.identity;
    this.start = created.start;
    this.settings = created.settings;
    this.tags = created.tags;
    this.lifecycle = new Lifecycle(created.activeAt);
    for (const shard of stream.shards.all()) {
      shard.log.trim(stream.horizon);
      this.backlog.begin(shard, startIn(shard, created.start, stream.shards));
    }
  }

  /** The instant from which on it hands out records, known from its first ACTIVE moment on. */
  get startsAt(): number | undefined {
    return this.#startsAt;
  }

  /** When time alone next has a record be visible again, or a dead letter; Infinity when none is in flight. */
  get nextChange(): number {
    return this.records.nextDeadline;
  }

  /** Notes from which instant on it hands out records, once it is ACTIVE for the first time. */
  becameActive(at: number, { createdAt, horizon, retentionMs }: StreamAtInstant): void {
    const earliest = Math.max(createdAt, horizon, at - retentionMs);
    this.#startsAt ??= this.start.type === "LATEST" ? this.identity.createdAt : this.#startFrom(earliest);
  }

  /** Ends the visibility timeouts that are due by `now`, and forgets the records that arrived before the horizon: so many of both. */
  release(now: number, horizon: number, most: number): void {
    this.records.passTime({ now, horizon }, this.settings, most);
  }

  apply(event: Exclude<QueueEvent, { readonly type: "queueCreated" | "queueDeleted" }>, shards: ShardMap): void {
    switch (event.type) {
      case "queueUpdated":
        this.settings = event.settings;
        this.records.bury(event.settings);
        return;
      case "queueStartKept":
        this.#startsAt = event.startsAt;
        return;
      case "queuePositionKept":
        return this.backlog.keep(present(shards.find(event.shard), "a shard"), event.position);
      case "queueRecordKept":
        return this.#keep(present(shards.find(event.shard), "a shard"), event);
      case "queueTagged":
        this.tags = event.tags;
        return;
      case "queuePolicyChanged":
        this.policy = event.policy;
        return;
      case "queueRecordReceived":
        return this.#receive(present(shards.find(event.shard), "a shard"), event);
      default: {
        const shard = present(shards.find(event.shard), "a shard");
        const record = present(this.records.find(shard, event.index), "a record of a queue");
        if (event.type === "queueRecordHidden") return this.records.hide(record, event.visibleAt);
        if (event.type === "queueRecordReturned") return this.records.putBack(record, event.at);
        if (event.type === "queueRecordRestored") return this.records.restore(record, event.at);
        return this.records.delete(record);
      }
    }
  }

  #keep(shard: Shard, kept: QueueRecordKept): void {
    const { index, at } = kept;
    const arrivedAt = present(shard.log.arrivalOf(index), "a record of the shard");
    this.records.keep(new QueuedRecord({ shard, index, arrivedAt }, at), kept);
  }

  #receive(
    shard: Shard,
    { index, at, visibleAt }: { readonly index: number; readonly at: number; readonly visibleAt: number },
  ): void {
    let record = this.records.find(shard, index);
    if (record === undefined) {
      const arrivedAt = present(shard.log.arrivalOf(index), "a record of the shard");
      record = new QueuedRecord({ shard, index, arrivedAt }, at);
      this.records.add(record);
      this.backlog.take(shard, index);
    }
    this.records.receive(record, visibleAt);
  }

  #startFrom(earliest: number): number {
    return this.start.type === "AT_TIMESTAMP" ? Math.max(this.start.instant, earliest) : earliest;
  }
}

function startIn(shard: Shard, start: QueueStart, shards: ShardMap): Position {
  switch (start.type) {
    case "TRIM_HORIZON":
      return 0;
    case "LATEST":
      return shards.nextIndexOf(shard);
    case "AT_TIMESTAMP":
      return shard.log.positionOfArrival(start.instant) ?? shards.nextIndexOf(shard);
  }
}
