import { Deque } from "../../../kernel/collection/deque.ts";
import { present } from "../../../kernel/present.ts";

/** How many subscriptions are in which state. */
export interface SubscriptionCounts {
  readonly confirmed: number;
  readonly pending: number;
  /** Deleted so far, those brought back aside; forgotten ones still count. */
  readonly deleted: number;
}

/** Counts with what is still shown instead of them, as plain data. */
export interface PropagatedCounts {
  readonly latest: SubscriptionCounts;
  /** What is shown until an instant and for a while after, oldest first. */
  readonly history: readonly { readonly until: number; readonly counts: SubscriptionCounts }[];
}

/**
 * The counts of a topic's subscriptions, as they were some time ago. AWS: they are eventually consistent. The history
 * holds one entry for each instant at which something changed, as long as that counts.
 */
export class PropagatingCounts {
  readonly #delayMs: number;
  /** What held until an instant, oldest first. */
  readonly #history = new Deque<{ readonly until: number; readonly counts: SubscriptionCounts }>();
  #latest: SubscriptionCounts = { confirmed: 0, pending: 0, deleted: 0 };

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  /** The counts that everybody has heard of. */
  shown(now: number): SubscriptionCounts {
    this.#forget(now);
    return this.#history.at(0)?.counts ?? this.#latest;
  }

  /** The counts with their history. */
  kept(now: number): PropagatedCounts {
    this.#forget(now);
    const history = Array.from({ length: this.#history.size }, (_, index) =>
      present(this.#history.at(index), "an entry of the history"),
    );
    return { latest: this.#latest, history };
  }

  keep({ latest, history }: PropagatedCounts): void {
    this.#latest = latest;
    while (this.#history.size > 0) this.#history.shift();
    for (const entry of history) this.#history.push(entry);
  }

  change(at: number, by: Partial<SubscriptionCounts>): void {
    const { confirmed, pending, deleted } = this.#latest;
    if (this.#delayMs > 0) {
      this.#forget(at);
      if (this.#history.at(this.#history.size - 1)?.until !== at)
        this.#history.push({ until: at, counts: this.#latest });
    }
    this.#latest = {
      confirmed: confirmed + (by.confirmed ?? 0),
      pending: pending + (by.pending ?? 0),
      deleted: deleted + (by.deleted ?? 0),
    };
  }

  #forget(now: number): void {
    for (let first = this.#history.at(0); first !== undefined; first = this.#history.at(0)) {
      if (first.until > now - this.#delayMs) return;
      this.#history.shift();
    }
  }
}
