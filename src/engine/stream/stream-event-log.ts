import type { EventLog } from "../../kernel/event/event-log.ts";
import type { StreamEvent } from "./events.ts";

/** Tells the account's log what happens to one stream. */
export class StreamEventLog {
  readonly #arn: string;
  readonly #log: EventLog;
  /** What happened in a transaction that is not complete. */
  #together: StreamEvent[] | undefined;

  constructor(arn: string, log: EventLog) {
    this.#arn = arn;
    this.#log = log;
  }

  get isHeard(): boolean {
    return this.#log.isHeard;
  }

  append(event: StreamEvent): void {
    if (this.#together === undefined) this.#log.append([{ resource: this.#arn, event }]);
    else this.#together.push(event);
  }

  /** Has all that is appended meanwhile be one transaction. There is none within another. */
  together<T>(deed: () => T): T {
    const events: StreamEvent[] = [];
    this.#together = events;
    try {
      return deed();
    } finally {
      this.#together = undefined;
      if (events.length > 0) this.#log.append(events.map((event) => ({ resource: this.#arn, event })));
    }
  }
}
