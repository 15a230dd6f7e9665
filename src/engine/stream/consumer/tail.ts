import type { StoredRecord } from "../shard/record.ts";
import type { Position, ReadLimit } from "../shard/record-log.ts";
import type { Shard } from "../shard/shard.ts";
import type { ShardBatch } from "../shard/shard-batch.ts";

/** What a tail needs of its stream. */
interface TailedStream {
  /** Every shard there is, parents before children. */
  shards(): Iterable<Shard>;
  /** The position behind everything the shard holds. */
  end(shard: Shard): Position;
  batch(shard: Shard, position: Position, limit: ReadLimit): ShardBatch;
}

/** Positions in shards, by the indexes of those. */
export type TailPositions = readonly (readonly [shard: number, position: Position])[];

/** Records of one shard, in their order. */
export interface TailPiece {
  readonly shard: Shard;
  readonly records: readonly StoredRecord[];
}

/** Everything that is put on a stream from now on, whatever becomes of its shards. Nobody's capacity is used up. */
export class Tail {
  readonly #stream: TailedStream;
  /** By index. Shards to come are read from their beginning. */
  readonly #positions: Map<number, Position> = new Map();

  /** Begins behind all there is, or where another one had come. */
  constructor(stream: TailedStream, positions?: TailPositions) {
    this.#stream = stream;
    if (positions !== undefined) this.#positions = new Map(positions);
    else for (const shard of stream.shards()) this.#positions.set(shard.index, stream.end(shard));
  }

  /** How far it has come in the shards there are. */
  get positions(): TailPositions {
    return Array.from(this.#stream.shards(), ({ index }) => [index, this.#positions.get(index) ?? 0] as const);
  }

  /** Whether there is something that was not taken. Costs O(shards). */
  get isBehind(): boolean {
    for (const shard of this.#stream.shards()) {
      if ((this.#positions.get(shard.index) ?? 0) < this.#stream.end(shard)) return true;
    }
    return false;
  }

  /** The next records, nothing when there are none. Costs O(shards) and what it returns. */
  take(limit: ReadLimit): readonly TailPiece[] {
    const pieces: TailPiece[] = [];
    const rest = { ...limit };
    for (const shard of this.#stream.shards()) {
      const { records, bytes, next } = this.#stream.batch(shard, this.#positions.get(shard.index) ?? 0, rest);
      this.#positions.set(shard.index, next);
      if (records.length === 0) continue;
      pieces.push({ shard, records });
      rest.records -= records.length;
      rest.bytes -= bytes;
      if (rest.records <= 0 || rest.bytes <= 0) break;
    }
    return pieces;
  }
}
