/**
 * Time as everything below `app` sees it. Instants are epoch milliseconds.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * // Always the first of January, 2030; nothing falls due.
 * const clock = { now: () => Date.UTC(2030, 0, 1), at: () => () => {} };
 * const emulator = await createEmulator({ clock });
 * if (emulator.clock().now() !== Date.UTC(2030, 0, 1)) throw new Error("another time");
 * await emulator.close();
 */
export interface Clock {
  /** Current time; never goes backwards. */
  now(): number;
  /** Runs `task` once `now() >= instant`, never before `at` has returned. Returns a function that cancels it. */
  at(instant: number, task: () => void): () => void;
  /** Runs a task, in which it may be the same instant all along; for clocks that take long to be read. */
  during?<T>(task: () => T): T;
}
