import { EventLog, type LoggedEntry } from "./event-log.ts";

/** Hears of the appends to the logs of all accounts. Never throws. */
export type AccountListener = (account: string, entries: readonly LoggedEntry[]) => void;

/** The event log of every account. */
export class EventLogs {
  readonly #byAccount = new Map<string, EventLog>();
  #listeners: readonly AccountListener[] = [];
  /** Of each log, how those who hear all accounts leave it. */
  readonly #leave = new Map<AccountListener, (() => void)[]>();

  /** The log of that account. */
  of(account: string): EventLog {
    let log = this.#byAccount.get(account);
    if (log === undefined) {
      log = new EventLog();
      this.#byAccount.set(account, log);
      for (const listener of this.#listeners) this.#join(listener, account, log);
    }
    return log;
  }

  /** Calls the listener for every append from now on, whatever the account. Returns what ends that. */
  listen(listener: AccountListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    this.#leave.set(listener, []);
    for (const [account, log] of this.#byAccount) this.#join(listener, account, log);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
      for (const leave of this.#leave.get(listener) ?? []) leave();
      this.#leave.delete(listener);
    };
  }

  #join(listener: AccountListener, account: string, log: EventLog): void {
    this.#leave.get(listener)?.push(log.listen((entries) => listener(account, entries)));
  }
}
