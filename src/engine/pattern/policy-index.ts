import type { FilterPolicy } from "./filter-policy.ts";
import type { FilterPolicyScope, MessageView } from "./matching/message-view.ts";
import { keyedRules, PolicyBucket } from "./matching/policy-bucket.ts";
import { type Candidate, Everyone, type Found, PolicySearch } from "./policy-search.ts";

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
