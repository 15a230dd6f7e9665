import type { Alternative } from "./matching/alternative.ts";
import type { FilterPolicyScope, MessageView } from "./matching/message-view.ts";

/** A subscription that gets a message. */
export interface Found<T> {
  readonly subscription: T;
  /** Its place among all subscriptions. */
  readonly order: number;
}

/** A way for a subscription to accept a message. */
export interface Candidate<T> {
  readonly member: Found<T>;
  readonly scope: FilterPolicyScope;
  readonly alternative: Alternative;
}

/**
 * Policies that may accept a message. They are judged one after the other, with pauses if wanted: large ones take long.
 * Holds nothing of the message, which may wait for a while.
 */
export class PolicySearch<T> {
  readonly #found: Set<Found<T>>;
  readonly #candidates: readonly Candidate<T>[];
  #next = 0;
  #inOrder: readonly T[] | undefined;

  /** `inOrder` are those found, where they are known already. */
  constructor(found: Iterable<Found<T>>, candidates: readonly Candidate<T>[], inOrder?: readonly T[]) {
    this.#found = new Set(found);
    this.#candidates = candidates;
    this.#inOrder = inOrder;
  }

  get isDone(): boolean {
    return this.#next === this.#candidates.length;
  }

  /** Judges policies until that took so many steps or all are judged. Returns the steps, which the last policy may exceed. */
  judge(message: MessageView, mostSteps: number): number {
    let steps = 0;
    for (; steps < mostSteps && this.#next < this.#candidates.length; this.#next++) {
      steps += this.#judge(this.#candidates[this.#next], message);
    }
    return steps;
  }

  /** The subscriptions that accept the message as far as they were judged, in the order they were added. */
  get found(): readonly T[] {
    this.#inOrder ??= inOrder(this.#found);
    return this.#inOrder;
  }

  #judge(candidate: Candidate<T> | undefined, message: MessageView): number {
    const fields = candidate && message.fields(candidate.scope);
    if (candidate === undefined || fields === undefined || this.#found.has(candidate.member)) return 1;
    if (candidate.alternative.accepts(fields)) this.#found.add(candidate.member);
    return candidate.alternative.steps(fields);
  }
}

export function inOrder<T>(found: Iterable<Found<T>>): readonly T[] {
  return [...found].sort((a, b) => a.order - b.order).map(({ subscription }) => subscription);
}
