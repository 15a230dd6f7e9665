import type { Entry } from "../kernel/event/event-log.ts";

/** What is kept somewhere, for one who only looks. */
export interface KeptState {
  /** What it is written in. */
  readonly format: number;
  readonly bytes: number;
  /** Epoch milliseconds; undefined where that is not noted. */
  readonly writtenAt: number | undefined;
  entries(): Iterable<readonly Entry[]>;
}
