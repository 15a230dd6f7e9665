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

/** An entry with its place in the account's log, counted from 1. */
export interface LoggedEntry<Event extends PlainEvent = PlainEvent> extends Entry<Event> {
  readonly sequence: number;
}

/** Hears of one append, whose entries are one transaction. Never throws. */
export type EventListener = (entries: readonly LoggedEntry[]) => void;

/**
 * Everything that happens in one account, in order. The log keeps nothing: whoever wants to know listens, and as long as
 * nobody does, an append costs a look at `isHeard`. Replaying the entries in order rebuilds the account, without clock or
 * randomness.
 */
export class EventLog {
  #listeners: readonly EventListener[] = [];
  /** Appends that listeners made while they were being told of an earlier one. */
  readonly #waiting: (readonly LoggedEntry[])[] = [];
  #isTelling = false;
  #sequence = 0;

  /** Whether anybody listens; engines make entries only then. */
  get isHeard(): boolean {
    return this.#listeners.length > 0;
  }

  /** Appends entries that happened together: whoever keeps them keeps all or none. */
  append(entries: readonly Entry[]): void {
    if (this.#listeners.length === 0) return;
    this.#waiting.push(entries.map(({ resource, event }) => ({ sequence: ++this.#sequence, resource, event })));
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#tell(next);
    } finally {
      this.#isTelling = false;
    }
  }

  /** Calls the listener for every append from now on, after those that listen already. Returns what ends that. */
  listen(listener: EventListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  #tell(entries: readonly LoggedEntry[]): void {
    for (const listener of this.#listeners) listener(entries);
  }
}
