import type { Invocation, Outcome } from "../runner.ts";

/** What runs one revision of a function, by whichever means. */
export interface FunctionHost {
  /** Never rejects. */
  invoke(invocation: Invocation, signal: AbortSignal): Promise<Outcome>;
  /** Starts ahead of the first invocation what can be. */
  warm(): void;
  /** What is free ends, what works once it has answered. */
  retire(): void;
  /** Ends everything. */
  close(): Promise<void>;
}
