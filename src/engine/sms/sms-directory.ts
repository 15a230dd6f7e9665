import { ByScope } from "../../kernel/by-scope.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import { SmsAccount, type SmsDoors } from "./sms-account.ts";

/** What the directory is given at construction. */
interface SmsDirectoryDoors {
  readonly ids: Ids;
  /** Where the events of an account and region go; nowhere unless given. */
  readonly journalOf?: (scope: Scope) => SmsDoors["journal"];
}

/** The text messaging of every account and region. */
export class SmsDirectory {
  readonly #byScope: ByScope<SmsAccount>;

  constructor({ ids, journalOf = () => undefined }: SmsDirectoryDoors) {
    this.#byScope = new ByScope(
      (scope) => new SmsAccount(scope, { ids, journal: journalOf(scope), kept: this.#byScope }),
    );
  }

  in(scope: Scope): SmsAccount {
    return this.#byScope.in(scope);
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    this.#byScope.reset(account);
  }
}
