import { Deque } from "../../../kernel/collection/deque.ts";
import { type Taken, takenAs } from "../../../kernel/collection/taken.ts";
import type { QueueEvent } from "../events.ts";
import type { Receipt } from "../message.ts";

/** How long a ReceiveRequestAttemptId can be used again. API_ReceiveMessage. */
const WINDOW_MS = 5 * 60_000;

interface Attempt {
  readonly id: string;
  readonly forgetAt: number;
  readonly receipts: readonly Receipt[];
  /** Whether it cannot be asked for again, although its time has not come. */
  isOver: boolean;
}

/** What the receives of a FIFO queue that named an attempt returned, so that a retry can get the same again. */
export class ReceiveAttempts {
  readonly #byId = new Map<string, Attempt>();
  /** By the key of each message they returned; a message that was received again leads to the latest of them. */
  readonly #byKey = new Map<number, Attempt>();
  readonly #ends = new Deque<Attempt>();
  #now = Number.NEGATIVE_INFINITY;

  find(id: string): readonly Receipt[] | undefined {
    const attempt = this.#byId.get(id);
    return attempt !== undefined && attempt.forgetAt > this.#now ? attempt.receipts : undefined;
  }

  remember(id: string, receipts: readonly Receipt[], now: number): void {
    const attempt = { id, receipts, forgetAt: now + WINDOW_MS, isOver: false };
    const former = this.#byId.get(id);
    if (former !== undefined) former.isOver = true;
    this.#byId.set(id, attempt);
    for (const { key } of receipts) this.#byKey.set(key, attempt);
    this.#ends.push(attempt);
  }

  /** Forgets the attempts that led to one of the receipts, each of which is the latest of its message. */
  forget(receipts: readonly Receipt[]): void {
    for (const receipt of receipts) {
      const attempt = this.#byKey.get(receipt.key);
      if (attempt?.receipts.some((one) => isSame(one, receipt))) this.#drop(attempt);
    }
  }

  /** What can be asked for again at present, in the order in which it is forgotten. To take it costs a place in a list each. */
  taken(): Taken<QueueEvent> {
    const attempts = this.#ends.list().filter(({ isOver }) => !isOver);
    return takenAs(function* () {
      for (const { id: attemptId, forgetAt, receipts } of attempts) {
        yield { type: "attempted", at: forgetAt - WINDOW_MS, attemptId, receipts };
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
      const first = this.#ends.at(0);
      if (first === undefined || first.forgetAt > now) break;
      this.#drop(first);
      this.#ends.shift();
    }
    return gone;
  }

  #drop(attempt: Attempt): void {
    attempt.isOver = true;
    if (this.#byId.get(attempt.id) === attempt) this.#byId.delete(attempt.id);
    for (const { key } of attempt.receipts) if (this.#byKey.get(key) === attempt) this.#byKey.delete(key);
  }
}

function isSame(one: Receipt, two: Receipt): boolean {
  return one.key === two.key && one.attempt === two.attempt;
}
