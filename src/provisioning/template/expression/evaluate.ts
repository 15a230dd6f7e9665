import { meaningError, TemplateError } from "../template-error.ts";
import { attributeAddress } from "../text/short-forms.ts";
import {
  Deferred,
  isKnown,
  isList,
  isMap,
  mapOf,
  NO_VALUE,
  NoValue,
  ownMember,
  Reference,
  textOf,
  type Value,
  type ValueMap,
} from "../value.ts";
import type { Budget } from "./budget.ts";
import { type FunctionCall, functionCall } from "./function-call.ts";
import { subParts } from "./sub-text.ts";
import { pureFunctions, selectEarly } from "./text-functions.ts";

/** What the functions of a template ask for. */
export interface Names {
  /** What Ref of the name is; undefined when there is nothing of that name, which whoever made this remembers. */
  ref(name: string): Value | undefined;
  attribute(logicalId: string, attribute: string): Value;
  /** Throws TemplateError, naming where it was asked for, when there is no such condition. */
  condition(name: string, within: string): boolean;
  mapping(name: string): ValueMap | undefined;
  /** The value another stack exports. Throws TemplateError when there is none. */
  exported(name: string): string;
  /** The availability zones of a region, of that of the stack if it has no name. */
  zones(region: string): readonly string[];
  readonly budget: Budget;
}

/** What a value becomes: references stay where they wait for resources. Throws TemplateError. */
export function evaluate(value: Value, names: Names): Value {
  if (isList(value)) {
    const items = value.map((item) => evaluate(item, names));
    return items.some(isNoValue) ? items.filter((item) => !isNoValue(item)) : items;
  }
  if (!isMap(value)) return value;
  const call = functionCall(value);
  if (call !== undefined) return evaluateCall(call, names);
  const entries = Object.entries(value).map(([key, part]) => [key, evaluate(part, names)] as const);
  return mapOf(entries.filter(([, part]) => !isNoValue(part)));
}

function isNoValue(value: Value): boolean {
  return value instanceof NoValue;
}

function evaluateCall({ name, argument }: FunctionCall, names: Names): Value {
  const special = SPECIAL[name];
  if (special !== undefined) return special(argument, names);
  const evaluated = evaluate(argument, names);
  if (name === "Fn::Select" && isKnown(isList(evaluated) ? (evaluated[0] ?? null) : null)) {
    const selected = selectEarly(evaluated);
    if (selected !== undefined) return selected;
  }
  return applied(name, evaluated, names.budget);
}

/** The function of an argument that was evaluated, or what waits for it. */
function applied(name: string, argument: Value, budget: Budget): Value {
  const apply = pureFunctions[name];
  if (apply === undefined) throw meaningError(`${name} cannot be used here`);
  return isKnown(argument) ? apply(argument, budget) : new Deferred(name, argument);
}

/** What is left to be done once resources are there: every reference becomes what `known` says. */
export function settle(value: Value, known: (reference: Reference) => Value, budget: Budget): Value {
  if (value instanceof Reference) return known(value);
  if (value instanceof Deferred) return applied(value.name, settle(value.argument, known, budget), budget);
  if (isList(value)) return value.map((item) => settle(item, known, budget));
  if (!isMap(value)) return value;
  return mapOf(Object.entries(value).map(([key, part]) => [key, settle(part, known, budget)] as const));
}

type SpecialFunction = (argument: Value, names: Names) => Value;

/** Functions that look names up, or do not evaluate all of their argument. */
const SPECIAL: Readonly<Record<string, SpecialFunction>> = {
  Ref: ref,
  "Fn::GetAtt": getAtt,
  "Fn::Join": joined,
  "Fn::Sub": sub,
  "Fn::If": conditional,
  "Fn::FindInMap": findInMap,
  "Fn::ImportValue": importValue,
  "Fn::GetAZs": getAzs,
};

function ref(argument: Value, names: Names): Value {
  if (typeof argument !== "string") {
    throw new TemplateError("Template format error: Every Ref object must have a single String value.");
  }
  const value = names.ref(argument) ?? NO_VALUE;
  if (isList(value)) names.budget.spend(value.length);
  return value;
}

const GET_ATT =
  "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute";

