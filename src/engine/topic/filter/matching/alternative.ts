import type { PolicyField } from "../policy/policy-reader.ts";
import { isConsistent } from "./array-consistency.ts";
import { FieldRule } from "./field-rule.ts";
import type { Field, Fields } from "./fields.ts";
import { isPresent } from "./leaf.ts";

/** One way for a message to be accepted: all of these rules hold. */
export class Alternative {
  /** In the order of their paths, which is the order the engine goes through them. */
  readonly rules: readonly FieldRule[];

  constructor(fields: readonly PolicyField[]) {
    const rules = fields.map((field) => new FieldRule(field));
    this.rules = rules.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Linear in the number of values under the paths of the rules. */
  accepts(fields: Fields): boolean {
    let isInArrays = false;
    for (const rule of this.rules) {
      const found = fields.get(rule.path) ?? [];
      if (!isPossible(rule, found)) return false;
      isInArrays ||= found.some(({ element }) => element !== undefined);
    }
    return !isInArrays || isConsistent(this.rules, fields);
  }
}

/** Whether the rule may hold, arrays aside. */
function isPossible(rule: FieldRule, found: readonly Field[]): boolean {
  if (found.some(({ value }) => rule.accepts(value))) return true;
  if (!rule.acceptsAbsence) return false;
  return !found.some(({ value, element }) => element === undefined && isPresent(value));
}
