import type { Configured } from "./events.ts";
import type { QueueSettings } from "./settings.ts";

/** The settings of a queue, and those that were set but are still to come into force. */
export class SettingsInForce {
  #current: QueueSettings;
  /** In the order in which they come into force. */
  readonly #coming: Configured[] = [];

  constructor(initial: QueueSettings) {
    this.#current = initial;
  }

  get current(): QueueSettings {
    return this.#current;
  }

  /** When the next ones come into force; Infinity when none are to. */
  get nextChange(): number {
    return this.#coming[0]?.effectiveAt ?? Number.POSITIVE_INFINITY;
  }

  /** Notes what was set. AWS: the size of messages was observed to be limited at once, whatever else takes its time. */
  set(event: Configured): void {
    this.#coming.push(event);
    this.#current = { ...this.#current, maxMessageBytes: event.settings.maxMessageBytes };
  }

  /** Puts the next settings into force. */
  advance(): void {
    const next = this.#coming.shift();
    if (next !== undefined) this.#current = { ...next.settings, maxMessageBytes: this.#current.maxMessageBytes };
  }
}