function getAtt(argument: Value, names: Names): Value {
  const address = attributeAddress(argument);
  const [id, attribute] = isList(address) && address.length === 2 ? address : [];
  const name = attribute === undefined ? undefined : textOf(evaluate(attribute, names));
  if (typeof id !== "string" || id === "" || !name) throw meaningError(GET_ATT);
  return names.attribute(id, name);
}

function sub(argument: Value, names: Names): Value {
  const [text, given] = isList(argument) ? argument : [argument];
  const isCall =
    typeof text === "string" && (given === undefined || isMap(given)) && !(isList(argument) && argument.length > 2);
  if (!isCall) {
    throw meaningError(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  }
  const own = isMap(given) ? given : {};
  const evaluated = new Map<string, Value>();
  const replacement = (name: string): Value => {
    const ownValue = ownMember(own, name);
    const value = ownValue === undefined ? named(name, names) : evaluate(ownValue, names);
    evaluated.set(name, value);
    return value;
  };
  const parts = subParts(text).map((part) =>
    "text" in part ? part.text : (evaluated.get(part.name) ?? replacement(part.name)),
  );
  return applied("Fn::Join", ["", parts.map(asText)], names.budget);
}

/** AWS: what is no text cannot be put into one. */
function asText(value: Value): Value {
  if (value instanceof NoValue) return "";
  if (isList(value) || isMap(value)) throw meaningError("Fn::Sub expression does not resolve to a string");
  return value;
}

function named(name: string, names: Names): Value {
  const dot = name.indexOf(".");
  if (dot >= 0) return names.attribute(name.slice(0, dot), name.slice(dot + 1));
  return names.ref(name) ?? "";
}

/** AWS: the delimiter is there as a text, whatever else is made by functions. */
function joined(argument: Value, names: Names): Value {
  const [delimiter = null] = isList(argument) ? argument : [];
  if (isMap(delimiter)) return applied("Fn::Join", [], names.budget);
  return applied("Fn::Join", evaluate(argument, names), names.budget);
}

function conditional(argument: Value, names: Names): Value {
  const [condition, whenTrue, whenFalse] = isList(argument) && argument.length === 3 ? argument : [];
  if (typeof condition !== "string" || whenTrue === undefined || whenFalse === undefined) {
    throw meaningError("Fn::If requires a list argument with the first parameter being a condition");
  }
  return evaluate(names.condition(condition, "Fn::If") ? whenTrue : whenFalse, names);
}

function findInMap(argument: Value, names: Names): Value {
  const parts = isList(argument) ? argument : [];
  const [map, first, second] = parts.slice(0, 3).map((part) => textOf(evaluate(part, names)));
  if (parts.length < 3 || parts.length > 4 || map === undefined || first === undefined || second === undefined) {
    throw meaningError(
      "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value",
    );
  }
  const mapping = names.mapping(map);
  const entry = ownMember(mapping, first);
  const found = isMap(entry) ? ownMember(entry, second) : undefined;
  if (found !== undefined) {
    names.budget.spend(isList(found) ? found.length : 1);
    return found;
  }
  const options = parts[3];
  if (isMap(options) && options.DefaultValue !== undefined) return evaluate(options.DefaultValue, names);
  if (mapping === undefined) {
    throw meaningError(`Mapping named '${map}' is not present in the 'Mappings' section of template.`);
  }
  throw meaningError(`Unable to get mapping for ${map}::${first}::${second}`);
}

/** A value that has to be there before any resource. Throws what `refusal` makes of AWS's words when it is not. */
export function early(value: Value, names: Names, refusal: (flaw: string) => TemplateError): Value {
  const refuse = (): never => {
    throw refusal("must not depend on any resources, imported values, or Fn::GetAZs");
  };
  const evaluated = evaluate(value, { ...names, exported: refuse, zones: refuse });
  return isKnown(evaluated) ? evaluated : refuse();
}

function importValue(argument: Value, names: Names): Value {
  const refusal = (flaw: string) => meaningError(`the attribute in Fn::ImportValue ${flaw}`);
  const name = textOf(early(argument, names, refusal));
  if (name === undefined) throw meaningError("every Fn::ImportValue object must have a String-typed value.");
  return names.exported(name);
}

function getAzs(argument: Value, names: Names): Value {
  const region = textOf(evaluate(argument, names));
  if (region === undefined) throw meaningError("every Fn::GetAZs object must have a String-typed value.");
  return names.zones(region);
}
