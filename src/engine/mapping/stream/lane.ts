/** The state of a tumbling window that is open. */
export interface OpenWindow {
  /** Epoch milliseconds. */
  readonly start: number;
  /** What the function handed on, as JSON. */
  readonly state: string;
  /** Whether it is to end before its time, since the state grew too large. */
  readonly isTerminatedEarly?: true;
}

/**
 * How far a mapping has come in one lane of a shard: all its records, or those whose partition keys go together. Positions are
 * those of the shard; instants are epoch milliseconds.
 */
export interface LaneState {
  /** Every record of the lane before it is settled: processed, discarded or not wanted. */
  readonly position: number;
  /** Since when nothing of it is under way: what is collected for a batch waits from then on, at the earliest. */
  readonly freeSince: number;
  /** Where batches end that were tried already, or cut from one that was; the first is next. Empty when the next is still to be made. */
  readonly ends: readonly number[];
  /** How often the function failed with the next batch, or with the end of the window. */
  readonly attempts: number;
  /** How often in a row an attempt led to nothing, be it that none could be made. */
  readonly setbacks: number;
  /** No attempt is made before. */
  readonly retryAt?: number;
  /** Of the latest attempt with the next batch. */
  readonly requestId?: string;
  readonly window?: OpenWindow;
}

/** A lane that begins there. */
export function newLane(position: number, freeSince: number): LaneState {
  return { position, freeSince, ends: [], attempts: 0, setbacks: 0 };
}

/** A lane whose next batch is settled, up to a position. The window stays as it is. */
export function settledLane({ window, ends }: LaneState, position: number, at: number): LaneState {
  const rest = ends.filter((end) => end > position);
  return { ...newLane(position, at), ends: rest, ...(window && { window }) };
}

/** The same lane with another window, or with none. */
export function withWindow({ window: _, ...lane }: LaneState, window: OpenWindow | undefined): LaneState {
  return window === undefined ? lane : { ...lane, window };
}

/** FNV-1a. */
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** The lane of so many to which a record belongs: always the same for one partition key. Records without one have no order to keep. */
export function laneOf(
  { index, partitionKey }: { readonly index: number; readonly partitionKey: string | undefined },
  count: number,
): number {
  if (count === 1) return 0;
  if (partitionKey === undefined) return index % count;
  let hash = OFFSET_BASIS;
  for (let place = 0; place < partitionKey.length; place++) {
    hash = Math.imul(hash ^ partitionKey.charCodeAt(place), PRIME);
  }
  return (hash >>> 0) % count;
}
