import type { LaneState } from "./lane.ts";

/** Lanes that were replaced by others, as far as they had come. */
export interface FormerLanes {
  readonly positions: readonly number[];
}

/** What became of what is next in a lane. */
export type LaneChange =
  /** The function took a batch, or what came before the first record that it reported. */
  | "batchProcessed"
  | "batchProcessedInPart"
  | "batchFailed"
  /** Two halves are tried in the place of one that failed. */
  | "batchBisected"
  /** No attempt could be made. */
  | "batchPutOff"
  /** It was given up. */
  | "batchDiscarded"
  /** The first records of it grew too old. */
  | "recordsExpired"
  /** Filters do not want the records, or they are gone. */
  | "recordsPassed"
  | "windowClosed";

/** A shard that is read, as plain data. */
export interface KeptShard {
  readonly shard: number;
  readonly lanes: readonly LaneState[];
  readonly former?: readonly FormerLanes[];
}

/** What can happen to the reading of one mapping. Shards go by their index, instants are epoch milliseconds. */
export type ReadingEvent = { readonly at: number } & (
  | {
      readonly type: "readingBegun";
      readonly streamId: string;
      /** Lanes of each shard. */
      readonly laneCount: number;
      /** Of the shards there are. Those to come are read from their beginning. */
      readonly positions: readonly (readonly [shard: number, position: number])[];
    }
  | { readonly type: LaneChange; readonly shard: number; readonly lane: number; readonly state: LaneState }
  | { readonly type: "lanesChanged"; readonly laneCount: number }
  /** All of a closed shard is settled. Others that were, and that the stream no longer has, need not be known any more. */
  | { readonly type: "shardFinished"; readonly shard: number; readonly gone: readonly number[] }
  | { readonly type: "readingForgotten" }
  | {
      readonly type: "readingKept";
      readonly streamId: string;
      readonly laneCount: number;
      readonly shards: readonly KeptShard[];
      readonly finished: readonly number[];
    }
);
