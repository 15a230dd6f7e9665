import type { Clock } from "../../kernel/clock.ts";
import type { Journal } from "../../kernel/journal.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { StreamEvent } from "./events.ts";
import type { StreamRules } from "./rules.ts";
import type { StreamSettings } from "./settings.ts";
import type { Tags } from "./tags.ts";

/** Who a stream is. `id` tells one incarnation of a name from the next. */
export interface StreamIdentity {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly scope: Scope;
  readonly createdAt: number;
}

/** What a stream starts out with. */
interface StreamDefinition {
  readonly shardCount: number;
  readonly settings: StreamSettings;
  readonly tags: Tags;
}

/** A stream came into being; it is CREATING until `activeAt`. */
export interface StreamCreated {
  readonly identity: StreamIdentity;
  readonly definition: StreamDefinition;
  readonly activeAt: number;
}

/** What a stream asks about the account it belongs to. */
export interface AccountFacts {
  readonly openShardCount: number;
  readonly onDemandStreamCount: number;
  readonly hasThroughputCommitment: boolean;
}

/** What a stream is given at construction. */
export interface StreamDeps {
  readonly clock: Clock;
  readonly rules: StreamRules;
  readonly journal: Journal<StreamEvent> | undefined;
  readonly account: AccountFacts;
}
