import { type HeapItem, IndexedHeap } from "../collection/indexed-heap.ts";
import { type Holding, untilReleased } from "../event/work-under-way.ts";
import { AdvanceStopped } from "./advance-stopped.ts";
import type { Clock } from "./clock.ts";
import { durationMs } from "./duration.ts";
import { formatIso8601 } from "./iso8601.ts";
import type { MovableClock, Turns } from "./movable-clock.ts";
import { nextTurn as nextTurnOfLoop } from "./system-clock.ts";
import { TimeError } from "./time-error.ts";

interface Alarm extends HeapItem {
  readonly order: number;
  /** Undefined once cancelled: an alarm may be cancelled by another of the same instant. */
  task: (() => void) | undefined;
}

/** The last instant whose year has the four digits that timestamps have room for; later ones soon have no calendar. */
export const LAST_INSTANT = 253_402_300_799_999;

/** So many alarms ring in one turn of the event loop while time is advanced: what one has to do may take some milliseconds. */
export const ADVANCED_PER_TURN = 16;
/** And so many when they fall due by themselves, a turn being a millisecond at the least then. */
export const DUE_PER_TURN = 256;

/** A move forward that is under way. */
interface Advance {
  readonly target: number;
  /** Whether time stands still afterwards. */
  staysFrozen: boolean;
}

/**
 * A clock that follows another one until it is told otherwise: it can be frozen, advanced and released again. One that shares
 * the time of others goes its own way from then on.
 *
 * Alarms ring in the order of their instants, those of one instant in the order they were set, and each sees `now()`
 * at its own instant. While the clock runs, all its alarms share a single alarm of the clock it follows.
 */
export class ControlledClock implements MovableClock {
  readonly #base: Clock;
  /** The clock it follows as long as it is not moved by itself. */
  #shared: ControlledClock | undefined;
  readonly #moved: () => void;
  readonly #holding: Holding | undefined;
  readonly #alarms = new IndexedHeap<Alarm>((one, other) => one.order < other.order);
  #advance: Advance | undefined;
  /** Settles with the advance in turns that is under way, whatever becomes of it. */
  #underWay: Promise<void> | undefined;
  #frozenAt: number | undefined;
  #offsetMs = 0;
  #order = 0;
  #armedFor = Number.POSITIVE_INFINITY;
  #disarm: () => void = () => {};

  /**
   * `moved` is called when somebody froze, advanced or released the clock; `shared` follows the base, too; `holding` keeps it
   * where it has got to while it is advanced in turns.
   */
  constructor(base: Clock, moved: () => void = () => {}, shared?: ControlledClock, holding?: Holding) {
    this.#base = base;
    this.#moved = moved;
    this.#shared = shared;
    this.#holding = holding;
  }

  /** Time that is shared is asked for where it is kept: a clock that asked its own kind would be called, not inlined. */
  now(): number {
    const kept = this.#shared ?? this;
    return kept.#frozenAt ?? kept.#base.now() + kept.#offsetMs;
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

  /** Whether time stands still, or will once it has been advanced. */
  get isFrozen(): boolean {
    return this.#advance?.staysFrozen ?? (this.#frozenAt !== undefined || this.#shared?.isFrozen === true);
  }

  /** Whether it was moved by itself, and no longer shares the time of others. */
  get isOnItsOwn(): boolean {
    return this.#shared === undefined;
  }

  /** Whether it shows the very time of the clock it follows. */
  get isOnTime(): boolean {
    return this.#frozenAt === undefined && this.#offsetMs === 0;
  }

  /** When the next alarm rings; Infinity when there is none. */
  get nextAlarm(): number {
    return this.#alarms.firstRank();
  }

  /** Alarms that have not rung yet. */
  get pending(): number {
    return this.#alarms.size;
  }

  /** Stops time at the present instant. */
  freeze(): void {
    if (this.#advance !== undefined) {
      this.#advance.staysFrozen = true;
      return;
    }
    this.#goOwnWay();
    this.#frozenAt = this.now();
    this.#stop();
    this.#arm();
    this.#moved();
  }

  /** Lets time run on from the present instant. */
  resume(): void {
    if (this.#advance !== undefined) {
      this.#advance.staysFrozen = false;
      return;
    }
    if (!this.isFrozen) return;
    this.#goOwnWay();
    this.#offsetMs = this.now() - this.#base.now();
    this.#frozenAt = undefined;
    this.#arm();
    this.#moved();
  }

  /** Shows that instant from now on, whether it lies ahead or behind, and stands still there or goes on from there. */
  startAt(instant: number, isFrozen: boolean): void {
    this.#goOwnWay();
    this.#offsetMs = instant - this.#base.now();
    this.#frozenAt = isFrozen ? instant : undefined;
    this.#stop();
    this.#arm();
    this.#moved();
  }

  /**
   * Moves time forward and rings every alarm passed on the way, frozen or running, all in one turn. Throws TimeError, with no
   * time passed, unless that is a duration and ends before the year 10000.
   */
  advance(by: number | string): void {
    this.#begin(durationMs(by));
    try {
      this.#ring(Number.POSITIVE_INFINITY);
    } finally {
      this.#end();
    }
  }

  /**
   * The same, but only so many alarms ring in a turn of the event loop, so that requests are served in between, and work under
   * way is waited for before time moves on. What takes one turn is done on return; advances wait for each other. Throws AdvanceStopped
   * and TimeHeld, too: then the clock is where it had got to.
   */
  async advanceInTurns(by: number | string, turns: Turns = {}): Promise<void> {
    const ms = durationMs(by);
    while (this.#underWay !== undefined) await this.#underWay;
    this.#throwIfStopped(turns.signal);
    this.#begin(ms);
    const { signal, nextTurn = nextTurnOfLoop } = turns;
    const run = this.#ringInTurns(signal, nextTurn);
    // The next one begins in another turn, so that whoever waits for this one finds the clock where it left it.
    this.#underWay = run.then(nextTurn, nextTurn).finally(() => {
      this.#underWay = undefined;
    });
    return run;
  }

