import { Deque } from "./deque.ts";
import { type Taken, takenAs } from "./taken.ts";

/** How long a deduplication id is remembered after the message that was accepted. API_SendMessage, SNS FIFO guide. */
export const DEDUPLICATION_MS = 5 * 60_000;

interface Entry<Accepted> {
  readonly key: string;
  readonly forgetAt: number;
  readonly accepted: Accepted;
}

/** What was accepted under a deduplication id, and when; in which group, if that counts. */
interface Remembered<Accepted> {
  readonly id: string;
  readonly groupId: string | undefined;
  readonly accepted: Accepted;
  readonly at: number;
}

/** Remembers what was accepted under which deduplication id, for five minutes. Each step costs O(1). */
export class Deduplication<Accepted> {
  readonly #byKey = new Map<string, Entry<Accepted>>();
  /** Entries in the order they end, since all last equally long. */
  readonly #ends = new Deque<Entry<Accepted>>();
  #now = Number.NEGATIVE_INFINITY;

  /** What was accepted under the id, in the same group where `groupId` is given. */
  find(id: string, groupId: string | undefined): Accepted | undefined {
    const entry = this.#byKey.size === 0 ? undefined : this.#byKey.get(keyOf(id, groupId));
    return entry !== undefined && entry.forgetAt > this.#now ? entry.accepted : undefined;
  }

  /** When what was accepted under the id was. */
  acceptedAt(id: string, groupId: string | undefined): number | undefined {
    if (this.find(id, groupId) === undefined) return undefined;
    const entry = this.#byKey.get(keyOf(id, groupId));
    return entry && entry.forgetAt - DEDUPLICATION_MS;
  }

  remember(id: string, groupId: string | undefined, { accepted, at }: { accepted: Accepted; at: number }): void {
    const entry = { key: keyOf(id, groupId), forgetAt: at + DEDUPLICATION_MS, accepted };
    this.#byKey.set(entry.key, entry);
    this.#ends.push(entry);
  }

  /** What is remembered, in the order in which it is forgotten. To take it costs a place in a list each. */
  taken(): Taken<Remembered<Accepted>> {
    const [entries, now] = [this.#ends.list(), this.#now];
    return takenAs(function* () {
      for (const { key, forgetAt, accepted } of entries) {
        // An id is remembered anew only when its time is over, so that of the same ones no more than the last is meant.
        if (forgetAt <= now) continue;
        const [id = "", groupId] = key.split(" ");
        yield { id, groupId, accepted, at: forgetAt - DEDUPLICATION_MS };
      }
    });
  }

  /** When the next is forgotten; Infinity while there is none. */
  get nextEnd(): number {
    return this.#ends.at(0)?.forgetAt ?? Number.POSITIVE_INFINITY;
  }

  /** From now on those whose time is over are not found; so many of them are let go of, and it says of how many. */
  passTime(now: number, most: number): number {
    this.#now = now;
    let gone = 0;
    for (; gone < most; gone++) {
      const entry = this.#ends.at(0);
      if (entry === undefined || entry.forgetAt > now) break;
      // The id may have been used again since.
      if (this.#byKey.get(entry.key) === entry) this.#byKey.delete(entry.key);
      this.#ends.shift();
    }
    return gone;
  }
}

/** Neither id can hold a blank, so one stands between them. */
function keyOf(id: string, groupId: string | undefined): string {
  return groupId === undefined ? id : `${id} ${groupId}`;
}
