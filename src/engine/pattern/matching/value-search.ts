import type { PathValues } from "./path-values.ts";
import type { OrderName } from "./sorted-values.ts";

/** Finds, among the values under a path, those that meet a condition. */
export interface ValueSearch {
  /** The orders it needs the values in. */
  readonly orders: readonly OrderName[];
  /** Whether there is one. */
  finds(values: PathValues): boolean;
  /** How many there are. */
  count(values: PathValues): number;
  /** Sets the marks, one for each value, of all there are. */
  mark(values: PathValues, marks: Uint8Array): void;
}
