import { type Scope, scopeKey } from "../scope.ts";

/** What there is of one kind in one account and region. */
export interface Scoped {
  readonly scope: Scope;
  /** Whether nothing is in it: it can be thrown away, and made anew when it is wanted. */
  readonly isEmpty: boolean;
}

/** Of which account and region something is wanted; of every one unless given. */
export interface Whereabouts {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

/** What was made for a scope, for as long as somebody holds it, and the clock that it goes by. */
interface Made<T extends Scoped> {
  readonly it: WeakRef<T>;
  readonly clock: WeakRef<object> | undefined;
}

/**
 * What there is of one kind in each account and region. Only what has something in it is kept: a question about an
 * account or region that nobody used leaves nothing behind, whoever asks, however often. Whoever holds what is empty
 * has the same as everybody else, over as many turns as it likes, until it is reset.
 */
export class ByScope<T extends Scoped> {
  readonly #make: (scope: Scope) => T;
  readonly #clockOf: (account: string) => object | undefined;
  /** By account, then by region, which the partition follows from. */
  readonly #kept = new Map<string, Map<string, T>>();
  readonly #made = new Map<string, Made<T>>();
  readonly #forgotten = new FinalizationRegistry<string>((key) => {
    if (this.#made.get(key)?.it.deref() === undefined) this.#made.delete(key);
  });

  /** `clockOf` says what is made goes by which clock: one that an account no longer has is made anew. */
  constructor(make: (scope: Scope) => T, clockOf: (account: string) => object | undefined = () => undefined) {
    this.#make = make;
    this.#clockOf = clockOf;
  }

  /** What there is in the scope. */
  in(scope: Scope): T {
    return this.find(scope) ?? this.#empty(scope);
  }

  /** What is kept of the scope. */
  find(scope: Scope): T | undefined {
    return this.#kept.get(scope.account)?.get(scope.region);
  }

  /** Everything that is kept, or all of one account, which costs nothing for the others. */
  *all(account?: string): Generator<T, void, void> {
    if (account !== undefined) yield* this.#kept.get(account)?.values() ?? [];
    else for (const ofAccount of this.#kept.values()) yield* ofAccount.values();
  }

  /** What is kept of an account, of a region or of all of them, by account and region. */
  within({ account, region }: Whereabouts): readonly T[] {
    const found = [...this.all(account)].filter(({ scope }) => region === undefined || region === scope.region);
    return found.sort((one, other) => (scopeKey(one.scope) < scopeKey(other.scope) ? -1 : 1));
  }

  /** Call it when something came into one of them, or left it. What comes into one that was reset meanwhile is lost with it. */
  update(it: T): void {
    const { account, region } = it.scope;
    const ofAccount = this.#kept.get(account);
    if (!it.isEmpty) {
      if (ofAccount?.get(region) === it || !this.#isCurrent(it)) return;
      if (ofAccount === undefined) this.#kept.set(account, new Map([[region, it]]));
      else ofAccount.set(region, it);
    } else if (ofAccount?.get(region) === it) {
      ofAccount.delete(region);
      if (ofAccount.size === 0) this.#kept.delete(account);
    }
  }

  /** Lets go of what is kept of the scope, and says of what. */
  drop(scope: Scope): T | undefined {
    const it = this.find(scope);
    this.#made.delete(scopeKey(scope));
    const ofAccount = this.#kept.get(scope.account);
    ofAccount?.delete(scope.region);
    if (ofAccount?.size === 0) this.#kept.delete(scope.account);
    return it;
  }

  /** Lets go of everything, or of all of one account, and says of what, by account and region. */
  reset(account?: string): readonly T[] {
    const gone = this.within({ account });
    if (account === undefined) {
      this.#kept.clear();
      this.#made.clear();
    } else {
      this.#kept.delete(account);
      for (const [key, { it }] of this.#made) if (it.deref()?.scope.account === account) this.#made.delete(key);
    }
    return gone;
  }

  #empty(scope: Scope): T {
    const key = scopeKey(scope);
    const clock = this.#clockOf(scope.account);
    const known = this.#made.get(key);
    const held = known?.clock?.deref() === clock ? known?.it.deref() : undefined;
    if (held !== undefined) return held;
    const it = this.#make(scope);
    this.#made.set(key, { it: new WeakRef(it), clock: clock && new WeakRef(clock) });
    this.#forgotten.register(it, key);
    return it;
  }

  #isCurrent(it: T): boolean {
    return this.#made.get(scopeKey(it.scope))?.it.deref() === it;
  }
}

/** What is told that something came into what is kept by scope, or left it. */
export type Keeping<T extends Scoped> = Pick<ByScope<T>, "update">;
