import type { PathValues } from "./path-values.ts";

/** Finds, among the values under a path, those that meet a condition. */
export interface ValueSearch {
  /** Whether there is one. */
  finds(values: PathValues): boolean;
  /** Sets the marks, one for each value, of all there are. */
  mark(values: PathValues, marks: Uint8Array): void;
}
