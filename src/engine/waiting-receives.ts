import { type HeapItem, IndexedHeap } from "../kernel/collection/indexed-heap.ts";
import { Deferred } from "../kernel/event/deferred.ts";
import { Alarm } from "../kernel/time/alarm.ts";
import type { Clock } from "../kernel/time/clock.ts";
import type { Wait } from "./receive.ts";

interface WaitingReceive<Request, Received> extends HeapItem {
  readonly request: Request;
  readonly line: Set<WaitingReceive<Request, Received>>;
  readonly answer: Deferred<readonly Received[]>;
  readonly stopListening: () => void;
}

/** What there may be to receive. */
interface Source {
  /** Nobody is served while that is 0. */
  readonly visible?: number;
  /** When time alone next lets something be received; Infinity when it never will. */
  readonly nextChange: number;
}

/** Somebody who is told that there may be something to receive, and receives it then, as much as it has a use for. */
export interface Follower {
  /** Runs while others may be served: it receives what it will and throws nothing. */
  wake(): void;
}

/** What those who wait need of their queue. */
interface WaitingReceivesDeps<Request, Received> {
  readonly clock: Clock;
  /** Lets time catch up, and serves. */
  readonly settle: () => void;
  /** What there is for the request now. */
  readonly receive: (request: Request, now: number) => readonly Received[];
  readonly source: Source;
  /** What kind of thing is wanted: each kind has a line of its own. Only one is unless told. */
  readonly kindOf?: (request: Request) => unknown;
}

/**
 * Long polls waiting for something to receive, first come first served, and those who follow what comes, who get what long
 * polls leave. One alarm stands for all of them.
 */
export class WaitingReceives<Request, Received> {
  readonly #deps: WaitingReceivesDeps<Request, Received>;
  readonly #lines = new Map<unknown, Set<WaitingReceive<Request, Received>>>();
  readonly #patience = new IndexedHeap<WaitingReceive<Request, Received>>();
  readonly #alarm: Alarm;
  #followers: Iterable<Follower> | undefined;
  #isHeld = false;
  /** Whether somebody may wait, and is not being served just now: to serve is to receive, which comes back to be served, too. */
  wantsServing = false;

  constructor(deps: WaitingReceivesDeps<Request, Received>) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock, deps.settle);
  }

  get size(): number {
    return this.#patience.size;
  }

  /** When each of them gives up, in order. */
  *ends(): Generator<number, void, void> {
    for (const waiting of this.#patience.inOrder()) yield this.#patience.rankOf(waiting) ?? Number.POSITIVE_INFINITY;
  }

  /** What comes, or nothing when nothing comes in time, on abort and on dismissal. `serve` is to follow. */
  wait(request: Request, now: number, { waitMs, signal }: Wait): Deferred<readonly Received[]> {
    const answer = new Deferred<readonly Received[]>();
    if (signal.aborted) {
      answer.resolve([]);
      return answer;
    }
    this.wantsServing = true;
    const line = this.#lineOf(request);
    const leave = (): void => this.#dismiss(waiting);
    const stopListening = (): void => signal.removeEventListener("abort", leave);
    const waiting: WaitingReceive<Request, Received> = { heapSlot: -1, request, line, answer, stopListening };
    line.add(waiting);
    this.#patience.set(waiting, now + waitMs);
    signal.addEventListener("abort", leave);
    return answer;
  }

  /** Has these be told from now on; nobody, if that is undefined. `serve` is to follow. */
  followedBy(followers: Iterable<Follower> | undefined): void {
    this.#followers = followers;
    this.wantsServing ||= followers !== undefined;
  }

  /** Does what comes to one for everybody: they are served afterwards. */
  together<Result>(task: () => Result): Result {
    this.#isHeld = true;
    try {
      return task();
    } finally {
      this.#isHeld = false;
      this.#deps.settle();
    }
  }

  /** Serves those who wait, then has the clock call when time alone can change something for them. */
  serve(now: number): void {
    if (!this.wantsServing || this.#isHeld) return;
    this.wantsServing = false;
    const { source } = this.#deps;
    if (source.visible !== 0) for (const line of this.#lines.values()) this.#serveLine(line, now);
    // Patience ends last: the clock may ring late, and what came before the end of a wait is in time.
    for (let over = this.#patience.popDue(now); over !== undefined; over = this.#patience.popDue(now)) {
      this.#dismiss(over);
    }
    if (source.visible !== 0) for (const follower of this.#followers ?? []) follower.wake();
    this.wantsServing = this.size > 0 || this.#followers !== undefined;
    const nextChange = this.wantsServing ? source.nextChange : Number.POSITIVE_INFINITY;
    this.#alarm.set(Math.min(this.#patience.firstRank(), nextChange));
  }

  /** Answers all of them with nothing, and tells nobody any more. */
  dismiss(): void {
    this.#followers = undefined;
    for (const line of this.#lines.values()) for (const waiting of line) this.#dismiss(waiting);
    this.#alarm.set(Number.POSITIVE_INFINITY);
  }

  #lineOf(request: Request): Set<WaitingReceive<Request, Received>> {
    const kind = this.#deps.kindOf?.(request);
    const line = this.#lines.get(kind) ?? new Set();
    this.#lines.set(kind, line);
    return line;
  }

  /** Offers each in turn what there is for it, until there is nothing for one. */
  #serveLine(line: ReadonlySet<WaitingReceive<Request, Received>>, now: number): void {
    for (const waiting of line) {
      try {
        const received = this.#deps.receive(waiting.request, now);
        if (received.length === 0) return;
        this.#answer(waiting, received);
      } catch (cause) {
        this.#leave(waiting);
        waiting.answer.reject(cause);
      }
    }
  }

  #answer(waiting: WaitingReceive<Request, Received>, received: readonly Received[]): void {
    this.#leave(waiting);
    waiting.answer.resolve(received);
  }

  /** There can be thousands of them at once, and nothing is nothing in a later turn, too. */
  #dismiss(waiting: WaitingReceive<Request, Received>): void {
    this.#leave(waiting);
    waiting.answer.resolveUnhurried([]);
  }

  #leave(waiting: WaitingReceive<Request, Received>): void {
    waiting.line.delete(waiting);
    this.#patience.delete(waiting);
    waiting.stopListening();
  }
}
