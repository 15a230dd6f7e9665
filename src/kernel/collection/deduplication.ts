import { Deque } from "./deque.ts";

/** How long a deduplication id is remembered after the message that was accepted. API_SendMessage, SNS FIFO guide. */
export const DEDUPLICATION_MS = 5 * 60_000;

interface Entry {
  readonly key: string;
  readonly forgetAt: number;
}

/** Remembers what was accepted under which deduplication id, for five minutes. Each step costs O(1). */
export class Deduplication<Accepted> {
  readonly #accepted = new Map<string, Accepted>();
  /** Entries in the order they end, since all last equally long. */
  readonly #ends = new Deque<Entry>();

  /** What was accepted under the id, in the same group where `groupId` is given. */
  find(id: string, groupId: string | undefined): Accepted | undefined {
    return this.#accepted.size === 0 ? undefined : this.#accepted.get(keyOf(id, groupId));
  }

  remember(id: string, groupId: string | undefined, { accepted, at }: { accepted: Accepted; at: number }): void {
    const key = keyOf(id, groupId);
    this.#accepted.set(key, accepted);
    this.#ends.push({ key, forgetAt: at + DEDUPLICATION_MS });
  }

  /** When the next is forgotten; Infinity while there is none. */
  get nextEnd(): number {
    return this.#ends.at(0)?.forgetAt ?? Number.POSITIVE_INFINITY;
  }

  passTime(now: number): void {
    for (let entry = this.#ends.at(0); entry !== undefined && entry.forgetAt <= now; entry = this.#ends.at(0)) {
      this.#accepted.delete(entry.key);
      this.#ends.shift();
    }
  }
}

/** Neither id can hold a blank, so one stands between them. */
function keyOf(id: string, groupId: string | undefined): string {
  return groupId === undefined ? id : `${id} ${groupId}`;
}
