/** Time as everything below `app` sees it. Instants are epoch milliseconds. */
export interface Clock {
  /** Current time; never goes backwards. */
  now(): number;
  /** Runs `task` once `now() >= instant`, never before `at` has returned. Returns a function that cancels it. */
  at(instant: number, task: () => void): () => void;
}
