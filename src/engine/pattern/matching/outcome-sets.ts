/**
 * What can be had from a place: the rules chosen to hold by a value there, and above them the rules that have a value in
 * sight there.
 */
type Outcome = number;

/** As many as a policy can have rules. */
const RULE_BITS = 5;
const CHOSEN = (1 << RULE_BITS) - 1;

/** Rules an outcome has chosen, as a mask. */
export function chosenIn(outcome: Outcome): number {
  return outcome & CHOSEN;
}

/** Rules with a value in sight, as a mask. */
export function seenIn(outcome: Outcome): number {
  return outcome >> RULE_BITS;
}

function outcomeOf(chosen: number, seen: number): Outcome {
  return chosen | (seen << RULE_BITS);
}

/** All that can be had from a place. There is one object only for equal sets. */
export interface OutcomeSet {
  readonly id: number;
  readonly outcomes: readonly Outcome[];
}

/** So many sets are told apart in the keys under which results are kept. */
const ID_RANGE = 2 ** 24;

/** Makes sets of outcomes out of others, each only once. */
export class OutcomeSets {
  readonly #byContent = new Map<string, OutcomeSet>();
  readonly #ofValues = new Map<number, OutcomeSet>();
  readonly #ofArray = new Map<number, OutcomeSet>();
  readonly #either = new Map<number, OutcomeSet>();
  readonly #both = new Map<number, OutcomeSet>();

  /** Any of the satisfied rules are chosen. */
  ofValues(satisfied: number, present: number): OutcomeSet {
    return known(this.#ofValues, outcomeOf(satisfied, present), () =>
      this.#set(subsetsOf(satisfied).map((chosen) => outcomeOf(chosen, present))),
    );
  }

  /** Nothing is chosen from the array and all of it is in sight, or one element is chosen from. */
  ofArray(elements: OutcomeSet, anywhere: number): OutcomeSet {
    return known(this.#ofArray, elements.id * (CHOSEN + 1) + anywhere, () => {
      const inSight = elements.outcomes.map((outcome) => {
        const chosen = chosenIn(outcome);
        // The rules up to the first one chosen here were decided with all elements in sight.
        const early = (chosen & -chosen) - 1;
        return outcomeOf(chosen, (anywhere & early) | (seenIn(outcome) & ~early));
      });
      return this.#set([outcomeOf(0, anywhere), ...inSight]);
    });
  }

  /** What is in one of the sets. */
  either(one: OutcomeSet, other: OutcomeSet): OutcomeSet {
    if (one === other) return one;
    return known(this.#either, one.id * ID_RANGE + other.id, () => this.#set([...one.outcomes, ...other.outcomes]));
  }

  /** Every pair that does not choose a rule twice. */
  both(one: OutcomeSet, other: OutcomeSet): OutcomeSet {
    return known(this.#both, one.id * ID_RANGE + other.id, () => {
      const joined = new Set<Outcome>();
      for (const left of one.outcomes) {
        for (const right of other.outcomes) if ((left & right & CHOSEN) === 0) joined.add(left | right);
      }
      return this.#set(joined);
    });
  }

  #set(content: Iterable<Outcome>): OutcomeSet {
    const outcomes = [...new Set(content)].sort((a, b) => a - b);
    const key = outcomes.join();
    const twin = this.#byContent.get(key);
    if (twin !== undefined) return twin;
    const set = { id: this.#byContent.size, outcomes };
    this.#byContent.set(key, set);
    return set;
  }
}

function known(results: Map<number, OutcomeSet>, key: number, make: () => OutcomeSet): OutcomeSet {
  let result = results.get(key);
  if (result === undefined) {
    result = make();
    results.set(key, result);
  }
  return result;
}

/** Every set of the mask's bits. */
function subsetsOf(mask: number): number[] {
  let subsets = [0];
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    subsets = subsets.flatMap((subset) => [subset, subset | bit]);
  }
  return subsets;
}
