import type { Ids } from "../../kernel/ids.ts";
import { type Scope, scopeKey } from "../../kernel/scope.ts";
import { SmsAccount, type SmsDoors } from "./sms-account.ts";

/** What the directory is given at construction. */
export interface SmsDirectoryDoors {
  readonly ids: Ids;
  /** Where the events of an account and region go; nowhere unless given. */
  readonly journalOf?: (scope: Scope) => SmsDoors["journal"];
}

/** What a new account has. A spend limit of one dollar a month is what AWS grants. SMS guide, spending quota. */
const INITIAL_ATTRIBUTES: Readonly<Record<string, string>> = { MonthlySpendLimit: "1" };

/** The text messaging of every account and region. */
export class SmsDirectory {
  readonly #doors: SmsDirectoryDoors;
  readonly #byScope = new Map<string, SmsAccount>();

  constructor(doors: SmsDirectoryDoors) {
    this.#doors = doors;
  }

  in(scope: Scope): SmsAccount {
    const key = scopeKey(scope);
    let account = this.#byScope.get(key);
    if (account === undefined) {
      const { ids, journalOf = () => undefined } = this.#doors;
      account = new SmsAccount(scope, INITIAL_ATTRIBUTES, { ids, journal: journalOf(scope) });
      this.#byScope.set(key, account);
    }
    return account;
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    for (const [key, { scope }] of this.#byScope) {
      if (account === undefined || scope.account === account) this.#byScope.delete(key);
    }
  }
}
