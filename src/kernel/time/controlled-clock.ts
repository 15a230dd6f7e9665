import { type HeapItem, IndexedHeap } from "../collection/indexed-heap.ts";
import type { Clock } from "./clock.ts";
import { formatIso8601 } from "./iso8601.ts";

interface Alarm extends HeapItem {
  readonly order: number;
  /** Undefined once cancelled: an alarm may be cancelled by another of the same instant. */
  task: (() => void) | undefined;
}

/** About thirty years: the most that time can be moved by at once. */
export const LONGEST_ADVANCE_MS = 1_000_000_000_000;

/** The last instant whose year has the four digits that timestamps have room for; later ones soon have no calendar. */
export const LAST_INSTANT = 253_402_300_799_999;

/**
 * Time cannot be moved like that. The message is a sentence for whoever asked for it.
 *
 * @example
 * import { createEmulator, TimeError } from "waystation";
 *
 * const emulator = await createEmulator();
 * try {
 *   emulator.clock().advance(-1);
 * } catch (error) {
 *   if (!(error instanceof TimeError)) throw error;
 * }
 * await emulator.close();
 */
export class TimeError extends RangeError {}

/**
 * A clock that follows another one until it is told otherwise: it can be frozen, advanced and released again.
 *
 * Alarms ring in the order of their instants, those of one instant in the order they were set, and each sees `now()`
 * at its own instant. While the clock runs, all its alarms share a single alarm of the clock it follows.
 */
export class ControlledClock implements Clock {
  readonly #base: Clock;
  readonly #moved: () => void;
  readonly #alarms = new IndexedHeap<Alarm>();
  #frozenAt: number | undefined;
  #offsetMs = 0;
  #order = 0;
  #armedFor = Number.POSITIVE_INFINITY;
  #disarm: () => void = () => {};

  /** `moved` is called when somebody froze, advanced or released the clock. */
  constructor(base: Clock, moved: () => void = () => {}) {
    this.#base = base;
    this.#moved = moved;
  }

  now(): number {
    return this.#frozenAt ?? this.#base.now() + this.#offsetMs;
  }

  at(instant: number, task: () => void): () => void {
    const alarm: Alarm = { heapSlot: -1, order: this.#order++, task };
    this.#alarms.set(alarm, instant);
    this.#arm();
    return () => {
      alarm.task = undefined;
      this.#alarms.delete(alarm);
      if (this.#alarms.size === 0) this.#stop();
    };
  }

  get isFrozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  /** Whether it shows the very time of the clock it follows. */
  get isOnTime(): boolean {
    return this.#frozenAt === undefined && this.#offsetMs === 0;
  }

  /** Alarms that have not rung yet. */
  get pending(): number {
    return this.#alarms.size;
  }

  /** Stops time at the present instant. */
  freeze(): void {
    this.#frozenAt = this.now();
    this.#stop();
    this.#arm();
    this.#moved();
  }

  /** Lets time run on from the present instant. */
  resume(): void {
    if (this.#frozenAt === undefined) return;
    this.#offsetMs = this.#frozenAt - this.#base.now();
    this.#frozenAt = undefined;
    this.#arm();
    this.#moved();
  }

  /**
   * Moves time forward by `ms` and rings every alarm passed on the way, frozen or running. Throws TimeError, with no
   * time passed, unless that is a whole number from 0 to `LONGEST_ADVANCE_MS` and ends before the year 10000.
   */
  advance(ms: number): void {
    const target = this.now() + checkedAdvance(ms);
    if (target > LAST_INSTANT) throw new TimeError(`Time cannot go past ${formatIso8601(LAST_INSTANT)}.`);
    const wasFrozen = this.isFrozen;
    this.#frozenAt = this.now();
    this.#ringUntil(target);
    this.#frozenAt = target;
    if (!wasFrozen) this.resume();
  }

  #ringUntil(target: number): void {
    while (this.#alarms.firstRank() <= target) {
      const instant = this.#alarms.firstRank();
      if (this.#frozenAt !== undefined && instant > this.#frozenAt) this.#frozenAt = instant;
      for (const alarm of this.#popAll(instant)) alarm.task?.();
    }
  }

  #popAll(instant: number): Alarm[] {
    const due: Alarm[] = [];
    while (this.#alarms.firstRank() === instant) due.push(this.#alarms.pop()!);
    return due.sort((a, b) => a.order - b.order);
  }

  /** Asks the base clock for one alarm at the first instant that its own passing of time will reach. */
  #arm(): void {
    const first = this.#alarms.firstRank();
    if (first === Number.POSITIVE_INFINITY) return;
    const reachable = first <= this.now() ? this.#base.now() : first - this.#offsetMs;
    if (this.isFrozen && first > this.now()) return;
    if (reachable >= this.#armedFor) return;
    this.#stop();
    this.#armedFor = reachable;
    this.#disarm = this.#base.at(reachable, () => {
      this.#armedFor = Number.POSITIVE_INFINITY;
      this.#ringDue();
      this.#arm();
    });
  }

  /** Rings what is due now, but not what those tasks set for the same instant: that waits for the next turn. */
  #ringDue(): void {
    const now = this.now();
    const due: Alarm[][] = [];
    while (this.#alarms.firstRank() <= now) due.push(this.#popAll(this.#alarms.firstRank()));
    for (const alarms of due) for (const alarm of alarms) alarm.task?.();
  }

  #stop(): void {
    this.#disarm();
    this.#disarm = () => {};
    this.#armedFor = Number.POSITIVE_INFINITY;
  }
}

/** Programs without types hand in anything: what `Math` makes NaN of would stop the clock for good. */
function checkedAdvance(ms: unknown): number {
  if (Number.isSafeInteger(ms) && (ms as number) >= 0 && (ms as number) <= LONGEST_ADVANCE_MS) return ms as number;
  const given = typeof ms === "string" ? JSON.stringify(ms) : String(ms);
  throw new TimeError(
    `Time is advanced by a whole number of milliseconds from 0 to ${LONGEST_ADVANCE_MS}, not by ${given}.`,
  );
}
