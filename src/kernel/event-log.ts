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
  readonly #whole: EventLog | undefined;
  readonly #parts = new Map<string, EventLog>();
  #listeners: readonly EventListener[] = [];
  /** Appends that listeners made while they were being told of an earlier one. */
  readonly #waiting: Append[] = [];
  #isTelling = false;
  #sequence = 0;

  constructor(whole?: EventLog) {
    this.#whole = whole;
  }

  /** Whether anybody listens; engines make entries only then. */
  get isHeard(): boolean {
    return this.#listeners.length > 0 || this.#whole?.isHeard === true;
  }

  /** The part of that service. */
  part(service: string): EventLog {
    let part = this.#parts.get(service);
    if (part === undefined) {
      part = new EventLog(this);
      this.#parts.set(service, part);
    }
    return part;
  }

  /** Appends entries that happened together: whoever keeps them keeps all or none. */
  append(entries: readonly Entry[]): void {
    if (this.isHeard) (this.#whole ?? this).#take(entries, this);
  }

  /** Calls the listener for every append from now on, after those that listen already. Returns what ends that. */
  listen(listener: EventListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  #take(entries: readonly Entry[], part: EventLog): void {
    const logged = entries.map(({ resource, event }) => ({ sequence: ++this.#sequence, resource, event }));
    this.#waiting.push({ entries: logged, part });
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#tell(next);
    } finally {
      this.#isTelling = false;
    }
  }

  /** Those who listen to everything hear first. */
  #tell({ entries, part }: Append): void {
    for (const listener of this.#listeners) listener(entries);
    if (part !== this) for (const listener of part.#listeners) listener(entries);
  }
}
