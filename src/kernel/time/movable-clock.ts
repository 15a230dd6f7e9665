import type { Clock } from "./clock.ts";

/** How time is advanced in turns. */
export interface Turns {
  /** Stops the clock where it has got to. */
  readonly signal?: AbortSignal | undefined;
  /** Lets others have their turn. */
  readonly nextTurn?: () => Promise<void>;
}

/** Time that can be moved. */
export interface MovableClock extends Clock {
  readonly isFrozen: boolean;
  /** Alarms that have not rung yet. */
  readonly pending: number;
  freeze(): void;
  resume(): void;
  advanceInTurns(by: number | string, turns?: Turns): Promise<void>;
  /** The same up to an instant. Throws TimeError when it is past that already. */
  advanceTo(instant: number, turns?: Turns): Promise<void>;
}
