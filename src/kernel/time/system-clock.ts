import { type HeapItem, IndexedHeap } from "../collection/indexed-heap.ts";
import type { Clock } from "./clock.ts";

interface Alarm extends HeapItem {
  /** Undefined once cancelled: an alarm may be cancelled by another of the same instant. */
  task: (() => void) | undefined;
}

/** Node fires timers beyond 2^31-1 ms at once, so longer waits are taken in steps. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's time: the only code that touches `Date` and Node's timers. One timer serves every alarm. */
export class SystemClock implements Clock {
  readonly #alarms = new IndexedHeap<Alarm>();
  #latest = 0;
  /** Whether the latest instant is to do, since what happens now happens at one. */
  #isHeld = false;
  #timer: NodeJS.Timeout | undefined;
  #timerFor = Number.POSITIVE_INFINITY;

  now(): number {
    return this.#isHeld ? this.#latest : this.#read();
  }

  /** A request asks for the time up to thirty times, and V8 has no short way to the system's. */
  during<T>(task: () => T): T {
    if (this.#isHeld) return task();
    this.#read();
    this.#isHeld = true;
    try {
      return task();
    } finally {
      this.#isHeld = false;
    }
  }

  at(instant: number, task: () => void): () => void {
    const alarm: Alarm = { heapSlot: -1, task };
    this.#alarms.set(alarm, instant);
    this.#arm();
    return () => {
      alarm.task = undefined;
      this.#alarms.delete(alarm);
      if (this.#alarms.size === 0) this.#stop();
    };
  }

  #read(): number {
    const now = Date.now();
    if (now > this.#latest) this.#latest = now;
    return this.#latest;
  }

  #arm(): void {
    const first = this.#alarms.firstRank();
    if (first >= this.#timerFor || first === Number.POSITIVE_INFINITY) return;
    this.#stop();
    this.#timerFor = first;
    const waitMs = Math.min(Math.max(0, first - this.#read()), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.#ring(), waitMs).unref();
  }

  #ring(): void {
    this.#timerFor = Number.POSITIVE_INFINITY;
    const now = this.now();
    const due: Alarm[] = [];
    while (this.#alarms.firstRank() <= now) due.push(this.#alarms.pop()!);
    for (const alarm of due) alarm.task?.();
    this.#arm();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timerFor = Number.POSITIVE_INFINITY;
  }
}

/** Comes back in a later turn of the event loop, once others had theirs. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
