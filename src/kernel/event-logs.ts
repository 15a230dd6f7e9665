import { EventLog, type LoggedEntry } from "./event-log.ts";

/** Hears of the appends to the logs of all accounts. Never throws. */
export type AccountListener = (account: string, entries: readonly LoggedEntry[]) => void;

/** The event log of every account, or the part of a service in each of them. */
export class EventLogs {
  readonly #make: (account: string) => EventLog;
  readonly #parts = new Map<string, EventLogs>();
  readonly #byAccount = new Map<string, EventLog>();
  #listeners: readonly AccountListener[] = [];
  /** Of each log, how those who hear all accounts leave it. */
  readonly #leave = new Map<AccountListener, (() => void)[]>();

  constructor(make: (account: string) => EventLog = () => new EventLog()) {
    this.#make = make;
  }

  /** The logs as one service sees them: to append to, and to listen to that service alone. */
  part(service: string): EventLogs {
    let part = this.#parts.get(service);
    if (part === undefined) {
      part = new EventLogs((account) => this.of(account).part(service));
      this.#parts.set(service, part);
    }
    return part;
  }

  /** The log of that account. */
  of(account: string): EventLog {
    let log = this.#byAccount.get(account);
    if (log === undefined) {
      log = this.#make(account);
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
