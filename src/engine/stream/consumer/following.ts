import type { StoredRecord } from "../shard/record.ts";
import type { Position } from "../shard/record-log.ts";
import type { Shard } from "../shard/shard.ts";
import { findPosition, type StartingPosition } from "../shard/starting-position.ts";
import type { StreamState } from "../stream-state.ts";
import type { ShardListener, Watchers } from "./watchers.ts";

/** What following needs of its stream. */
interface FollowedStream {
  readonly state: Pick<StreamState, "shards" | "hasShards" | "horizon" | "nextChange" | "settings">;
  readonly watchers: Watchers;
  /** Lets time catch up and says what time it is. */
  settle(): number;
  /** Hears that everything before the position was read. */
  read(shard: Shard, position: Position, consumer?: string): void;
}

/** A record with its place. */
interface FollowedRecord {
  readonly index: number;
  readonly record: StoredRecord;
}

/** Reads the shards of a stream in its own time, and is told when there may be something new. Nobody's capacity is used up. */
export class Following {
  readonly #stream: FollowedStream;
  readonly #leave: () => void;

  /** `changed` is told of each record that arrives and of all that changes shards, in the middle of it: it is to ask later. */
  constructor(stream: FollowedStream, changed: ShardListener) {
    this.#stream = stream;
    this.#leave = stream.watchers.listen(changed);
  }

  /** How long records stay. */
  get retentionMs(): number {
    return this.#stream.state.settings.retentionMs;
  }

  /** When time alone changes the shards; Infinity when it does not. */
  get nextChange(): number {
    this.#stream.settle();
    return this.#stream.state.nextChange;
  }

  /** Every shard that has not expired, parents before children; none until the stream is ACTIVE for the first time. */
  shards(): Iterable<Shard> {
    this.#stream.settle();
    const { hasShards, shards } = this.#stream.state;
    return hasShards ? shards.all() : [];
  }

  /** The shard, unless it has expired. */
  find(shard: number): Shard | undefined {
    this.#stream.settle();
    return this.#stream.state.shards.find(shard);
  }

  /** Where reading begins. An instant that lies ahead counts as LATEST. */
  position(shard: Shard, start: StartingPosition): Position {
    const now = this.#stream.settle();
    const { shards, horizon } = this.#stream.state;
    const found = findPosition(shard, start, { shards, horizon, now });
    return found.outcome === "found" ? found.position : this.end(shard);
  }

  /** The position behind everything the shard holds. */
  end(shard: Shard): Position {
    return this.#stream.state.shards.nextIndexOf(shard);
  }

  /** The records from the position on; none may come or go until the last that is wanted was taken. */
  records(shard: Shard, position: Position): Iterable<FollowedRecord> {
    this.#stream.settle();
    shard.log.trim(this.#stream.state.horizon);
    return shard.log.from(position);
  }

  /** Notes that everything before the position was read, by a consumer if it is named. */
  noteRead(shard: Shard, position: Position, consumer?: string): void {
    this.#stream.read(shard, position, consumer);
  }

  stop(): void {
    this.#leave();
  }
}
