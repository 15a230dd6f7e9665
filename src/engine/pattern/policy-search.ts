import { present } from "../../kernel/present.ts";
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

/** Subscriptions that get every message, in the order they were added. Never changes: there is another one when they do. */
export class Everyone<T> {
  readonly #members: readonly Found<T>[];
  readonly subscriptions: readonly T[];

  constructor(members: Iterable<Found<T>>) {
    this.#members = [...members].sort(byOrder);
    this.subscriptions = this.#members.map(({ subscription }) => subscription);
  }

  /** These and others, in the order they were added. */
  with(others: ReadonlySet<Found<T>>): readonly T[] {
    const all = [...this.#members, ...others];
    return all.sort(byOrder).map(({ subscription }) => subscription);
  }
}

function byOrder(a: Found<unknown>, b: Found<unknown>): number {
  return a.order - b.order;
}

const NO_CANDIDATES: readonly never[] = [];

/**
 * Policies that may accept a message. They are judged one after the other, with pauses if wanted: large ones take long.
 * Holds nothing of the message, which may wait for a while.
 */
export class PolicySearch<T> {
  readonly #everyone: Everyone<T>;
  readonly #candidates: readonly Candidate<T>[];
  #accepting: Set<Found<T>> | undefined;
  #next = 0;

  /** `everyone` are those who need no judging. */
  constructor(everyone: Everyone<T>, candidates: readonly Candidate<T>[] = NO_CANDIDATES) {
    this.#everyone = everyone;
    this.#candidates = candidates;
  }

  get isDone(): boolean {
    return this.#next === this.#candidates.length;
  }

  /** Judges policies until that took so many steps or all are judged. Returns the steps, which the last policy may exceed. */
  judge(message: MessageView, mostSteps: number): number {
    let steps = 0;
    while (steps < mostSteps && this.#next < this.#candidates.length) {
      steps += this.#goOn(present(this.#candidates[this.#next], "a candidate"), message);
    }
    return steps;
  }

  /** The subscriptions that accept the message as far as they were judged, in the order they were added. */
  get found(): readonly T[] {
    return this.#accepting === undefined ? this.#everyone.subscriptions : this.#everyone.with(this.#accepting);
  }

  /** Prepares for the next policy or, when nothing of that is left, judges it. Returns the steps. */
  #goOn({ member, scope, alternative }: Candidate<T>, message: MessageView): number {
    const fields = this.#accepting?.has(member) ? undefined : message.fields(scope);
    const preparing = fields === undefined ? 0 : alternative.prepare(fields);
    if (preparing > 0) return preparing;
    this.#next++;
    if (fields === undefined) return 1;
    if (alternative.accepts(fields)) {
      this.#accepting ??= new Set();
      this.#accepting.add(member);
    }
    return alternative.steps(fields);
  }
}
