type Outcome<T> = { readonly value: T } | { readonly cause: unknown };

/**
 * A result that is still to come. Whoever listens hears of it in the turn in which it is settled: when `tellSettled` is called, and in a
 * microtask at the latest. All that is made of it is made at once then, where promises take a microtask or more for each step.
 */
export class Deferred<T> implements PromiseLike<T> {
  #outcome: Outcome<T> | undefined = undefined;
  #resolved: ((value: T) => void) | undefined = undefined;
  #rejected: ((cause: unknown) => void) | undefined = undefined;
  #promise: Promise<T> | undefined = undefined;

  /** Settles it, once. */
  resolve(value: T): void {
    this.#outcome = { value };
    tellSoon(this);
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

/** Those whose listeners are still to be told. Nearly always there is none, which costs who looks next to nothing. */
export const settled: Pick<Deferred<unknown>, "tell">[] = [];
let isTelling = false;
/** Has a microtask run, at a part of the cost of Node's `queueMicrotask`, which notes who asked for it. */
const soon = Promise.resolve();

function tellSoon(deferred: Pick<Deferred<unknown>, "tell">): void {
  if (settled.push(deferred) === 1) void soon.then(tellSettled);
}

/** Has those told who listen to what has been settled, in that order. Whoever answers for what happened lets them go first. */
export function tellSettled(): void {
  if (isTelling || settled.length === 0) return;
  isTelling = true;
  let told = 0;
  try {
    while (told < settled.length) settled[told++]?.tell(); // what is settled meanwhile included
  } finally {
    // A listener that throws is a fault of ours, which must not keep the others waiting for ever.
    settled.splice(0, told);
    isTelling = false;
    if (settled.length > 0) queueMicrotask(tellSettled);
  }
}

function rethrow(cause: unknown): never {
  throw cause;
}
