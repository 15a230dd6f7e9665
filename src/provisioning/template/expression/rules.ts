import { meaningError, TemplateError } from "../template-error.ts";
import { isList, isMap, textOf, type Value, type ValueMap } from "../value.ts";
import { isTrue, type Operators } from "./conditions.ts";
import { evaluate, type Names } from "./evaluate.ts";

/** What rules can ask for beside what conditions can: whether values are among others. Rules reference, CloudFormation user guide. */
const RULE_OPERATORS: Operators = {
  "Fn::Contains": (argument, names) => {
    const [list, value] = pairOf("Fn::Contains", argument, names);
    return textsOf(list).includes(textOf(value) ?? "");
  },
  "Fn::EachMemberEquals": (argument, names) => {
    const [list, value] = pairOf("Fn::EachMemberEquals", argument, names);
    return textsOf(list).every((text) => text === textOf(value));
  },
  "Fn::EachMemberIn": (argument, names) => {
    const [list, others] = pairOf("Fn::EachMemberIn", argument, names);
    const allowed = textsOf(others);
    return textsOf(list).every((text) => allowed.includes(text));
  },
};

function pairOf(name: string, argument: Value, names: Names): readonly [Value, Value] {
  const [first, second] = isList(argument) && argument.length === 2 ? argument : [];
  if (first === undefined || second === undefined) throw meaningError(`every ${name} object requires two parameters`);
  return [evaluate(first, names), evaluate(second, names)];
}

function textsOf(value: Value): readonly string[] {
  return (isList(value) ? value : [value]).map((item) => textOf(item) ?? "");
}

/** Throws TemplateError with the description of the first assertion that does not hold. */
export function checkRules(rules: ValueMap, names: Names): void {
  for (const [name, rule] of Object.entries(rules)) {
    if (!isMap(rule)) throw meaningError(`Rule ${name} must be an object`);
    const { RuleCondition, Assertions } = rule;
    if (RuleCondition !== undefined && !isTrue(RuleCondition, names, RULE_OPERATORS)) continue;
    for (const assertion of isList(Assertions) ? Assertions : []) {
      if (!isMap(assertion) || assertion.Assert === undefined)
        throw meaningError(`Rule ${name} has an assertion without Assert`);
      if (isTrue(assertion.Assert, names, RULE_OPERATORS)) continue;
      throw new TemplateError(textOf(assertion.AssertDescription) ?? `Rule ${name} does not hold`);
    }
  }
}
