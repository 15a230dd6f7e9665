/** Something that happened: plain data, the same after `structuredClone` and after a way through JSON. */
export interface PlainEvent {
  /** In the past tense: `sent`. */
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What happened to one resource. */
export interface Entry<Event extends PlainEvent = PlainEvent> {
  /** ARN of what it happened to; one without a resource, `arn:aws:sqs:us-east-1:000000000000:`, for a whole account and region. */
  readonly resource: string;
  readonly event: Event;
}

/** An entry with its number, from 1 on; the logs of all accounts are counted together. */
export interface LoggedEntry<Event extends PlainEvent = PlainEvent> extends Entry<Event> {
  readonly sequence: number;
}

/** Hears of one append, whose entries are one transaction. Never throws. */
type EventListener = (entries: readonly LoggedEntry[]) => void;

/** Hears of the appends to the logs of all accounts. Never throws. */
export type AccountListener = (account: string, entries: readonly LoggedEntry[]) => void;

/** What the logs of all accounts have in common: who listens to every one of them, and the numbers of their entries. */
export class Audience {
  listeners: readonly AccountListener[] = [];
  /** Logs with listeners of their own: those are kept, whoever else lets go of them. */
  readonly heard = new Set<EventLog>();
  sequence = 0;
  readonly #parts = new Map<string, Audience>();

  /** Who listens to that service in all accounts. */
  part(service: string): Audience {
    let part = this.#parts.get(service);
    if (part === undefined) {
      part = new Audience();
      this.#parts.set(service, part);
    }
    return part;
  }
}

/** Entries of one append, and the part of the log they belong to. */
interface Append {
  readonly entries: readonly LoggedEntry[];
  readonly part: EventLog;
}

/**
 * Everything that happens in one account, in order. The log keeps nothing: whoever wants to know listens, and as long as
 * nobody does, an append costs a look at `isHeard`. Replaying the entries in order rebuilds the account, without clock or
 * randomness.
 *
 * The log of an account has a part for each service, itself a log. What is appended to a part is numbered with the whole
 * and heard by those who listen to either; so one who listens to a single service costs the others nothing.
 */
export class EventLog {
  readonly #account: string;
  readonly #audience: Audience;
  readonly #whole: EventLog | undefined;
  readonly #parts = new Map<string, EventLog>();
  #listeners: readonly EventListener[] = [];
  /** Appends that listeners made while they were being told of an earlier one. */
  readonly #waiting: Append[] = [];
  #isTelling = false;

  constructor(account = "", audience = new Audience(), whole?: EventLog) {
    this.#account = account;
    this.#audience = audience;
    this.#whole = whole;
  }

  /** Whether anybody listens; engines make entries only then. */
  get isHeard(): boolean {
    return this.#listeners.length > 0 || this.#audience.listeners.length > 0 || this.#whole?.isHeard === true;
  }

  /** The part of that service. */
  part(service: string): EventLog {
    let part = this.#parts.get(service);
    if (part === undefined) {
      part = new EventLog(this.#account, this.#audience.part(service), this);
      this.#parts.set(service, part);
    }
    return part;
  }

  /** Appends entries that happened together: whoever keeps them keeps all or none. */
  append(entries: readonly Entry[]): void {
    if (!this.isHeard) return;
    const whole = this.#whole ?? this;
    whole.#take(
      entries.map(({ resource, event }) => whole.#logged(resource, event)),
      this,
    );
  }

  /** Appends a single entry, as `append` does, for paths on which an object more counts. */
  appendOne(resource: string, event: PlainEvent): void {
    if (!this.isHeard) return;
    const whole = this.#whole ?? this;
    whole.#take([whole.#logged(resource, event)], this);
  }

  /** Calls the listener for every append from now on, after those that listen to it already. Returns what ends that. */
  listen(listener: EventListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    this.#audience.heard.add(this);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
      if (this.#listeners.length === 0) this.#audience.heard.delete(this);
    };
  }

  #logged(resource: string, event: PlainEvent): LoggedEntry {
    return { sequence: ++this.#audience.sequence, resource, event };
  }

  #take(entries: readonly LoggedEntry[], part: EventLog): void {
    if (this.#isTelling) {
      this.#waiting.push({ entries, part });
      return;
    }
    this.#isTelling = true;
    try {
      this.#tell(entries, part);
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        this.#tell(next.entries, next.part);
      }
    } finally {
      this.#isTelling = false;
    }
  }

  /** Those who listen to everything hear first, and of those the ones who listen to all accounts. */
  #tell(entries: readonly LoggedEntry[], part: EventLog): void {
    this.#tellOwn(entries);
    if (part !== this) part.#tellOwn(entries);
  }

  #tellOwn(entries: readonly LoggedEntry[]): void {
    for (const listener of this.#audience.listeners) listener(this.#account, entries);
    for (const listener of this.#listeners) listener(entries);
  }
}