  async advanceTo(instant: number, turns: Turns = {}): Promise<void> {
    while (this.#underWay !== undefined) await this.#underWay;
    return this.advanceInTurns(msUntil(instant, this.now()), turns);
  }

  async #ringInTurns(signal: AbortSignal | undefined, nextTurn: () => Promise<void>): Promise<void> {
    try {
      while (!this.#ring(ADVANCED_PER_TURN, this.#holding)) {
        await nextTurn();
        if (this.#holding !== undefined) await untilReleased(this.#holding, { signal, nextTurn }, this.#base);
        this.#throwIfStopped(signal);
      }
    } finally {
      this.#end();
    }
  }

  #throwIfStopped(signal: AbortSignal | undefined): void {
    if (signal?.aborted) throw new AdvanceStopped(this.now(), formatIso8601(this.now()), signal.reason);
  }

  #begin(ms: number): void {
    if (this.#advance !== undefined) throw new TimeError("Time is being advanced already.");
    this.#goOwnWay();
    const target = this.now() + ms;
    if (target > LAST_INSTANT) throw new TimeError(`Time cannot go past ${formatIso8601(LAST_INSTANT)}.`);
    this.#advance = { target, staysFrozen: this.isFrozen };
    this.#frozenAt = this.now();
    this.#stop();
    this.#moved();
  }

  /** Rings up to so many of the alarms on the way, and says whether time has got to the end of it. */
  #ring(most: number, holding?: Holding): boolean {
    const target = this.#advance?.target ?? this.now();
    for (let rung = 0; this.#alarms.firstRank() <= target; rung++) {
      if (rung === most || holding?.isHeld() === true) return false;
      this.#frozenAt = Math.max(this.now(), this.#alarms.firstRank());
      this.#alarms.pop()?.task?.();
    }
    if (holding?.isHeld() === true) return false;
    this.#frozenAt = target;
    return true;
  }

  #end(): void {
    const staysFrozen = this.isFrozen;
    this.#advance = undefined;
    if (!staysFrozen) return this.resume();
    this.#arm();
    this.#moved();
  }

  /** Asks the base clock for one alarm at the first instant that its own passing of time will reach. */
  #arm(): void {
    if (this.#advance !== undefined) return;
    const first = this.#alarms.firstRank();
    if (first === Number.POSITIVE_INFINITY) return;
    const reachable = first <= this.now() ? this.#followed.now() : first - this.#offsetMs;
    if (this.#frozenAt !== undefined && first > this.now()) return;
    if (reachable >= this.#armedFor) return;
    this.#stop();
    this.#armedFor = reachable;
    this.#disarm = this.#followed.at(reachable, () => this.#reached());
  }

  #reached(): void {
    const passed = this.#holding?.passed();
    if (passed !== undefined) return void passed.then(() => this.#reached());
    this.#armedFor = Number.POSITIVE_INFINITY;
    this.#ringDue();
    this.#arm();
  }

  /** Rings what is due now, but not what those tasks set for the same instant: that, and all beyond so many, waits for the next turn. */
  #ringDue(): void {
    const now = this.now();
    const most = this.#shared?.isAdvancing ? 1 : DUE_PER_TURN;
    const due: Alarm[] = [];
    while (due.length < most && this.#alarms.firstRank() <= now) due.push(this.#alarms.pop()!);
    for (const alarm of due) alarm.task?.();
  }

  get #followed(): Clock {
    return this.#shared ?? this.#base;
  }

  /** Whether time is being moved forward. */
  get isAdvancing(): boolean {
    return this.#advance !== undefined;
  }

  /** Shares the time of others no more, and goes on from the present instant. */
  #goOwnWay(): void {
    if (this.#shared === undefined) return;
    const now = this.now();
    const { isFrozen } = this.#shared;
    this.#stop();
    this.#shared = undefined;
    if (isFrozen) this.#frozenAt = now;
    else this.#offsetMs = now - this.#base.now();
  }

  #stop(): void {
    this.#disarm();
    this.#disarm = () => {};
    this.#armedFor = Number.POSITIVE_INFINITY;
  }
}

/** How far it is from now to an instant, which must not be over. Throws TimeError. */
export function msUntil(instant: number, now: number): number {
  if (instant >= now) return instant - now;
  throw new TimeError(`Time only goes forward: it is ${formatIso8601(now)} already.`);
}
