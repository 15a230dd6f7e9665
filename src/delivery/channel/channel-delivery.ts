import type {
  BucketStorage,
  ChannelDestination,
  ChannelIdentity,
  ChannelSource,
} from "../../engine/stream/channel/channel.ts";
import type { Tail, TailPiece, TailPositions } from "../../engine/stream/consumer/tail.ts";
import type { ReadLimit } from "../../engine/stream/shard/record-log.ts";
import type { Stream } from "../../engine/stream/stream.ts";
import type { Ids } from "../../kernel/ids.ts";
import { Alarm } from "../../kernel/time/alarm.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { PutObject } from "../target/bucket-folder.ts";
import { compress, extensions } from "./compression.ts";
import { objectKey } from "./object-key.ts";
import { type ObjectContent, sortRecords } from "./sorted-records.ts";

const MIB = 1024 * 1024;
/** How much one object holds, before it is compressed. AWS says no more than that objects are of the best size. */
const OBJECT_LIMIT: ReadLimit = { records: 1_000_000, bytes: 64 * MIB };
/** Behind the prefix of errors. AWS does not say. */
const ERROR_TEMPLATE =
  "!{yyyy}/!{MM}/!{dd}/!{HH}/!{channel-name}-!{channel-id}-!{yyyy}-!{MM}-!{dd}-!{HH}-!{mm}!{extension:.json}";
const UNIQUE_BYTES = 6;

type BucketDestination = Extract<ChannelDestination, { type: "S3" }>;

/** What all deliveries share. */
export interface ChannelDeliveryDeps {
  readonly ids: Ids;
  readonly put: PutObject;
  /** No record waits longer, whatever its channel says. */
  readonly longestWaitMs: number;
  /** Hears when no object is left to be put. */
  readonly written: () => void;
  /** Hears that a delivery has come further, or has something to deliver. */
  readonly changed?: (delivery: ChannelDelivery) => void;
  /** Hears of objects that could not be put. */
  readonly report: (cause: unknown) => void;
}

/** Which channel takes what from where to where. */
interface ChannelRoute {
  readonly identity: ChannelIdentity;
  readonly name: string;
  readonly stream: Stream;
  readonly source: ChannelSource;
  readonly destination: BucketDestination;
  /** Earlier records are not delivered. */
  readonly activeAt: number;
}

/** How far a delivery has come. */
export interface KeptProgress {
  /** In the shards of its stream. */
  readonly positions: TailPositions;
  /** How many objects were made. */
  readonly objects: number;
  /** When the oldest of the records arrived that wait. */
  readonly waitingSince?: number | undefined;
}

/** The same as plain data, with the channel it is of. Records that arrived before `activeAt` are not delivered. */
export interface ChannelDeliveryKept extends KeptProgress {
  readonly type: "channelDeliveryKept";
  readonly at: number;
  readonly channelArn: string;
  readonly activeAt: number;
}

/** Where an object goes, and how it is stored. */
interface Place extends Pick<BucketStorage, "bucketArn" | "compression"> {
  readonly key: string;
}

/**
 * Takes what is put on a channel's stream to its bucket: a while after the first record that waits, all that wait go
 * together. Nothing runs while none does.
 */
export class ChannelDelivery {
  readonly account: string;
  readonly streamArn: string;
  readonly #route: ChannelRoute;
  readonly #deps: ChannelDeliveryDeps;
  readonly #tail: Tail;
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  #freshnessMs: number;
  /** When the oldest of the records arrived that wait; undefined when none does. */
  #waitingSince: number | undefined;
  #objects = 0;
  /** How many of them are not put yet. */
  #unwritten = 0;
  /** How far it had come before them. */
  #before: ChannelDeliveryKept | undefined;
  #writing = Promise.resolve();

  /** `kept` is how far another one had come, where this one goes on. */
  constructor(
    route: ChannelRoute,
    clock: Clock,
    { kept, ...deps }: ChannelDeliveryDeps & { readonly kept?: KeptProgress },
  ) {
    this.account = route.stream.scope.account;
    this.streamArn = route.stream.arn;
    this.#route = route;
    this.#deps = deps;
    this.#tail = route.stream.tail(kept?.positions);
    this.#clock = clock;
    this.#alarm = new Alarm(clock, () => this.flush());
    this.#freshnessMs = route.destination.freshnessMs;
    this.#objects = kept?.objects ?? 0;
    if (kept?.waitingSince !== undefined) this.heard(kept.waitingSince);
  }

