import { scopeOfArn } from "../../../kernel/arn.ts";
import { ByScope, type Whereabouts } from "../../../kernel/collection/by-scope.ts";
import type { Entry } from "../../../kernel/event/event-log.ts";
import { EventLogs } from "../../../kernel/event/event-logs.ts";
import type { Ids } from "../../../kernel/ids.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { QueueEvent } from "../../invocation.ts";
import type { AsynchronousEvent } from "./asynchronous-event.ts";
import { AsynchronousEvents, type AsynchronousLimits, type Due, type SettingsOf } from "./asynchronous-events.ts";

/** What the directory is given at construction. */
interface AsynchronousDirectoryDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  /** Where events go; nobody hears of them unless given. */
  readonly logs?: EventLogs;
  readonly settingsOf: SettingsOf;
  readonly due: Due;
  /** Those of an account and region. */
  readonly limits?: AsynchronousLimits;
}

const MEBI = 1024 * 1024;
const LIMITS: AsynchronousLimits = { events: 100_000, bytes: 256 * MEBI };

/** The events that functions are owed, in every account and region. */
export class AsynchronousDirectory {
  readonly #byScope: ByScope<AsynchronousEvents>;

  constructor({ clockOf, logs = new EventLogs(), limits = LIMITS, ...deps }: AsynchronousDirectoryDeps) {
    this.#byScope = new ByScope((scope) => {
      return new AsynchronousEvents(scope, {
        ...deps,
        clock: clockOf(scope.account),
        logs,
        limits,
        kept: this.#byScope,
      });
    }, clockOf);
  }

  in(scope: Scope): AsynchronousEvents {
    return this.#byScope.in(scope);
  }

  /** Those with something in them of an account, of a region or of all, by account and region. */
  within(whereabouts: Whereabouts): readonly AsynchronousEvents[] {
    return this.#byScope.within(whereabouts);
  }

  /** Takes an event for the function of that ARN, which is there. Throws TooManyRequests. */
  readonly queue: QueueEvent = (event) => this.in(scopeOfArn(event.functionArn)).queue(event);

  /** The entries that build all of it as it is now, or that of one account; to be read to the end at once. */
  *entries(account?: string): Generator<Entry<AsynchronousEvent>, void, void> {
    for (const one of this.within({ account })) yield* one.entries();
  }

  /** Applies an entry that a log kept. */
  replay({ resource, event }: Entry<AsynchronousEvent>): void {
    this.in(scopeOfArn(resource)).replay(event);
  }

  /** Has attempted what is due, of one account or of all, once everything is replayed. */
  resume(account?: string): void {
    for (const one of this.within({ account })) one.handOver();
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    for (const one of this.#byScope.reset(account)) one.reset();
  }

  /** Hands nothing over any more; what is owed stays so. */
  close(): void {
    for (const one of this.within({})) one.stop();
  }
}
