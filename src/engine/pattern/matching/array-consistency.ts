import { present } from "../../../kernel/present.ts";
import type { FieldRule } from "./field-rule.ts";
import type { ArrayTree, Fields } from "./message-view.ts";
import { OUTSIDE } from "./path-values.ts";

/*
 * Rules that hold thanks to values in one array have to hold thanks to the same element of it:
 *
 *   policy {"a":{"x":[1],"y":[2]}}    message {"a":[{"x":1,"y":0},{"x":0,"y":2}]}    not accepted
 *
 * Trying every combination of values would take exponential time. Instead each array element, from the inside out, says
 * which sets of rules can hold inside it; of an array one element is chosen, the sets of everything else are joined.
 * A policy has at most five paths, so a set of rules is a mask of five bits and there are few of them. Elements mostly
 * say one of the same few things, which are worked out once.
 *
 * A rule that accepts absence holds too when no value under its path is in sight. The engine goes through the rules in
 * order, and what it chose so far decides what is in sight: the other elements of an array it has chosen from are not.
 */

/** Whether values can be found for all rules that do not contradict each other. Linear in values, arrays and elements. */
export function isConsistent(rules: readonly FieldRule[], fields: Fields): boolean {
  const absentable = maskOf(rules, (rule) => rule.acceptsAbsence);
  const all = maskOf(rules, () => true);
  const places = new Places(fields.arrays);
  rules.forEach((rule, index) => {
    places.addRule(rule, 1 << index, fields);
  });
  return places.outcomes().some((outcome) => (chosenIn(outcome) | (absentable & ~seenIn(outcome))) === all);
}

function maskOf(rules: readonly FieldRule[], isIn: (rule: FieldRule) => boolean): number {
  return rules.reduce((mask, rule, index) => (isIn(rule) ? mask | (1 << index) : mask), 0);
}

/** What is known of each array and element of a message, and of the place outside of all arrays, by its number. */
class Places {
  readonly #arrays: ArrayTree;
  readonly #sets = new OutcomeSets();
  /** Whether there is a value of interest in it. */
  readonly #isOfInterest: Uint8Array;
  /** Rules that a value right there satisfies. */
  readonly #satisfied: Uint8Array;
  /** Rules that accept absence and have a value right there or, once that is gone through, further inside. */
  readonly #present: Uint8Array;
  readonly #presentInside: Uint8Array;
  /** What is had so far from what is inside it. */
  readonly #inside: (OutcomeSet | undefined)[];

  constructor(arrays: ArrayTree) {
    this.#arrays = arrays;
    this.#isOfInterest = new Uint8Array(arrays.size);
    this.#satisfied = new Uint8Array(arrays.size);
    this.#present = new Uint8Array(arrays.size);
    this.#presentInside = new Uint8Array(arrays.size);
    this.#inside = new Array<OutcomeSet | undefined>(arrays.size).fill(undefined);
    this.#isOfInterest[OUTSIDE] = 1;
  }

  addRule(rule: FieldRule, bit: number, { paths }: Fields): void {
    const values = paths.get(rule.path);
    if (values === undefined) return;
    const accepted = rule.accepted(values);
    values.occurrences.forEach((number, index) => {
      const place = values.places[index] ?? OUTSIDE;
      if (accepted[number] === 1) add(this.#satisfied, place, bit);
      if (rule.acceptsAbsence && values.isPresent(present(values.leaves[number], "the value of an occurrence")))
        add(this.#present, place, bit);
      this.#takeInterest(place);
    });
  }

  #takeInterest(place: number): void {
    for (let at = place; this.#isOfInterest[at] === 0; at = this.#arrays.parentOf(at)) this.#isOfInterest[at] = 1;
  }

  /** What can be had from the whole message. What is inside a place has higher numbers, so it comes first. */
  outcomes(): OutcomeSet["outcomes"] {
    for (let at = this.#arrays.size - 1; at > OUTSIDE; at--) {
      if (this.#isOfInterest[at] === 0) continue;
      if (this.#arrays.isArray(at)) this.#leaveArray(at);
      else this.#leaveElement(at);
    }
    return this.#outcomesAt(OUTSIDE).outcomes;
  }

  #leaveElement(element: number): void {
    const array = this.#arrays.parentOf(element);
    add(this.#presentInside, array, (this.#present[element] ?? 0) | (this.#presentInside[element] ?? 0));
    const outcomes = this.#outcomesAt(element);
    const others = this.#inside[array];
    this.#inside[array] = others === undefined ? outcomes : this.#sets.either(others, outcomes);
  }

  #leaveArray(array: number): void {
    const element = this.#arrays.parentOf(array);
    const presentInside = this.#presentInside[array] ?? 0;
    add(this.#presentInside, element, presentInside);
    const inside = present(this.#inside[array], "what is had from the elements of an array");
    const outcomes = this.#sets.ofArray(inside, presentInside);
    const others = this.#inside[element];
    this.#inside[element] = others === undefined ? outcomes : this.#sets.both(others, outcomes);
  }

  #outcomesAt(element: number): OutcomeSet {
    const own = this.#sets.ofValues(this.#satisfied[element] ?? 0, this.#present[element] ?? 0);
    const inside = this.#inside[element];
    return inside === undefined ? own : this.#sets.both(own, inside);
  }
}

function add(masks: Uint8Array, place: number, bits: number): void {
  masks[place] = (masks[place] ?? 0) | bits;
}

/**
 * What can be had from a place: the rules chosen to hold by a value there, and above them the rules that have a value in
 * sight there.
 */
type Outcome = number;

/** As many as a policy can have rules. */
const RULE_BITS = 5;
const CHOSEN = (1 << RULE_BITS) - 1;

/** Rules an outcome has chosen, as a mask. */
function chosenIn(outcome: Outcome): number {
  return outcome & CHOSEN;
}

/** Rules with a value in sight, as a mask. */
function seenIn(outcome: Outcome): number {
  return outcome >> RULE_BITS;
}

function outcomeOf(chosen: number, seen: number): Outcome {
  return chosen | (seen << RULE_BITS);
}

/** All that can be had from a place. There is one object only for equal sets. */
interface OutcomeSet {
  readonly id: number;
  readonly outcomes: readonly Outcome[];
}

/** So many sets are told apart in the keys under which results are kept. */
const ID_RANGE = 2 ** 24;

/** Makes sets of outcomes out of others, each only once. */
class OutcomeSets {
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
