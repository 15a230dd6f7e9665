import { scopeOfArn } from "../../kernel/arn.ts";
import { ByScope, type Whereabouts } from "../../kernel/collection/by-scope.ts";
import { readAtOnce, type Taken } from "../../kernel/collection/taken.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { interrupt } from "./interrupt.ts";
import type { StackEvent } from "./stack-event.ts";
import { Stacks } from "./stacks.ts";
import type { KeptStack } from "./stacks-state.ts";

/** What the directory is given at construction. */
interface StackDirectoryDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  /** Where events go; nobody hears of them unless given. */
  readonly logs?: EventLogs;
}

/** The stacks of every account and region. */
export class StackDirectory {
  readonly #byScope: ByScope<Stacks>;
  #born: ((scope: Scope) => KeptStack | undefined) | undefined;

  constructor({ clockOf, ids, logs = new EventLogs() }: StackDirectoryDeps) {
    this.#byScope = new ByScope((scope) => {
      const clock = clockOf(scope.account);
      return new Stacks(scope, { clock, ids, logs, kept: this.#byScope, born: (where) => this.#born?.(where) });
    }, clockOf);
  }

  /** Has a stack be there in every account and region without anybody having made it. */
  bear(born: (scope: Scope) => KeptStack | undefined): void {
    this.#born = born;
  }

  in(scope: Scope): Stacks {
    return this.#byScope.in(scope);
  }

  /** The stacks of each account and region that has some, but for what is there by itself. */
  within(whereabouts: Whereabouts): readonly Stacks[] {
    return this.#byScope.within(whereabouts);
  }

  /** How many stacks of an account, or of all, something is being done to. */
  busyCount(account?: string): number {
    return this.within({ account }).reduce((count, stacks) => count + stacks.busyCount, 0);
  }

  /** The entries that build all of it as it is now, or that of one account; to be read to the end at once. */
  *entries(account?: string): Generator<Entry<StackEvent>, void, void> {
    for (const entries of this.taken(account)) yield* readAtOnce(entries);
  }

  /** The same, as it is when it is taken, whenever it is read; to be taken at once. */
  *taken(account?: string): Generator<Taken<Entry<StackEvent>>, void, void> {
    for (const one of this.#byScope.within({ account })) yield one.taken();
  }

  /** Applies an entry that a log kept. */
  replay({ resource, event }: Entry<StackEvent>): void {
    this.in(scopeOfArn(resource)).replay(event);
  }

  /** Has fail what was under way, everywhere or in one account, as when the process that did it has ended. */
  interrupt(account?: string): void {
    for (const one of this.#byScope.within({ account })) interrupt(one);
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    for (const one of this.#byScope.reset(account)) one.reset();
  }
}
