import { scopeOfArn } from "../../kernel/arn.ts";
import { ByScope, type Whereabouts } from "../../kernel/collection/by-scope.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { MappingEvent } from "./mapping-event.ts";
import { Mappings, type MappingWatcher } from "./mappings.ts";

/** What the directory is given at construction. */
interface MappingDirectoryDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  /** Where events go; nobody hears of them unless given. */
  readonly logs?: EventLogs;
  readonly watcher?: MappingWatcher;
}

/** The event source mappings of every account and region. */
export class MappingDirectory {
  readonly #byScope: ByScope<Mappings>;

  constructor({ clockOf, ids, logs = new EventLogs(), watcher }: MappingDirectoryDeps) {
    this.#byScope = new ByScope((scope) => {
      return new Mappings(scope, { clock: clockOf(scope.account), ids, logs, watcher, kept: this.#byScope });
    }, clockOf);
  }

  in(scope: Scope): Mappings {
    return this.#byScope.in(scope);
  }

  /** The mappings of an account, of a region or of all of them, by account and region. */
  within(whereabouts: Whereabouts): readonly Mappings[] {
    return this.#byScope.within(whereabouts);
  }

  /** The entries that build all of it as it is now, or that of one account; to be read to the end at once. */
  *entries(account?: string): Generator<Entry<MappingEvent>, void, void> {
    for (const one of this.within({ account })) yield* one.entries();
  }

  /** Applies an entry that a log kept. Once all are replayed, `resume` is to follow. */
  replay({ resource, event }: Entry<MappingEvent>): void {
    this.in(scopeOfArn(resource)).replay(event);
  }

  /** Has mappings work, in one account or in all, after everything was rebuilt. */
  resume(account?: string): void {
    for (const one of this.within({ account })) one.resume();
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    for (const one of this.#byScope.reset(account)) one.reset();
  }
}
