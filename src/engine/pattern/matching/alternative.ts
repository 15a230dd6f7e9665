import type { PolicyField } from "../policy/policy-reader.ts";
import { isConsistent } from "./array-consistency.ts";
import { FieldRule } from "./field-rule.ts";
import type { Fields } from "./message-view.ts";
import type { PathValues } from "./path-values.ts";

/** Characters of a text that are looked at in the time it takes to go through one place of an array. */
const STEPS_PER_PLACE = 20;

/** One way for a message to be accepted: all of these rules hold. */
export class Alternative {
  /** In the order of their paths, which is the order the engine goes through them. */
  readonly rules: readonly FieldRule[];
  readonly #ordering: readonly FieldRule[];

  constructor(fields: readonly PolicyField[]) {
    const rules = fields.map((field) => new FieldRule(field));
    this.rules = rules.sort((a, b) => (a.path < b.path ? -1 : 1));
    this.#ordering = this.rules.filter(({ needsOrders }) => needsOrders);
  }

  /**
   * Does the longest of what has to be done before the message can be judged, one part of it in each call: sorts the
   * values under a path. Returns about how many steps that took, or 0 when there is nothing left.
   */
  prepare(fields: Fields): number {
    for (const rule of this.#ordering) {
      const values = fields.paths.get(rule.path);
      const steps = values === undefined ? 0 : rule.prepare(values);
      if (steps > 0) return steps;
    }
    return 0;
  }

  /** About how many steps it takes, once all is prepared, to say whether the message is accepted. */
  steps(fields: Fields): number {
    let steps = 1;
    let isInArrays = false;
    for (const rule of this.rules) {
      const values = fields.paths.get(rule.path);
      if (values === undefined) continue;
      steps += rule.steps(values);
      if (!values.isInArrays) continue;
      isInArrays = true;
      steps += STEPS_PER_PLACE * values.occurrences.length;
    }
    return isInArrays ? steps + STEPS_PER_PLACE * fields.arrays.size : steps;
  }

  accepts(fields: Fields): boolean {
    let isInArrays = false;
    for (const rule of this.rules) {
      const values = fields.paths.get(rule.path);
      if (!isPossible(rule, values)) return false;
      isInArrays ||= values?.isInArrays ?? false;
    }
    return !isInArrays || isConsistent(this.rules, fields);
  }
}

/** Whether the rule may hold, arrays aside. */
export function isPossible(rule: FieldRule, values: PathValues | undefined): boolean {
  if (values === undefined) return rule.acceptsAbsence;
  return (rule.acceptsAbsence && !values.hasPresentOutside) || rule.acceptsAny(values);
}
