import { type HeapItem, IndexedHeap } from "../kernel/collection/indexed-heap.ts";
import { present } from "../kernel/present.ts";

interface WaitingReceive<Request, Received> extends HeapItem {
  readonly request: Request;
  readonly answer: (received: readonly Received[]) => void;
  readonly fail: (cause: unknown) => void;
  readonly stopListening: () => void;
}

/** How long a receive waits at most, and what ends the wait early. */
interface Wait {
  readonly until: number;
  readonly signal: AbortSignal;
}

/** Long polls waiting for something to receive, first come first served. None has a timer of its own. */
export class WaitingReceives<Request, Received> {
  readonly #line = new Set<WaitingReceive<Request, Received>>();
  readonly #patience = new IndexedHeap<WaitingReceive<Request, Received>>();

  get size(): number {
    return this.#line.size;
  }

  /** When the first of them gives up; Infinity when nobody waits. */
  get nextEnd(): number {
    return this.#patience.firstRank();
  }

  /** When each of them gives up, in order. */
  *ends(): Generator<number, void, void> {
    for (const waiting of this.#patience.inOrder()) yield this.#patience.rankOf(waiting) ?? Number.POSITIVE_INFINITY;
  }

  wait(request: Request, { until, signal }: Wait): Promise<readonly Received[]> {
    if (signal.aborted) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const leave = (): void => this.#answer(waiting, []);
      const stopListening = (): void => signal.removeEventListener("abort", leave);
      const waiting: WaitingReceive<Request, Received> = {
        heapSlot: -1,
        request,
        answer: resolve,
        fail: reject,
        stopListening,
      };
      this.#line.add(waiting);
      this.#patience.set(waiting, until);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  /** Offers each in turn what `receive` finds for it, until one finds nothing. */
  serve(receive: (request: Request) => readonly Received[]): void {
    for (const waiting of this.#line) {
      try {
        const received = receive(waiting.request);
        if (received.length === 0) return;
        this.#answer(waiting, received);
      } catch (cause) {
        this.#leave(waiting);
        waiting.fail(cause);
      }
    }
  }

  /** Answers with nothing those whose patience ends by now. */
  passTime(now: number): void {
    while (this.#patience.firstRank() <= now) this.#answer(present(this.#patience.first(), "a receive that waits"), []);
  }

  /** Answers all of them with nothing. */
  dismiss(): void {
    for (const waiting of this.#line) this.#answer(waiting, []);
  }

  #answer(waiting: WaitingReceive<Request, Received>, received: readonly Received[]): void {
    this.#leave(waiting);
    waiting.answer(received);
  }

  #leave(waiting: WaitingReceive<Request, Received>): void {
    this.#line.delete(waiting);
    this.#patience.delete(waiting);
    waiting.stopListening();
  }
}
