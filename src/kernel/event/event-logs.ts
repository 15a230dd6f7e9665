import { type AccountListener, Audience, EventLog } from "./event-log.ts";

/**
 * The event log of every account, or the part of a service in each of them. A log keeps nothing, so it is there for as long
 * as somebody holds it or listens to it: an account in which there is nothing any more leaves nothing behind.
 */
export class EventLogs {
  readonly #audience: Audience;
  readonly #logOf: (account: string) => EventLog;
  readonly #parts = new Map<string, EventLogs>();

  constructor(audience = new Audience(), logOf: (account: string) => EventLog = heldLogs(audience)) {
    this.#audience = audience;
    this.#logOf = logOf;
  }

  /** The logs as one service sees them: to append to, and to listen to that service alone. */
  part(service: string): EventLogs {
    let part = this.#parts.get(service);
    if (part === undefined) {
      part = new EventLogs(this.#audience.part(service), (account) => this.of(account).part(service));
      this.#parts.set(service, part);
    }
    return part;
  }

  /** The log of that account. */
  of(account: string): EventLog {
    return this.#logOf(account);
  }

  /** Calls the listener for every append from now on, whatever the account. Returns what ends that. */
  listen(listener: AccountListener): () => void {
    this.#audience.listeners = [...this.#audience.listeners, listener];
    return () => {
      this.#audience.listeners = this.#audience.listeners.filter((other) => other !== listener);
    };
  }
}

/** Gives each account a log, and the same one for as long as somebody holds it. */
function heldLogs(audience: Audience): (account: string) => EventLog {
  const byAccount = new Map<string, WeakRef<EventLog>>();
  const forgotten = new FinalizationRegistry<string>((account) => {
    if (byAccount.get(account)?.deref() === undefined) byAccount.delete(account);
  });
  return (account) => {
    const held = byAccount.get(account)?.deref();
    if (held !== undefined) return held;
    const log = new EventLog(account, audience);
    byAccount.set(account, new WeakRef(log));
    forgotten.register(log, account);
    return log;
  };
}
