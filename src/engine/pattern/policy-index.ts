import { present } from "../../kernel/present.ts";
import type { FilterPolicy } from "./filter-policy.ts";
import type { Alternative } from "./matching/alternative.ts";
import type { FilterPolicyScope, MessageView } from "./matching/message-view.ts";
import { keyedRules, PolicyBucket } from "./matching/policy-bucket.ts";

/** A subscription that gets a message. */
interface Found<T> {
  readonly subscription: T;
  /** Its place among all subscriptions. */
  readonly order: number;
}

/** A way for a subscription to accept a message. */
interface Candidate<T> {
  readonly member: Found<T>;
  readonly scope: FilterPolicyScope;
  readonly alternative: Alternative;
}

/** Subscriptions that get every message, in the order they were added. Never changes: there is another one when they do. */
class Everyone<T> {
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

interface Member<T> extends Found<T> {
  entries: readonly Entry<T>[];
}

/** One alternative of a subscription's policy, and the buckets that hold it. */
interface Entry<T> extends Candidate<T> {
  buckets: readonly PolicyBucket<Entry<T>>[];
  /** The last search that looked at it. */
  lastTried: number;
}

/**
 * The subscriptions of a topic by what their filter policies ask for, so that a publish looks at few more policies than
 * accept it. Policies in which no field is held to a list of plain values are looked at every time.
 *
 * Setting and deleting do not depend on how many subscriptions there are.
 */
export class PolicyIndex<T> {
  readonly #members = new Map<T, Member<T>>();
  readonly #unfiltered = new Set<Member<T>>();
  readonly #roots: ReadonlyMap<FilterPolicyScope, PolicyBucket<Entry<T>>> = new Map([
    ["MessageAttributes", new PolicyBucket<Entry<T>>()],
    ["MessageBody", new PolicyBucket<Entry<T>>()],
  ]);
  /** Those without a filter; made anew when they have changed. */
  #everyone: Everyone<T> | undefined;
  #order = 0;
  #search = 0;

  get size(): number {
    return this.#members.size;
  }

  /** Adds a subscription, at the end, or gives one that is there another policy. Without a policy it gets everything. */
  set(subscription: T, policy: FilterPolicy | undefined): void {
    const known = this.#members.get(subscription);
    if (known !== undefined) this.#detach(known);
    const member = known ?? { subscription, order: this.#order++, entries: [] };
    this.#members.set(subscription, member);
    if (policy === undefined || policy.acceptsEverything) this.#attachUnfiltered(member);
    else this.#attach(member, policy);
  }

  delete(subscription: T): boolean {
    const member = this.#members.get(subscription);
    if (member === undefined) return false;
    this.#detach(member);
    return this.#members.delete(subscription);
  }

  /** All of them in the order they were added. */
  inOrder(): readonly T[] {
    return [...this.#members.keys()];
  }

  /** The subscriptions that accept the message, in the order they were added. */
  matches(message: MessageView): readonly T[] {
    const search = this.search(message);
    search.judge(message, Number.POSITIVE_INFINITY);
    return search.found;
  }

  /** All of them, in the order they were added, if none has a filter: then there is nothing to search for. */
  get everyone(): readonly T[] | undefined {
    if (this.#unfiltered.size < this.#members.size) return undefined;
    this.#everyone ??= new Everyone(this.#unfiltered);
    return this.#everyone.subscriptions;
  }

  /** Chooses the policies that may accept the message, as they are now; they can be judged later. */
  search(message: MessageView): PolicySearch<T> {
    this.#everyone ??= new Everyone(this.#unfiltered);
    const candidates: Candidate<T>[] = [];
    const search = ++this.#search;
    for (const [scope, root] of this.#roots) {
      const fields = root.isEmpty ? undefined : message.fields(scope);
      if (fields === undefined) continue;
      root.search(fields, search, (entry) => {
        if (entry.lastTried === search) return;
        entry.lastTried = search;
        candidates.push(entry);
      });
    }
    return new PolicySearch(this.#everyone, candidates);
  }

  #attachUnfiltered(member: Member<T>): void {
    this.#unfiltered.add(member);
    this.#everyone = undefined;
  }

  #attach(member: Member<T>, { scope, alternatives }: FilterPolicy): void {
    const root = this.#roots.get(scope);
    member.entries = alternatives.map((alternative) => {
      const entry: Entry<T> = { member, scope, alternative, buckets: [], lastTried: 0 };
      entry.buckets = root?.add(entry, keyedRules(alternative.rules)) ?? [];
      return entry;
    });
  }

  #detach(member: Member<T>): void {
    if (this.#unfiltered.delete(member)) this.#everyone = undefined;
    for (const entry of member.entries) for (const bucket of entry.buckets) bucket.delete(entry);
    member.entries = [];
  }
}
