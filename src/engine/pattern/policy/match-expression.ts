import { comparableNumber } from "../exact-double.ts";
import type { SourceNode } from "../json/compact-source.ts";
import { readAnythingBut } from "./anything-but.ts";
import { parseCidr } from "./cidr.ts";
import { type Condition, InexactNumber } from "./condition.ts";
import { readNumeric } from "./numeric.ts";
import { PolicyFault } from "./policy-fault.ts";
import { parseWildcard } from "./wildcard.ts";

type SourceObject = Extract<SourceNode, { kind: "object" }>;

const ONE_KEY = "Only one key allowed in match expression";
const OPERATORS: ReadonlyMap<string, (operand: SourceNode) => Condition> = new Map([
  ["exactly", (operand) => ({ type: "literal", value: textOf(operand, "exact") })],
  ["prefix", (operand) => readAffix("prefix", operand)],
  ["suffix", (operand) => readAffix("suffix", operand)],
  ["equals-ignore-case", readEqualsIgnoreCase],
  ["wildcard", readWildcard],
  // AWS: says "prefix" where it means cidr.
  ["cidr", (operand) => ({ type: "cidr", block: parseCidr(textOf(operand, "prefix")) })],
  ["exists", readExists],
  ["numeric", readNumeric],
  ["anything-but", readAnythingBut],
]);
/** Operators whose reader in the engine was once written for numbers only. */
const COUNTS_ELEMENTS: ReadonlySet<string> = new Set(["numeric", "anything-but"]);

/** One entry of the list a field name maps to: a value, or an object with an operator. */
export function readCondition(node: SourceNode): Condition {
  switch (node.kind) {
    case "string":
      return { type: "literal", value: node.text };
    case "number":
      return { type: "literal", value: comparableNumber(node.text) ?? new InexactNumber(node.text) };
    case "word":
      return { type: "literal", value: node.value };
    case "array":
      throw new PolicyFault("Match value must be String, number, true, false, or null", node.column);
    case "object":
      return readMatchExpression(node);
  }
}

function readMatchExpression(node: SourceObject): Condition {
  const [member, extra] = node.members;
  if (member === undefined) throw new PolicyFault("Match expression name not found", node.endColumn);
  const read = OPERATORS.get(member.name);
  if (read === undefined) throw new PolicyFault(`Unrecognized match type ${member.name}`, member.value.column);
  const condition = read(member.value);
  if (extra === undefined) return condition;
  const message = COUNTS_ELEMENTS.has(member.name) ? "Too many elements in numeric expression" : ONE_KEY;
  throw new PolicyFault(message, extra.value.column);
}

function readAffix(type: "prefix" | "suffix", operand: SourceNode): Condition {
  if (operand.kind !== "object") return { type, text: textOf(operand, type), ignoresCase: false };
  const [member, extra] = operand.members;
  if (member === undefined) {
    const operator = type === "prefix" ? "Prefix" : "Suffix";
    throw new PolicyFault(`${operator} expression name not found`, operand.endColumn);
  }
  if (member.name !== "equals-ignore-case") {
    throw new PolicyFault(`Unsupported ${type} pattern: ${member.name}`, member.value.column);
  }
  const text = textOf(member.value, "equals-ignore-case");
  if (extra !== undefined) throw new PolicyFault(ONE_KEY, extra.value.column);
  return { type, text, ignoresCase: true };
}

function readEqualsIgnoreCase(operand: SourceNode): Condition {
  return { type: "equals-ignore-case", text: textOf(operand, "equals-ignore-case") };
}

function readWildcard(operand: SourceNode): Condition {
  const text = textOf(operand, "wildcard");
  return { type: "wildcard", pattern: parseWildcard(text, operand.endColumn) };
}

function readExists(operand: SourceNode): Condition {
  if (operand.kind === "word" && operand.value !== null) return { type: "exists", expected: operand.value };
  throw new PolicyFault("exists match pattern must be either true or false.", operand.column);
}

function textOf(operand: SourceNode, operator: string): string {
  if (operand.kind === "string") return operand.text;
  throw new PolicyFault(`${operator} match pattern must be a string`, operand.column);
}
