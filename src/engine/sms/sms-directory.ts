import { scopeOfArn } from "../../kernel/arn.ts";
import { ByScope } from "../../kernel/collection/by-scope.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { SmsAccount } from "./sms-account.ts";
import type { SmsEvent } from "./text-message.ts";

/** What the directory is given at construction. */
interface SmsDirectoryDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  /** Where events go; nobody hears of them unless given. */
  readonly logs?: EventLogs;
}

/** The text messaging of every account and region. */
export class SmsDirectory {
  readonly #byScope: ByScope<SmsAccount>;

  constructor({ clockOf, ids, logs = new EventLogs() }: SmsDirectoryDeps) {
    this.#byScope = new ByScope((scope) => {
      const clock = clockOf(scope.account);
      return new SmsAccount(scope, { clock, ids, logs, kept: this.#byScope });
    }, clockOf);
  }

  in(scope: Scope): SmsAccount {
    return this.#byScope.in(scope);
  }

  /** The entries that build all of it as it is now, or that of one account; to be read to the end at once. */
  *entries(account?: string): Generator<Entry<SmsEvent>, void, void> {
    for (const one of this.#byScope.within({ account })) yield* one.entries();
  }

  /** Applies an entry that a log kept. */
  replay({ resource, event }: Entry<SmsEvent>): void {
    this.in(scopeOfArn(resource)).replay(event);
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    for (const one of this.#byScope.reset(account)) one.reset();
  }
}
