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

/**
 * What there is of one kind in each account and region. Only what has something in it is kept: a question about an
 * account or region that nobody used leaves nothing behind, whoever asks, however often.
 */
export class ByScope<T extends Scoped> {
  readonly #make: (scope: Scope) => T;
  readonly #kept = new Map<string, T>();

  constructor(make: (scope: Scope) => T) {
    this.#make = make;
  }

  /** What there is in the scope: for one turn, unless it is kept. */
  in(scope: Scope): T {
    return this.find(scope) ?? this.#make(scope);
  }

  /** What is kept of the scope. */
  find(scope: Scope): T | undefined {
    return this.#kept.get(scopeKey(scope));
  }

  /** Everything that is kept. */
  all(): Iterable<T> {
    return this.#kept.values();
  }

  /** What is kept of an account, of a region or of all of them, by account and region. Looks at everything that is kept. */
  within({ account, region }: Whereabouts): readonly T[] {
    const found = [...this.#kept].filter(
      ([, { scope }]) =>
        (account === undefined || account === scope.account) && (region === undefined || region === scope.region),
    );
    return found.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, it]) => it);
  }

  /** Call it when something came into one of them, or left it. */
  update(it: T): void {
    const key = scopeKey(it.scope);
    if (!it.isEmpty) this.#kept.set(key, it);
    else if (this.#kept.get(key) === it) this.#kept.delete(key);
  }

  /** Lets go of everything, or of all of one account, and says of what. */
  reset(account?: string): readonly T[] {
    const gone = [...this.#kept.values()].filter(({ scope }) => account === undefined || scope.account === account);
    for (const { scope } of gone) this.#kept.delete(scopeKey(scope));
    return gone;
  }
}

/** What is told that something came into what is kept by scope, or left it. */
export type Keeping<T extends Scoped> = Pick<ByScope<T>, "update">;
