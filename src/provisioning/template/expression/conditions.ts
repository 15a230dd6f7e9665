import { meaningError } from "../template-error.ts";
import { isList, isMap, ownMember, textOf, type Value, type ValueMap } from "../value.ts";
import { evaluate, type Names } from "./evaluate.ts";

/** Says of every condition of a template whether it holds. Each is looked at once, when somebody first asks for it. */
export class Conditions {
  readonly #declared: ValueMap;
  readonly #known = new Map<string, boolean>();
  readonly #asking = new Set<string>();

  constructor(declared: ValueMap) {
    this.#declared = declared;
  }

  /** Throws TemplateError when there is none of that name, or it depends on itself. */
  holds(name: string, within: string, names: Names): boolean {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const declared = ownMember(this.#declared, name);
    if (declared === undefined) throw meaningError(`unresolved condition dependency ${name} in ${within}`);
    if (this.#asking.has(name))
      throw meaningError(`Circular dependency between conditions: [${[...this.#asking].join(", ")}]`);
    this.#asking.add(name);
    const holds = isTrue(declared, names);
    this.#asking.delete(name);
    this.#known.set(name, holds);
    return holds;
  }
}

/** What can stand for true or false, by name. `more` are those that only rules have. */
export type Operators = Readonly<Record<string, (argument: Value, names: Names, more: Operators) => boolean>>;

const OPERATORS: Operators = {
  "Fn::Equals": equals,
  "Fn::And": (argument, names, more) => operands("Fn::And", argument).every((one) => isTrue(one, names, more)),
  "Fn::Or": (argument, names, more) => operands("Fn::Or", argument).some((one) => isTrue(one, names, more)),
  "Fn::Not": not,
  Condition: (argument, names) => names.condition(textOf(argument) ?? "", "the Conditions block of the template"),
};

/** Whether a condition holds. Throws TemplateError. */
export function isTrue(condition: Value, names: Names, more: Operators = {}): boolean {
  const [name = "", ...others] = isMap(condition) ? Object.keys(condition) : [];
  const operator = OPERATORS[name] ?? more[name];
  if (isMap(condition) && others.length === 0 && operator !== undefined) {
    return operator(condition[name] ?? null, names, more);
  }
  const text = textOf(condition)?.toLowerCase();
  if (text === "true" || text === "false") return text === "true";
  throw meaningError("Conditions can only be boolean operations on parameters and other conditions");
}

function equals(argument: Value, names: Names): boolean {
  if (!isList(argument) || argument.length !== 2) {
    throw meaningError("every Fn::Equals object requires a list of 2 string parameters.");
  }
  const [a, b] = argument.map((part) => comparable(evaluate(part, names)));
  return a === b;
}

/** AWS compares texts; lists are compared item by item. */
function comparable(value: Value): string {
  return textOf(value) ?? JSON.stringify(value, (_key, part: Value) => textOf(part) ?? part);
}

function operands(name: string, argument: Value): readonly Value[] {
  if (isList(argument) && argument.length >= 2 && argument.length <= 10) return argument;
  throw meaningError(`every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`);
}

function not(argument: Value, names: Names, more: Operators): boolean {
  if (!isList(argument) || argument.length !== 1) {
    throw meaningError("every Fn::Not object requires one boolean parameter.");
  }
  return !isTrue(argument[0] ?? null, names, more);
}
