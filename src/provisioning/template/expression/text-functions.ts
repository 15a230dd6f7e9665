import { meaningError } from "../template-error.ts";
import { isList, isMap, jsonOf, NoValue, textOf, type Value } from "../value.ts";
import type { Budget } from "./budget.ts";
import { cidrBlocks } from "./cidr.ts";

/** A function of what its argument has become, nothing in which waits any more. Throws TemplateError. */
type PureFunction = (argument: Value, budget: Budget) => Value;

const requires = (name: string, what: string) => meaningError(`every ${name} object requires ${what}`);

/** The functions that make a value of nothing but their argument. */
export const pureFunctions: Readonly<Record<string, PureFunction>> = {
  "Fn::Join": join,
  "Fn::Split": split,
  "Fn::Select": select,
  "Fn::Base64": base64,
  "Fn::Cidr": cidr,
  "Fn::Length": length,
  "Fn::ToJsonString": toJsonString,
};

/** Whether the argument of Join or Split has the form `[delimiter, …]`. */
function pairOf(argument: Value): readonly [Value, Value] | undefined {
  if (!isList(argument) || argument.length !== 2) return undefined;
  const [first = null, second = null] = argument;
  return [first, second];
}

function join(argument: Value, budget: Budget): Value {
  const [delimiter, items] = pairOf(argument) ?? [];
  const between = textOf(delimiter);
  const texts = isList(items) ? items.filter((item) => !(item instanceof NoValue)).map(textOf) : undefined;
  if (between === undefined || texts === undefined || texts.includes(undefined)) {
    throw requires(
      "Fn::Join",
      "two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.",
    );
  }
  const size = texts.reduce((sum, text) => sum + (text?.length ?? 0) + between.length, 0);
  budget.spend(size);
  return texts.join(between);
}

function split(argument: Value, budget: Budget): Value {
  const [delimiter, source] = pairOf(argument) ?? [];
  const between = textOf(delimiter);
  const text = textOf(source);
  if (between === undefined || between === "" || text === undefined) {
    throw requires(
      "Fn::Split",
      "two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.",
    );
  }
  budget.spend(text.length);
  return text.split(between);
}

function select(argument: Value): Value {
  const [index, items] = pairOf(argument) ?? [];
  const text = textOf(index);
  if (text === undefined || !/^\d+$/.test(text) || !isList(items)) {
    throw meaningError("Fn::Select requires a list argument with two elements: an integer index and a list");
  }
  const kept = items.filter((item) => !(item instanceof NoValue));
  const selected = kept[Number(text)];
  if (selected === undefined) throw meaningError(`Fn::Select cannot select nonexistent value at index ${text}`);
  return selected;
}

/** The index and the items of a Select whose items need not be known. */
export function selectEarly(argument: Value): Value | undefined {
  const [index, items] = pairOf(argument) ?? [];
  return textOf(index) !== undefined && isList(items) ? select(argument) : undefined;
}

function base64(argument: Value, budget: Budget): Value {
  const text = textOf(argument);
  if (text === undefined) throw meaningError("every Fn::Base64 object must have a String-typed value.");
  budget.spend(text.length);
  return Buffer.from(text).toString("base64");
}

function cidr(argument: Value, budget: Budget): Value {
  const [block, count, bits] = isList(argument) ? argument.map(textOf) : [];
  const blocks =
    block === undefined ? undefined : cidrBlocks(block, Number(count), bits === undefined ? 8 : Number(bits));
  if (blocks === undefined)
    throw meaningError(
      "Fn::Cidr requires a CIDR block, the number of blocks and the number of subnet bits that fit into it",
    );
  budget.spend(blocks.length * 20);
  return blocks;
}

function length(argument: Value): Value {
  if (!isList(argument)) throw meaningError("Fn::Length requires a list argument");
  return argument.length;
}

function toJsonString(argument: Value, budget: Budget): Value {
  if (!isList(argument) && !isMap(argument)) throw meaningError("Fn::ToJsonString requires an object or a list");
  const text = JSON.stringify(jsonOf(argument));
  budget.spend(text.length);
  return text;
}
