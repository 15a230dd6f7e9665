import type { FieldRule, Key } from "./field-rule.ts";
import type { Leaf } from "./leaf.ts";
import type { Fields } from "./message-view.ts";
import type { PathValues } from "./path-values.ts";

/** So many entries are kept together before a bucket sorts newcomers by their keys. */
const CROWD = 8;

/** A rule that accepts a few values only. */
interface KeyedRule {
  readonly path: string;
  readonly keys: readonly Key[];
}

type Buckets<Entry> = ReadonlyMap<Leaf, PolicyBucket<Entry>>;

/** The rules an index can look up, those with the fewest values first. */
export function keyedRules(rules: readonly FieldRule[]): readonly KeyedRule[] {
  const keyed = rules.flatMap(({ path, keys }) => (keys === undefined ? [] : [{ path, keys }]));
  return keyed.sort((a, b) => a.keys.length - b.keys.length);
}

/** Which bucket a bucket is inside, and the value that leads to it. */
interface Origin<Entry> {
  readonly parent: PolicyBucket<Entry>;
  readonly path: string;
  readonly key: Key;
}

/**
 * Entries a message may concern. The first few stay here; later ones go to the bucket of a value their first rule asks
 * for, so that a message without that value never meets them. There they are sorted by their next rule once it gets
 * crowded: what counts is how much entries differ, not in which rule. Entries without such a rule all stay here.
 */
export class PolicyBucket<Entry> {
  readonly #origin: Origin<Entry> | undefined;
  readonly #entries = new Set<Entry>();
  readonly #children = new Map<string, Map<Leaf, PolicyBucket<Entry>>>();
  /** The last search that came here: a message may have the value that leads here many times. */
  #lastSearch = 0;

  constructor(origin?: Origin<Entry>) {
    this.#origin = origin;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0 && this.#children.size === 0;
  }

  /** Adds an entry with these rules. Returns the buckets it is in now: one for each combination of values. */
  add(entry: Entry, rules: readonly KeyedRule[]): readonly PolicyBucket<Entry>[] {
    const [rule, ...others] = this.#entries.size < CROWD ? [] : rules;
    if (rule === undefined) {
      this.#entries.add(entry);
      return [this];
    }
    return rule.keys.flatMap((key) => this.#childFor(rule.path, key).add(entry, others));
  }

  /** Deletes an entry that is in this very bucket. */
  delete(entry: Entry): void {
    this.#entries.delete(entry);
    this.#prune();
  }

  /** Calls `visit` with every entry the message may concern, maybe more than once. `search` tells searches apart. */
  search(fields: Fields, search: number, visit: (entry: Entry) => void): void {
    if (this.#lastSearch === search) return;
    this.#lastSearch = search;
    for (const entry of this.#entries) visit(entry);
    const { paths } = fields;
    const descend = (byKey: Buckets<Entry> | undefined, values: PathValues | undefined): void => {
      if (byKey === undefined || values === undefined) return;
      const { leaves } = values;
      if (leaves.length <= byKey.size) for (const leaf of leaves) byKey.get(leaf)?.search(fields, search, visit);
      else for (const [key, bucket] of byKey) if (values.has(key)) bucket.search(fields, search, visit);
    };
    if (this.#children.size <= paths.size) {
      for (const [path, byKey] of this.#children) descend(byKey, paths.get(path));
    } else {
      for (const [path, values] of paths) descend(this.#children.get(path), values);
    }
  }

  #childFor(path: string, key: Key): PolicyBucket<Entry> {
    let byKey = this.#children.get(path);
    if (byKey === undefined) {
      byKey = new Map();
      this.#children.set(path, byKey);
    }
    let child = byKey.get(key);
    if (child === undefined) {
      child = new PolicyBucket({ parent: this, path, key });
      byKey.set(key, child);
    }
    return child;
  }

  #prune(): void {
    if (this.#origin === undefined || !this.isEmpty) return;
    const { parent, path, key } = this.#origin;
    const siblings = parent.#children.get(path);
    if (siblings?.get(key) !== this) return;
    siblings.delete(key);
    if (siblings.size === 0) parent.#children.delete(path);
    parent.#prune();
  }
}
