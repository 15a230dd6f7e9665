import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Journal } from "../../kernel/journal.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Sweeper } from "../../kernel/sweeper.ts";
import type { Outbox } from "./delivery.ts";
import type { DeliveryBacklog } from "./delivery-backlog.ts";
import type { TopicEvent } from "./events.ts";
import type { TopicRules } from "./settings.ts";

/** Who a topic is. */
export interface TopicIdentity {
  readonly name: string;
  readonly arn: string;
  readonly scope: Scope;
  readonly createdAt: number;
}

/** What a topic is given at construction. */
export interface TopicDoors {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly outbox: Outbox;
  /** What is too much for one turn. */
  readonly backlog: DeliveryBacklog;
  readonly rules: TopicRules;
  readonly journal: Journal<TopicEvent> | undefined;
  /** Frees what expires while nobody publishes. */
  readonly sweeper?: Sweeper | undefined;
}
