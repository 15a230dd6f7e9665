import type { EventLog } from "../../kernel/event/event-log.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { Sweeper } from "../../kernel/time/sweeper.ts";
import type { Outbox, PublishListener } from "./delivery.ts";
import type { DeliveryBacklog } from "./delivery-backlog.ts";
import type { LiveTopicEvent } from "./live-events.ts";
import type { TopicRules } from "./settings.ts";

/** What all topics share. */
interface SharedRegister {
  /** Lets time catch up for those of one account. */
  passTime(account: string, now: number): void;
}

/** Who a topic is. */
export interface TopicIdentity {
  readonly name: string;
  readonly arn: string;
  readonly scope: Scope;
  readonly createdAt: number;
}

/** What a topic is given at construction. */
export interface TopicDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly outbox: Outbox;
  readonly published?: PublishListener | undefined;
  /** What is too much for one turn. */
  readonly backlog: DeliveryBacklog;
  readonly rules: TopicRules;
  readonly log: EventLog;
  /** Frees what expires while nobody publishes. */
  readonly sweeper?: Sweeper | undefined;
  readonly register: SharedRegister;
  /** Applies to the register an event about subscriptions that was applied to the topic. */
  readonly apply: (event: LiveTopicEvent) => void;
}
