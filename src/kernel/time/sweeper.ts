import { type HeapItem, IndexedHeap } from "../collection/indexed-heap.ts";
import { Alarm } from "./alarm.ts";
import type { Clock } from "./clock.ts";

/** How often somebody looks for what has expired. */
const EVERY_MS = 60_000;
/** What is held is looked at so often, at the least, whatever it said when it was looked at last. */
const LONGEST_MS = 60 * 60_000;
/** How much is let go of in one turn of the event loop: a matter of few milliseconds. */
const PER_TURN = 10_000;

/** Something that lets go of what has expired whenever it is used, and has to be told when nobody uses it. */
export interface Expiring {
  /** When the next of what it holds expires; Infinity when it holds nothing that does. */
  readonly nextExpiry: number;
  /** Lets go of what has expired, but of no more than that many things, and says of how many. */
  expire(most: number): number;
}

/** One of those that are looked after. */
export class Holding implements HeapItem {
  heapSlot = -1;
  readonly clock: Clock;
  readonly subject: Expiring;
  readonly #sweeper: Sweeper;

  constructor(sweeper: Sweeper, clock: Clock, subject: Expiring) {
    this.#sweeper = sweeper;
    this.clock = clock;
    this.subject = subject;
  }

  /** Call it whenever the subject got something to hold. While it is looked after already, that costs a comparison. */
  begin(): void {
    if (this.heapSlot < 0) this.#sweeper.hold(this);
  }

  /** Call it when something expires at that instant, maybe sooner than the subject said last. */
  hasten(instant: number): void {
    this.#sweeper.hold(this, instant);
  }

  /** Call it when the subject is gone. */
  end(): void {
    if (this.heapSlot >= 0) this.#sweeper.release(this);
  }
}

/**
 * Frees what has expired where nobody touches it: messages of idle queues, records of idle streams. It looks once a
 * minute of the time all clocks follow, only while anything is held, and lets other tasks have their turn. When
 * something counts as expired is not for it to say: whoever touches a resource finds it as if it had always looked.
 */
export class Sweeper {
  readonly #base: Clock;
  readonly #byClock = new Map<Clock, IndexedHeap<Holding>>();
  readonly #alarm: Alarm;

  constructor(base: Clock) {
    this.#base = base;
    this.#alarm = new Alarm(base, () => this.#sweep());
  }

  /** What tells the sweeper of a subject on that clock. */
  holding(clock: Clock, subject: Expiring): Holding {
    return new Holding(this, clock, subject);
  }

  /** Looks after the holding from now on: at that instant at the latest, if it is given. */
  hold(holding: Holding, instant?: number): void {
    const { clock } = holding;
    const heap = this.#byClock.get(clock) ?? new IndexedHeap<Holding>();
    if (this.#byClock.size === 0) this.#alarm.set(this.#base.now() + EVERY_MS);
    this.#byClock.set(clock, heap);
    heap.set(holding, Math.min(heap.rankOf(holding) ?? rankOf(holding), instant ?? Number.POSITIVE_INFINITY));
  }

  release(holding: Holding): void {
    const heap = this.#byClock.get(holding.clock);
    heap?.delete(holding);
    if (heap?.size === 0) this.#drop(holding.clock);
  }

  /** Looks after nothing any more, or nothing on that clock. */
  reset(clock?: Clock): void {
    if (clock !== undefined) return this.#drop(clock);
    for (const known of this.#byClock.keys()) this.#drop(known);
  }

  #sweep(): void {
    let left = PER_TURN;
    for (const [clock, heap] of this.#byClock) {
      left = sweepHeap(heap, clock.now(), left);
      if (heap.size === 0) this.#drop(clock);
      if (left <= 0) return this.#alarm.set(this.#base.now());
    }
    if (this.#byClock.size > 0) this.#alarm.set(this.#base.now() + EVERY_MS);
  }

  #drop(clock: Clock): void {
    this.#byClock.delete(clock);
    if (this.#byClock.size === 0) this.#alarm.set(Number.POSITIVE_INFINITY);
  }
}

/** Lets go of up to so many things, and says how many more could have been. */
function sweepHeap(heap: IndexedHeap<Holding>, now: number, most: number): number {
  let left = most;
  while (left > 0 && heap.firstRank() <= now) {
    const holding = heap.first()!;
    const { subject } = holding;
    const gone = subject.expire(left);
    left -= 1 + gone;
    if (!heap.has(holding)) continue;
    if (subject.nextExpiry === Number.POSITIVE_INFINITY) heap.delete(holding);
    else heap.set(holding, gone > 0 ? rankOf(holding) : Math.max(rankOf(holding), now + EVERY_MS));
  }
  return left;
}

/** When to look next. */
function rankOf({ clock, subject }: Holding): number {
  return Math.min(subject.nextExpiry, clock.now() + LONGEST_MS);
}