  /** How far it has come, as plain data. Objects that are being put count as put. */
  get kept(): ChannelDeliveryKept {
    const { activeAt, identity } = this.#route;
    const { arn: channelArn, createdAt: at } = identity;
    const progress = { positions: this.#tail.positions, objects: this.#objects, waitingSince: this.#waitingSince };
    return { type: "channelDeliveryKept", at, channelArn, activeAt, ...progress };
  }

  /** The same, but that objects that are being put are still to be made. */
  get owed(): ChannelDeliveryKept {
    return this.#before ?? this.kept;
  }

  /** Whether records wait to be delivered. */
  get isWaiting(): boolean {
    return this.#waitingSince !== undefined;
  }

  /** Whether objects are being put. */
  get isWriting(): boolean {
    return this.#unwritten > 0;
  }

  /** When what waits is delivered; undefined when nothing waits. */
  get flushesAt(): number | undefined {
    const waitMs = Math.min(this.#freshnessMs, this.#deps.longestWaitMs);
    return this.#waitingSince === undefined ? undefined : this.#waitingSince + waitMs;
  }

  /** Hears that a record arrived. */
  heard(arrivedAt: number): void {
    if (this.#waitingSince !== undefined || arrivedAt < this.#route.activeAt) return;
    this.#waitingSince = arrivedAt;
    this.#setAlarm();
    this.#deps.changed?.(this);
  }

  /** Has records wait from now on that arrived while nobody listened. */
  catchUp(): void {
    if (this.#tail.isBehind) this.heard(this.#clock.now());
  }

  /** Changes how long records wait, also those that do already. */
  changeFreshness(freshnessMs: number): void {
    this.#freshnessMs = freshnessMs;
    this.#setAlarm();
  }

  /** Delivers what waits. */
  flush(): void {
    const before = this.kept;
    this.drop();
    for (let taken = this.#take(); taken.length > 0; taken = this.#take()) {
      const { delivered, refused } = sortRecords(taken, this.#route.source);
      if (delivered !== undefined) this.#deliver(delivered);
      if (refused !== undefined) this.#refuse(refused);
    }
    if (this.#unwritten === 0) this.#deps.changed?.(this);
    else this.#before ??= before;
  }

  /** Delivers nothing more by itself; what waits goes on waiting. */
  stop(): void {
    this.#alarm.set(Number.POSITIVE_INFINITY);
  }

  /** Forgets what waits. */
  drop(): void {
    this.#waitingSince = undefined;
    this.#setAlarm();
  }

  /** Resolves when every object there was to put has been. */
  idle(): Promise<void> {
    return this.#writing;
  }

  #setAlarm(): void {
    this.#alarm.set(this.flushesAt ?? Number.POSITIVE_INFINITY);
  }

  /** AWS: what came before the channel was ACTIVE is not delivered. */
  #take(): readonly TailPiece[] {
    const { activeAt } = this.#route;
    return this.#tail.take(OBJECT_LIMIT).map(({ shard, records }) => ({
      shard,
      records: records.filter(({ arrivedAt }) => arrivedAt >= activeAt),
    }));
  }

  #deliver(content: ObjectContent): void {
    const { bucketArn, keyTemplate, compression } = this.#route.destination.storage;
    const key = objectKey(keyTemplate, this.#factsOf(content, extensions[compression]));
    this.#write(content.bytes, { bucketArn, key, compression });
  }

  #refuse(content: ObjectContent): void {
    const { bucketArn, errorPrefix } = this.#route.destination.deadLetters;
    const key = errorPrefix + objectKey(ERROR_TEMPLATE, this.#factsOf(content, ""));
    this.#write(content.bytes, { bucketArn, key, compression: "NONE" });
  }

  #factsOf({ arrivedAt }: ObjectContent, extension: string) {
    const { identity, name: channelName, stream } = this.#route;
    const number = String(this.#objects++).padStart(6, "0");
    const suffix = `${number}-${this.#deps.ids.bytes(UNIQUE_BYTES).toString("hex")}`;
    return { channelName, channelId: identity.id, streamName: stream.name, arrivedAt, extension, suffix };
  }

  /** One object after the other. */
  #write(content: Uint8Array, { bucketArn, key, compression }: Place): void {
    const { put, report, written, changed } = this.#deps;
    this.#unwritten++;
    this.#writing = this.#writing
      .then(async () => put(bucketArn, key, await compress(content, compression)))
      .catch(report)
      .then(() => {
        if (--this.#unwritten > 0) return;
        this.#before = undefined;
        changed?.(this);
        written();
      });
  }
}
