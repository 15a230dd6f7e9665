import { ArrayTree } from "./array-tree.ts";
import { PathValues } from "./path-values.ts";

/** The values of a message under their dotted paths, and the arrays of it that hold some of them. */
export interface Fields {
  readonly paths: ReadonlyMap<string, PathValues>;
  readonly arrays: ArrayTree;
}

/** Longer paths are rare enough to be counted. */
const LONG_PATH = 1000;
/** What long paths may have in characters, all of them together. */
const MAX_LONG_PATHS = 1_000_000;

/**
 * Collects values under their paths. A message inside one long name can be small and have paths of gigabytes, which
 * would take minutes and all memory; so of long paths only the first few hundred are kept.
 */
export class FieldCollector implements Fields {
  readonly paths = new Map<string, PathValues>();
  #arrays: ArrayTree | undefined;
  #longPaths = 0;

  /** Attributes, and most bodies, have none: the tree is made for those that do. */
  get arrays(): ArrayTree {
    this.#arrays ??= new ArrayTree();
    return this.#arrays;
  }

  /** The values of a path; undefined when it is not to be kept. */
  valuesAt(path: string): PathValues | undefined {
    const isLong = path.length > LONG_PATH;
    if (isLong && this.#longPaths >= MAX_LONG_PATHS) return undefined;
    const known = this.paths.get(path);
    if (known !== undefined) return known;
    const values = new PathValues();
    this.paths.set(path, values);
    if (isLong) this.#longPaths += path.length;
    return values;
  }
}
