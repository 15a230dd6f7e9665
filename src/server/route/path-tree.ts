import { present } from "../../kernel/present.ts";
import { greedyEnd, type TemplateSegment } from "../../protocol/rest-json/path-template.ts";

/** What a search is shown, one after the other, until it takes one. */
type Choose<T, R> = (value: T) => R | undefined;

/** A greedy label, and the literals behind it. */
interface GreedyEnd<T> {
  readonly following: readonly TemplateSegment[];
  readonly value: T;
}

/**
 * Values by path template. A path is followed from its beginning: what is literal in a template goes before a label, and
 * a greedy label comes last. A node is looked at once in a search, so that takes time by the length of the path.
 */
export class PathTree<T> {
  readonly #literals = new Map<string, PathTree<T>>();
  #label: PathTree<T> | undefined;
  /** Those with more behind the label come first. */
  readonly #greedy: GreedyEnd<T>[] = [];
  readonly #values: T[] = [];

  add(template: readonly TemplateSegment[], value: T): void {
    const [segment, ...following] = template;
    if (segment === undefined) this.#values.push(value);
    else if (segment.kind === "greedy") this.#addGreedy({ following, value });
    else this.#childFor(segment).add(following, value);
  }

  /** The first choice among the values whose templates fit the segments of a path. One slash may end it for nothing. */
  find<R>(path: readonly string[], choose: Choose<T, R>, at = 0): R | undefined {
    const segment = path[at];
    const isLast = at >= path.length - 1;
    if (segment === undefined || (segment === "" && isLast)) return firstOf(this.#values, choose);
    return (
      this.#literals.get(literalOf(segment))?.find(path, choose, at + 1) ??
      (segment === "" ? undefined : this.#label?.find(path, choose, at + 1)) ??
      this.#findGreedy(path, choose, at)
    );
  }

  #childFor(segment: TemplateSegment): PathTree<T> {
    if (segment.kind !== "literal") {
      this.#label ??= new PathTree();
      return this.#label;
    }
    let child = this.#literals.get(segment.text);
    if (child === undefined) {
      child = new PathTree();
      this.#literals.set(segment.text, child);
    }
    return child;
  }

  #addGreedy(end: GreedyEnd<T>): void {
    this.#greedy.push(end);
    this.#greedy.sort((one, other) => other.following.length - one.following.length);
  }

  #findGreedy<R>(path: readonly string[], choose: Choose<T, R>, at: number): R | undefined {
    for (const { following, value } of this.#greedy) {
      const end = greedyEnd(path, following.length);
      const isFit =
        end > at &&
        following.every((segment, place) => isSame(segment, present(path[end + place], "a segment of the path")));
      const chosen = isFit ? choose(value) : undefined;
      if (chosen !== undefined) return chosen;
    }
    return undefined;
  }
}

function firstOf<T, R>(values: readonly T[], choose: Choose<T, R>): R | undefined {
  for (const value of values) {
    const chosen = choose(value);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}

/** A segment as a template has it: a client may escape what needs no escape. */
function literalOf(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function isSame(segment: TemplateSegment, given: string): boolean {
  return segment.kind === "literal" && segment.text === literalOf(given);
}
