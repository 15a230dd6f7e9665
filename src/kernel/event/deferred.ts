import { nextTurn } from "../time/system-clock.ts";

type Outcome<T> = { readonly value: T } | { readonly cause: unknown };

/**
 * A result that is still to come. Whoever listens hears of it in the turn in which it is settled: when `tellSettled` is called, and in a
 * microtask at the latest, unless it is one of very many who are in no hurry. All that is made of it is made at once then, where promises take a microtask or more for each step.
 */
export class Deferred<T> implements PromiseLike<T> {
  #outcome: Outcome<T> | undefined = undefined;
  #resolved: ((value: T) => void) | undefined = undefined;
  #rejected: ((cause: unknown) => void) | undefined = undefined;
  #promise: Promise<T> | undefined = undefined;
  /** Whether who listens may be told in a later turn of the event loop. */
  canWait = false;

  /** Settles it, once. */
  resolve(value: T): void {
    this.#outcome = { value };
    tellSoon(this);
  }

  /**
   * Settles it, once, with what nobody is in a hurry to hear and nothing can change any more. Of many settled at once only so many are told in
   * one turn, in that order: to answer thousands would hold everybody else up.
   */
  resolveUnhurried(value: T): void {
    this.canWait = true;
    this.resolve(value);
  }

  /** Settles it, once, with what went wrong. */
  reject(cause: unknown): void {
    this.#outcome = { cause };
    tellSoon(this);
  }

  /** Has one of the two called once it is settled. There is one listener, which throws nothing. */
  listen(resolved: (value: T) => void, rejected: (cause: unknown) => void): void {
    this.#resolved = resolved;
    this.#rejected = rejected;
    if (this.#outcome !== undefined) tellSoon(this);
  }

  /** What `make` makes of the result, or `mend` of what went wrong, be it in `make`; either may throw. It is the listener. */
  map<Made>(make: (value: T) => Made, mend: (cause: unknown) => Made = rethrow): Deferred<Made> {
    const made = new Deferred<Made>();
    const fail = (cause: unknown): void => made.#tellOutcome(outcomeOf(mend, cause));
    const succeed = (value: T): void => {
      const outcome = outcomeOf(make, value);
      if ("value" in outcome) made.#tellOutcome(outcome);
      else fail(outcome.cause);
    };
    this.listen(succeed, fail);
    return made;
  }

  // biome-ignore lint/suspicious/noThenProperty: it is awaited wherever nobody minds a microtask
  then<Resolved = T, Rejected = never>(
    resolved?: ((value: T) => Resolved | PromiseLike<Resolved>) | null,
    rejected?: ((cause: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Resolved | Rejected> {
    this.#promise ??= new Promise<T>((resolve, reject) => this.listen(resolve, reject));
    return this.#promise.then(resolved, rejected);
  }

  /** Tells who listens, unless that was done. */
  tell(): void {
    const outcome = this.#outcome;
    const resolved = this.#resolved;
    const rejected = this.#rejected;
    this.#resolved = undefined;
    this.#rejected = undefined;
    if (outcome === undefined) return;
    if ("value" in outcome) resolved?.(outcome.value);
    else rejected?.(outcome.cause);
  }

  #tellOutcome(outcome: Outcome<T>): void {
    this.#outcome = outcome;
    this.tell();
  }
}

function outcomeOf<From, T>(make: (from: From) => T, from: From): Outcome<T> {
  try {
    return { value: make(from) };
  } catch (cause) {
    return { cause };
  }
}

type Tellable = Pick<Deferred<unknown>, "tell" | "canWait">;

/** How many of those who are in no hurry are told in one turn: some milliseconds' worth of answers. */
const MOST_UNHURRIED = 64;

/** Those whose listeners are still to be told. Nearly always there is none, which costs who looks next to nothing. */
export const settled: Tellable[] = [];
/** Those that were more than a turn takes, in order. */
const putOff: Tellable[] = [];
let isTelling = false;
/** Has a microtask run, at a part of the cost of Node's `queueMicrotask`, which notes who asked for it. */
const soon = Promise.resolve();

function tellSoon(deferred: Tellable): void {
  if (settled.push(deferred) === 1) void soon.then(() => tellSettled());
}

/** Has those told who listen to what has been settled, in that order. Whoever answers for what happened lets them go first. */
export function tellSettled(mostUnhurried = MOST_UNHURRIED): void {
  if (isTelling || settled.length === 0) return;
  isTelling = true;
  let told = 0;
  let unhurried = 0;
  try {
    while (told < settled.length) {
      const next = settled[told++]!; // what is settled meanwhile included
      if (next.canWait && (putOff.length > 0 || ++unhurried > mostUnhurried)) tellLater(next);
      else next.tell();
    }
  } finally {
    // A listener that throws is a fault of ours, which must not keep the others waiting for ever.
    settled.splice(0, told);
    isTelling = false;
    if (settled.length > 0) queueMicrotask(() => tellSettled());
  }
}

/** Tells all of them in this turn, also those who are in no hurry: for when nobody else is to have a turn. */
export function tellEverybody(): void {
  tellPutOff(Number.POSITIVE_INFINITY);
  tellSettled(Number.POSITIVE_INFINITY);
}

function tellLater(deferred: Tellable): void {
  if (putOff.push(deferred) === 1) void nextTurn().then(() => tellPutOff(MOST_UNHURRIED));
}

function tellPutOff(most: number): void {
  let told = 0;
  try {
    while (told < most && told < putOff.length) putOff[told++]!.tell();
  } finally {
    putOff.splice(0, told);
    if (putOff.length > 0) void nextTurn().then(() => tellPutOff(MOST_UNHURRIED));
  }
}

function rethrow(cause: unknown): never {
  throw cause;
}
