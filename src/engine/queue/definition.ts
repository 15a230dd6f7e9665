import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { Sweeper } from "../../kernel/time/sweeper.ts";
import type { Message, TransferredMessage } from "./message.ts";
import type { QueueState } from "./queue-state.ts";
import type { DisorderPort } from "./receive/disorder.ts";
import type { QueueRules, Redrive } from "./settings.ts";
import type { Transaction } from "./transaction.ts";

/** Where messages go that were received too often. */
export interface DeadLetterTarget {
  readonly arn: string;
  arrive(message: TransferredMessage): void;
}

/** What a queue is given at construction. */
export interface QueueDeps {
  readonly clock: Clock;
  readonly rules: QueueRules;
  /** Those of the account. */
  readonly transaction: Transaction;
  readonly disorder?: DisorderPort | undefined;
  /** Frees what expires while nobody uses the queue. */
  readonly sweeper?: Sweeper | undefined;
  /** The queue of that ARN, or undefined when it is gone. */
  readonly deadLetterTarget: (arn: string) => DeadLetterTarget | undefined;
  /** Hears of the redrive policy a queue is given, whether it is in force yet or not. */
  readonly redriveChanged?: (redrive: Redrive | undefined) => void;
}

/** What a queue's messages leave it with. */
export interface Leaving {
  readonly state: Pick<QueueState, "settings" | "dispatch" | "isBehind">;
  readonly transaction: Transaction;
  /** Records that the message left for the queue of that ARN. */
  readonly left: (message: Message, to: string, at: number) => void;
}

/** Who a queue is. `id` is a UUID: it tells one incarnation of a name from the next, and the messages' ids follow from it. */
export interface QueueIdentity {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly scope: Scope;
  readonly createdAt: number;
}
