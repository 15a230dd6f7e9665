import type { FieldRule } from "./field-rule.ts";
import type { ArrayElement, Fields, MessageArray } from "./fields.ts";
import { isPresent } from "./leaf.ts";

/*
 * Rules that hold thanks to values in one array have to hold thanks to the same element of it:
 *
 *   policy {"a":{"x":[1],"y":[2]}}    message {"a":[{"x":1,"y":0},{"x":0,"y":2}]}    not accepted
 *
 * Trying every combination of values would take exponential time. Instead each array element, from the inside out, says
 * which sets of rules can hold inside it; of an array one element is chosen, the sets of everything else are joined.
 * A policy has at most five paths, so a set of rules is a mask of five bits and there are few of them.
 *
 * A rule that accepts absence holds too when no value under its path is in sight. The engine goes through the rules in
 * order, and what it chose so far decides what is in sight: the other elements of an array it has chosen from are not.
 */

/**
 * What can be had from a place: the rules chosen to hold by a value there, and above them the rules that have a value in
 * sight there.
 */
type Outcome = number;

const RULE_BITS = 8;
const CHOSEN = (1 << RULE_BITS) - 1;

/** The values of interest at one place: outside of all arrays, or in one element. */
interface Place {
  /** Rules that a value right here satisfies. */
  satisfied: number;
  /** Rules that accept absence and have a value right here. */
  present: number;
  readonly arrays: Map<MessageArray, Place[]>;
}

/** Whether values can be found for all rules that do not contradict each other. */
export function isConsistent(rules: readonly FieldRule[], fields: Fields): boolean {
  const absentable = maskOf(rules, (rule) => rule.acceptsAbsence);
  const all = maskOf(rules, () => true);
  for (const outcome of outcomesOf(placesOf(rules, fields))) {
    const absent = absentable & ~(outcome >> RULE_BITS);
    if (((outcome & CHOSEN) | absent) === all) return true;
  }
  return false;
}

function maskOf(rules: readonly FieldRule[], isIn: (rule: FieldRule) => boolean): number {
  return rules.reduce((mask, rule, index) => (isIn(rule) ? mask | (1 << index) : mask), 0);
}

/** The place outside of all arrays, and through it all others that matter to the rules. */
function placesOf(rules: readonly FieldRule[], fields: Fields): Place {
  const root = newPlace();
  const places = new Map<ArrayElement, Place>();
  const placeOf = (element: ArrayElement | undefined): Place => {
    if (element === undefined) return root;
    const known = places.get(element);
    if (known !== undefined) return known;
    const place = newPlace();
    places.set(element, place);
    const { arrays } = placeOf(element.array.within);
    const siblings = arrays.get(element.array);
    if (siblings === undefined) arrays.set(element.array, [place]);
    else siblings.push(place);
    return place;
  };
  rules.forEach((rule, index) => {
    const bit = 1 << index;
    for (const { value, element } of fields.get(rule.path) ?? []) {
      const place = placeOf(element);
      if (rule.accepts(value)) place.satisfied |= bit;
      if (rule.acceptsAbsence && isPresent(value)) place.present |= bit;
    }
  });
  return root;
}

function newPlace(): Place {
  return { satisfied: 0, present: 0, arrays: new Map() };
}

function outcomesOf(place: Place): ReadonlySet<Outcome> {
  let outcomes: ReadonlySet<Outcome> = new Set(
    subsetsOf(place.satisfied).map((chosen) => chosen | (place.present << RULE_BITS)),
  );
  for (const elements of place.arrays.values()) outcomes = join(outcomes, arrayOutcomes(elements));
  return outcomes;
}

/** Nothing is chosen from the array and all of it is in sight, or one element is chosen from. */
function arrayOutcomes(elements: readonly Place[]): ReadonlySet<Outcome> {
  const anywhere = elements.reduce((mask, element) => mask | presentIn(element), 0);
  const outcomes = new Set([anywhere << RULE_BITS]);
  for (const element of elements) {
    for (const outcome of outcomesOf(element)) {
      const chosen = outcome & CHOSEN;
      // The rules up to the first one chosen here were decided with all elements in sight.
      const early = (chosen & -chosen) - 1;
      const seen = (anywhere & early) | ((outcome >> RULE_BITS) & ~early);
      outcomes.add(chosen | (seen << RULE_BITS));
    }
  }
  return outcomes;
}

function presentIn({ present, arrays }: Place): number {
  let mask = present;
  for (const elements of arrays.values()) for (const element of elements) mask |= presentIn(element);
  return mask;
}

/** Every pair that does not choose a rule twice. */
function join(left: ReadonlySet<Outcome>, right: ReadonlySet<Outcome>): ReadonlySet<Outcome> {
  const joined = new Set<Outcome>();
  for (const one of left) {
    for (const other of right) {
      if ((one & other & CHOSEN) === 0) joined.add(one | other);
    }
  }
  return joined;
}

/** Every set of the mask's bits. */
function subsetsOf(mask: number): number[] {
  const subsets = [0];
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    subsets.push(...subsets.map((subset) => subset | bit));
  }
  return subsets;
}
