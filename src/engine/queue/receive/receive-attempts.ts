import { Deque } from "../../../kernel/collection/deque.ts";
import type { Receipt } from "../message.ts";

/** How long a ReceiveRequestAttemptId can be used again. API_ReceiveMessage. */
const WINDOW_MS = 5 * 60_000;

interface Attempt {
  readonly id: string;
  readonly forgetAt: number;
  readonly receipts: readonly Receipt[];
}

/** What the receives of a FIFO queue that named an attempt returned, so that a retry can get the same again. */
export class ReceiveAttempts {
  readonly #byId = new Map<string, Attempt>();
  readonly #ends = new Deque<Attempt>();

  find(id: string): readonly Receipt[] | undefined {
    return this.#byId.get(id)?.receipts;
  }

  remember(id: string, receipts: readonly Receipt[], now: number): void {
    const attempt = { id, receipts, forgetAt: now + WINDOW_MS };
    this.#byId.set(id, attempt);
    this.#ends.push(attempt);
  }

  /** Forgets the attempts that led to one of the receipts. Costs O(n) in the attempts remembered. */
  forget(receipts: readonly Receipt[]): void {
    for (const [id, { receipts: remembered }] of this.#byId) {
      if (remembered.some((one) => receipts.some((two) => isSame(one, two)))) this.#byId.delete(id);
    }
  }

  /** When the next is forgotten; Infinity while there is none. */
  get nextEnd(): number {
    return this.#ends.at(0)?.forgetAt ?? Number.POSITIVE_INFINITY;
  }

  passTime(now: number): void {
    for (let first = this.#ends.at(0); first !== undefined && first.forgetAt <= now; first = this.#ends.at(0)) {
      if (this.#byId.get(first.id) === first) this.#byId.delete(first.id);
      this.#ends.shift();
    }
  }
}

function isSame(one: Receipt, two: Receipt): boolean {
  return one.key === two.key && one.attempt === two.attempt;
}
