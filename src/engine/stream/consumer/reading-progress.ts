import type { Position } from "../shard/record-log.ts";
import type { Shard } from "../shard/shard.ts";

/** Records of a shard that were not read. */
export interface UnreadRecords {
  readonly shardId: string;
  readonly count: number;
}

/** Those who call GetRecords, who have no name. */
const NAMELESS = "";

/**
 * How far readers have come in each shard: each registered consumer, and all who call GetRecords together, of whom the one
 * counts that is furthest. It is no state of the stream: readers are told apart by nothing that would be replayed.
 */
export class ReadingProgress {
  readonly #byReader = new Map<string, Map<number, Position>>();

  /** Notes that everything before the position was read, by a consumer if it is named. */
  note(shard: Shard, position: Position, consumer = NAMELESS): void {
    let positions = this.#byReader.get(consumer);
    if (positions === undefined) {
      positions = new Map();
      this.#byReader.set(consumer, positions);
    }
    if (position > (positions.get(shard.index) ?? -1)) positions.set(shard.index, position);
  }

  /** The position before which everything of the shard was read; 0 where nothing was. */
  positionIn(shard: Shard, consumer = NAMELESS): Position {
    return this.#byReader.get(consumer)?.get(shard.index) ?? 0;
  }

  forget(consumer: string): void {
    this.#byReader.delete(consumer);
  }

  /** The shards in which there is something that was not read. Costs O(n) in the segments of their logs. */
  unread(shards: readonly Shard[], consumer = NAMELESS): readonly UnreadRecords[] {
    const positions = this.#byReader.get(consumer);
    return shards
      .map(({ id, index, log }) => ({ shardId: id, count: log.countFrom(positions?.get(index) ?? 0) }))
      .filter(({ count }) => count > 0);
  }
}
