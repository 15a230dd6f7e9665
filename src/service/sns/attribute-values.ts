import { readJson } from "../../engine/pattern/json/json-reader.ts";
import { parseArn } from "../../kernel/arn.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json/json-object.ts";
import { isOverfullJson } from "../../kernel/json/json-value-count.ts";
import { rangeText, type ValueRange } from "../value-range.ts";
import type { Refusal } from "./refusal.ts";

/** Reads the value of an attribute: as it will be kept, or refused. */
export interface ReadValue {
  (text: string, subject: { readonly refusal: Refusal }, name: string): string;
  /** Which values it takes, where they are few or a range. */
  readonly takes?: ValueRange;
}

type Ranged = ReadValue & Required<Pick<ReadValue, "takes">>;

/** AWS: any letter case is taken and comes back in lower case. */
export const booleanValue: ReadValue = (text, { refusal }, name) => {
  const value = text.toLowerCase();
  if (value === "true" || value === "false") return value;
  return refusal.value(`${name}: Invalid value [${text}]. Must be true or false.`);
};

/** One of the values. What is told of any other is `fault`, which most attributes have in common. */
export function oneOf(values: readonly string[], fault?: (text: string) => string): Ranged {
  const takes = { values };
  const read: ReadValue = (text, { refusal }, name) => {
    if (values.includes(text)) return text;
    return refusal.value(fault?.(text) ?? `${name}: Invalid value [${text}]. Please use either ${rangeText(takes)}`);
  };
  return Object.assign(read, { takes });
}

export function wholeNumber(min: number, max: number): Ranged {
  const read: ReadValue = (text, { refusal }, name) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return String(value);
    // Observed of sample rates.
    return refusal.value(`${name}: ${text} value provided is not an integer between ${min}-${max}`);
  };
  return Object.assign(read, { takes: { min, max } });
}

/** What stands for a value that is not given: none, for what none takes away. AWS: what Java writes, otherwise. */
export function absentValue(attribute: { readonly isClearable?: true } | undefined): string {
  return attribute?.isClearable ? "" : "null";
}

export const anyText: ReadValue = (text) => text;

export function isRoleArn(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === "iam" && arn.resource.startsWith("role/");
}

/** AWS: the spelling of CloudWatch is its own here. */
export const feedbackRole: ReadValue = (text, { refusal }, name) => {
  if (isRoleArn(text)) return text;
  return refusal.value(`${name}: ${text} is not a valid role to allow SNS to write to Cloudwatch Logs`);
};

/** The JSON object an attribute holds. Refuses any other text, in the words of the parser behind AWS. */
export function attributeObject(name: string, text: string, refusal: Refusal): JsonObject {
  if (isOverfullJson(text)) return refusal.value(`${name}: failed to parse JSON. Too many values`);
  const json = readJson(text);
  if ("fault" in json) return refusal.value(`${name}: failed to parse JSON. ${json.fault}`);
  const value: unknown = JSON.parse(text);
  return isJsonObject(value) ? value : refusal.value(`${name}: invalid JSON. Expected an object`);
}
