import { formatError, meaningError, positionIn, type TemplateError } from "../template-error.ts";
import type { Scalar } from "../value.ts";
import { numberOf } from "./json-text.ts";

const NUMBER = /^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["yes", "true", "on"].flatMap((word) => casesOf(word).map((one) => [one, true] as const)),
  ...["no", "false", "off"].flatMap((word) => casesOf(word).map((one) => [one, false] as const)),
]);

function casesOf(word: string): readonly string[] {
  return [word, word.toUpperCase(), `${word.charAt(0).toUpperCase()}${word.slice(1)}`];
}

/** What a scalar says in YAML 1.1. Dates, octal and sexagesimal numbers stay texts: nobody writes them on purpose. */
export function meaningOf(text: string, isPlain: boolean): Scalar {
  if (!isPlain) return text;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  return NUMBER.test(text) && !text.startsWith("+") ? numberOf(text) : text;
}

export function malformed(text: string, offset: number): TemplateError {
  return formatError(`YAML not well-formed. ${positionIn(text, offset)}`);
}

/** AWS: there are anchors, but nothing may refer to them. */
export function aliasError(): TemplateError {
  return meaningError("YAML aliases are not allowed in CloudFormation templates");
}
