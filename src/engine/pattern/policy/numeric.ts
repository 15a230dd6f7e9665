import { comparableNumber } from "../exact-double.ts";
import type { SourceNode } from "../json/compact-source.ts";
import type { NumericRange, ValueCondition } from "./condition.ts";
import { PolicyFault } from "./policy-fault.ts";

type SourceArray = Extract<SourceNode, { kind: "array" }>;

const TOO_MANY_ELEMENTS = "Too many elements in numeric expression";

/** The operand of `numeric`. Looks at its elements one after the other, as the engine does: the first fault is told. */
export function readNumeric(operand: SourceNode): ValueCondition {
  if (operand.kind !== "array") throw new PolicyFault("Value of numeric must be an array.", operand.column);
  return new NumericReader(operand).read();
}

class NumericReader {
  readonly #array: SourceArray;

  constructor(array: SourceArray) {
    this.#array = array;
  }

  read(): ValueCondition {
    const operator = this.#array.items[0];
    if (operator?.kind !== "string") {
      throw this.#fault(`Invalid member in numeric match: ${tokenText(operator)}`, 0);
    }
    switch (operator.text) {
      case "=":
        return { type: "literal", value: this.#readEqual() };
      case "<":
      case "<=":
        return { type: "numeric", range: this.#readBelow(operator.text) };
      case ">":
      case ">=":
        return { type: "numeric", range: this.#readAbove(operator.text) };
      default:
        throw this.#fault(`Unrecognized numeric range operator: ${operator.text}`, 1);
    }
  }

  #readEqual(): number {
    const value = this.#number(1, "equals");
    this.#end(2, TOO_MANY_ELEMENTS);
    return this.#comparable(value);
  }

  #readBelow(operator: "<" | "<="): NumericRange {
    const value = this.#number(1, operator);
    this.#end(2, TOO_MANY_ELEMENTS);
    return { ...EVERYTHING, top: this.#comparable(value), isTopOpen: operator === "<" };
  }

  #readAbove(operator: ">" | ">="): NumericRange {
    const bottom = this.#number(1, operator);
    const isBottomOpen = operator === ">";
    if (this.#array.items.length === 2) return { ...EVERYTHING, bottom: this.#comparable(bottom), isBottomOpen };
    const second = this.#array.items[2];
    if (second?.kind !== "string") throw this.#fault(`Bad value in numeric range: ${tokenText(second)}`, 2);
    if (second.text !== "<" && second.text !== "<=") {
      throw new PolicyFault(`Bad numeric range operator: ${second.text}`, second.endColumn);
    }
    const top = this.#number(3, second.text);
    this.#end(4, "Too many terms in numeric range expression");
    const range = {
      bottom: this.#comparable(bottom),
      isBottomOpen,
      top: this.#comparable(top),
      isTopOpen: second.text === "<",
    };
    if (range.bottom >= range.top) throw new PolicyFault("Bottom must be less than top", this.#array.endColumn);
    return range;
  }

  /** The digits at a place where the operator needs a number. */
  #number(index: number, operator: string): string {
    const item = this.#array.items[index];
    if (item?.kind !== "number") throw this.#fault(`Value of ${operator} must be numeric`, index);
    return item.text;
  }

  #end(index: number, message: string): void {
    if (this.#array.items.length > index) throw this.#fault(message, index);
  }

  #comparable(digits: string): number {
    const value = comparableNumber(digits);
    if (value === undefined) throw new PolicyFault(`Cannot compare number : ${digits}`, this.#array.endColumn);
    return value;
  }

  /** A fault found on meeting the element, or the closing bracket where there is none. */
  #fault(message: string, index: number): PolicyFault {
    return new PolicyFault(message, this.#array.items[index]?.column ?? this.#array.endColumn);
  }
}

const EVERYTHING: NumericRange = {
  bottom: Number.NEGATIVE_INFINITY,
  isBottomOpen: false,
  top: Number.POSITIVE_INFINITY,
  isTopOpen: false,
};

/** A token that is not a string as the engine quotes it; without one, the bracket that ends the array. */
function tokenText(node: SourceNode | undefined): string {
  if (node === undefined) return "]";
  switch (node.kind) {
    case "object":
      return "{";
    case "array":
      return "[";
    case "word":
      return String(node.value);
    default:
      return node.text;
  }
}
