import { scopeOfArn } from "../../kernel/arn.ts";
import { ByScope, type Whereabouts } from "../../kernel/collection/by-scope.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { FunctionEvent } from "./function-event.ts";
import { Functions, type ReleaseCode } from "./functions.ts";

/** What the directory is given at construction. */
interface FunctionDirectoryDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  /** Where events go; nobody hears of them unless given. */
  readonly logs?: EventLogs;
  readonly releaseCode: ReleaseCode;
}

/** The functions of every account and region. */
export class FunctionDirectory {
  readonly #byScope: ByScope<Functions>;

  constructor({ clockOf, ids, logs = new EventLogs(), releaseCode }: FunctionDirectoryDeps) {
    this.#byScope = new ByScope((scope) => {
      return new Functions(scope, { clock: clockOf(scope.account), ids, logs, releaseCode, kept: this.#byScope });
    }, clockOf);
  }

  in(scope: Scope): Functions {
    return this.#byScope.in(scope);
  }

  /** The functions of an account, of a region or of all of them, by account and region. */
  within(whereabouts: Whereabouts): readonly Functions[] {
    return this.#byScope.within(whereabouts);
  }

  /** The entries that build all of it as it is now, or that of one account; to be read to the end at once. */
  *entries(account?: string): Generator<Entry<FunctionEvent>, void, void> {
    for (const one of this.within({ account })) yield* one.entries();
  }

  /** Applies an entry that a log kept. */
  replay({ resource, event }: Entry<FunctionEvent>): void {
    this.in(scopeOfArn(resource)).replay(event);
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    for (const one of this.#byScope.reset(account)) one.reset();
  }
}
