import { parseArn } from "../../kernel/arn.ts";
import { ByScope } from "../../kernel/by-scope.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Journal } from "../../kernel/journal.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Sweeper } from "../../kernel/sweeper.ts";
import type { QueueRecord } from "./events.ts";
import type { Queue } from "./queue.ts";
import { Queues } from "./queues.ts";
import type { QueueRules } from "./settings.ts";

/** What the directory is given at construction. */
export interface QueueDirectoryDoors {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly rules: QueueRules;
  /** Frees what expires while nobody uses a queue; without it that is freed by the next use. */
  readonly sweeper?: Sweeper;
  /** Where a queue's events go; nowhere unless given. */
  readonly journalOf?: (arn: string) => Journal<QueueRecord> | undefined;
}

/** Every queue there is, by account and region. */
export class QueueDirectory {
  readonly #byScope: ByScope<Queues>;

  constructor({ clockOf, ids, rules, sweeper, journalOf = () => undefined }: QueueDirectoryDoors) {
    const byArn = (arn: string) => this.byArn(arn);
    this.#byScope = new ByScope((scope) => {
      const clock = clockOf(scope.account);
      return new Queues(scope, { clock, ids, rules, sweeper, journalOf, byArn, kept: this.#byScope });
    });
  }

  /** The queues of one account and region. */
  in(scope: Scope): Queues {
    return this.#byScope.in(scope);
  }

  /** The queue of that name, or undefined when there is none. Looking changes nothing, whatever the scope. */
  find(scope: Scope, name: string): Queue | undefined {
    return this.#byScope.find(scope)?.find(name);
  }

  /** The queue of that ARN, or undefined when there is none. */
  byArn(text: string): Queue | undefined {
    const arn = parseArn(text);
    if (arn?.service !== "sqs") return undefined;
    const queue = this.find(arn, arn.resource);
    return queue?.arn === text ? queue : undefined;
  }

  /** Forgets every queue, or those of one account; whoever waits is answered with nothing. */
  reset(account?: string): void {
    for (const queues of this.#byScope.reset(account)) queues.close();
  }

  /** Answers everyone who waits with nothing and stops what runs by itself. */
  close(): void {
    for (const queues of this.#byScope.all()) queues.close();
  }
}
