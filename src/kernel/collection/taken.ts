/** What there was at one moment, told whenever and however often it is read, until it is let go of. */
export interface Taken<Told> extends Iterable<Told> {
  end(): void;
}

/** Tells of things as they were at one moment, until it ends. */
interface Taking<Item, Told> {
  of(item: Item): Told;
  end(): void;
}

/**
 * Has things be told as they were at one moment, in as many turns as it takes, while they go on changing: each is told when it is
 * asked for, or just before it changes.
 */
export class Takings<Item> {
  readonly #open = new Set<(item: Item) => void>();

  /** Whether something is taken. */
  get isOpen(): boolean {
    return this.#open.size > 0;
  }

  /** To be called before a thing changes, or leaves. Costs next to nothing while nothing is taken. */
  before(item: Item): void {
    if (this.#open.size > 0) for (const note of this.#open) note(item);
  }

  /** Takes note of things, each of which `tell` tells of as it is then. Those are not meant of which `isMeant` says so. */
  take<Told>(tell: (item: Item) => Told, isMeant: (item: Item) => boolean = () => true): Taking<Item, Told> {
    const noted = new Map<Item, Told>();
    const note = (item: Item): void => {
      if (!noted.has(item) && isMeant(item)) noted.set(item, tell(item));
    };
    this.#open.add(note);
    return {
      of: (item) => (noted.has(item) ? (noted.get(item) as Told) : tell(item)),
      end: () => void this.#open.delete(note),
    };
  }
}

/** What `read` gives each time it is read. `end` lets go of what that needs, if it needs anything. */
export function takenAs<Told>(read: () => Iterable<Told>, end = nothing): Taken<Told> {
  return new ReadTaken(read, end);
}

/** A class, so that each of many thousands is an object and no more. */
class ReadTaken<Told> implements Taken<Told> {
  readonly end: () => void;
  readonly #read: () => Iterable<Told>;

  constructor(read: () => Iterable<Told>, end: () => void) {
    this.#read = read;
    this.end = end;
  }

  [Symbol.iterator](): Iterator<Told> {
    return this.#read()[Symbol.iterator]();
  }
}

function nothing(): void {}

/** One after the other. */
export function joined<Told>(all: readonly Taken<Told>[]): Taken<Told> {
  return takenAs(
    function* () {
      for (const taken of all) yield* taken;
    },
    () => {
      for (const taken of all) taken.end();
    },
  );
}

/** What is read to the end at once, or let go of. */
export function* readAtOnce<Told>(taken: Taken<Told>): Generator<Told, void, void> {
  try {
    yield* taken;
  } finally {
    taken.end();
  }
}
