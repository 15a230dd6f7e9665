import { comparableNumber } from "../exact-double.ts";
import type { SourceNode } from "../json/compact-source.ts";
import type { Condition, ValueCondition } from "./condition.ts";
import { PolicyFault } from "./policy-fault.ts";
import { parseWildcard } from "./wildcard.ts";

type SourceArray = Extract<SourceNode, { kind: "array" }>;
type SourceString = Extract<SourceNode, { kind: "string" | "number" }>;

/** How an operator inside `anything-but` reads the strings it excludes. */
interface InnerOperator {
  /** What is said of anything else in a list; what is said of it alone, unless given. */
  readonly notTexts?: string;
  /** `column` is where the engine stands when it looks at the text. */
  read(text: string, column: number): ValueCondition;
}

const INNER_OPERATORS: ReadonlyMap<string, InnerOperator> = new Map([
  ["prefix", { read: (text) => ({ type: "prefix", text, ignoresCase: false }) }],
  ["suffix", { read: (text) => ({ type: "suffix", text, ignoresCase: false }) }],
  [
    "equals-ignore-case",
    {
      notTexts: "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
      read: (text) => ({ type: "equals-ignore-case", text }),
    },
  ],
  [
    "wildcard",
    {
      read: (text, column) => ({ type: "wildcard", pattern: parseWildcard(text, column) }),
    },
  ],
]);

/** The operand of `anything-but`: values, or one of a few operators with the texts it excludes. */
export function readAnythingBut(operand: SourceNode): Condition {
  if (operand.kind === "object") return { type: "anything-but", excluded: readOperator(operand) };
  const values = excludable(operand);
  if (values.kind === "array") return { type: "anything-but", excluded: readValues(values) };
  return { type: "anything-but", excluded: [{ type: "literal", value: literal(values, undefined) }] };
}

function readOperator(operand: Extract<SourceNode, { kind: "object" }>): readonly ValueCondition[] {
  const [member, extra] = operand.members;
  if (member === undefined) throw new PolicyFault("Anything-But expression name not found", operand.endColumn);
  const operator = INNER_OPERATORS.get(member.name);
  if (operator === undefined) {
    throw new PolicyFault(`Unsupported anything-but pattern: ${member.name}`, member.value.column);
  }
  const values = textsOf(member.value, member.name, operator);
  const excluded = readTexts(values, operator);
  if (extra !== undefined) throw new PolicyFault("Too many elements in numeric expression", extra.value.column);
  return excluded;
}

/** A value `anything-but` can work with at all. */
function excludable(node: SourceNode): SourceArray | SourceString {
  if (node.kind !== "object" && node.kind !== "word") return node;
  throw new PolicyFault("Value of anything-but must be an array or single string/number value.", node.column);
}

/** AWS: words for whatever is no text under `prefix`, recorded, as if it stood there without `anything-but`. */
function textsOf(node: SourceNode, name: string, { notTexts }: InnerOperator): SourceArray | SourceString {
  const notText = `${name} match pattern must be a string`;
  if (node.kind !== "array") return checkedText(node, name, notText);
  for (const item of node.items) checkedText(item, name, notTexts ?? notText);
  return node;
}

function checkedText(node: SourceNode, name: string, notText: string): SourceString {
  if (node.kind !== "string") throw new PolicyFault(notText, node.column);
  const isAffix = name === "prefix" || name === "suffix";
  if (isAffix && node.text === "") throw new PolicyFault("Null prefix/suffix not allowed", node.endColumn);
  return node;
}

/** The engine looks at the texts of a list when it has read the list, and at a lone one when it has read that. */
function readTexts(values: SourceArray | SourceString, operator: InnerOperator): readonly ValueCondition[] {
  const excluded: ValueCondition[] = [];
  for (const node of values.kind === "array" ? values.items : [values]) {
    if (node.kind === "string") excluded.push(operator.read(node.text, values.endColumn));
  }
  return excluded;
}

function readValues(list: SourceArray): readonly ValueCondition[] {
  const excluded = list.items.map((item): ValueCondition => {
    if (item.kind === "string" || item.kind === "number") return { type: "literal", value: literal(item, item.column) };
    throw new PolicyFault("Inside anything but list, start|null|boolean is not supported.", item.column);
  });
  const kinds = new Set(list.items.map((item) => item.kind));
  if (kinds.size === 1) return excluded;
  const rule = "either all values are number or string, mixed type is not supported";
  throw new PolicyFault(`Inside anything but list, ${rule}`, list.endColumn);
}

function literal({ kind, text }: SourceString, column: number | undefined): string | number {
  if (kind === "string") return text;
  const value = comparableNumber(text);
  if (value === undefined) throw new PolicyFault(`Cannot compare number : ${text}`, column);
  return value;
}
