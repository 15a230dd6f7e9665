import type { Invocation, Outcome } from "../runner.ts";

/** What runs one revision of a function, by whichever means. */
export interface FunctionHost {
  /** Never rejects. */
  invoke(invocation: Invocation, signal: AbortSignal): Promise<Outcome>;
  /** Ends the process that would take the next invocation, if one is free; there where it has processes. */
  endNext?(): void;
  /** What is free ends, what works once it has answered. */
  retire(): void;
  /** Takes nothing more, and stops at once what is under way. */
  abandon(): void;
  /** Ends everything. */
  close(): Promise<void>;
}
