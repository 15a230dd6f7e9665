import type { AccountFacts } from "./definition.ts";
import type { StreamEvent } from "./events.ts";
import type { StreamRules } from "./rules.ts";
import type { StreamState } from "./stream-state.ts";

/** What the parts of one stream share: its state, and the two ways in which it changes. */
export interface Ledger {
  readonly state: StreamState;
  readonly rules: StreamRules;
  readonly account: AccountFacts;
  /** Lets time catch up and says what time it is. */
  settle(): number;
  record(event: StreamEvent): void;
  /** Has all that is recorded meanwhile be one transaction. */
  together<T>(deed: () => T): T;
}
