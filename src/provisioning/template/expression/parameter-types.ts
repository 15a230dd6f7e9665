import { re2Pattern } from "../../../kernel/load/re2-pattern.ts";
import { formatError, TemplateError } from "../template-error.ts";
import { isList, textOf, type Value, type ValueMap } from "../value.ts";

/** What the type of a parameter says about its value. */
interface ParameterType {
  readonly isList: boolean;
  readonly isNumber: boolean;
  /** Whether the value is the name of an SSM parameter that holds what Ref returns. */
  readonly isStored: boolean;
}

const STORED = /^AWS::SSM::Parameter::Value<(.+)>$/;
const LIST = /^List<(.+)>$/;
const AWS_TYPE = /^AWS::[A-Za-z0-9]+(?:::[A-Za-z0-9]+){1,3}$/;

/** Throws TemplateError unless it is a type there is. AWS's own types are taken as texts. */
export function parameterTypeOf(text: string): ParameterType {
  const stored = STORED.exec(text)?.[1];
  const held = stored ?? text;
  const item = LIST.exec(held)?.[1] ?? held;
  const isKnown = item === "String" || item === "Number" || item === "CommaDelimitedList" || AWS_TYPE.test(item);
  if (!isKnown) throw formatError(`Unrecognized parameter type: ${text}`);
  return {
    isList: held === "CommaDelimitedList" || item !== held,
    isNumber: item === "Number",
    isStored: stored !== undefined,
  };
}

/** What Ref of a parameter returns. */
export function parameterValue(text: string, { isList: isAList }: ParameterType): Value {
  if (!isAList) return text;
  return text === "" ? [] : text.split(",").map((item) => item.trim());
}

/** AWS: quotas, CloudFormation user guide. */
const MAX_BYTES = 4096;

/** Throws TemplateError unless the value keeps to what its parameter declares. */
export function checkConstraints(name: string, declared: ValueMap, text: string): void {
  const flaw = flawOf(declared, text);
  if (flaw === undefined) return;
  const description = textOf(declared.ConstraintDescription);
  throw new TemplateError(
    description === undefined
      ? `Parameter '${name}' ${flaw}`
      : `Parameter ${name} failed to satisfy constraint: ${description}`,
  );
}

function flawOf(declared: ValueMap, text: string): string | undefined {
  if (Buffer.byteLength(text) > MAX_BYTES) return `must contain at most ${MAX_BYTES} bytes`;
  const type = parameterTypeOf(textOf(declared.Type) ?? "");
  const items = type.isList ? (parameterValue(text, type) as readonly string[]) : [text];
  for (const item of items) {
    const flaw = flawOfItem(declared, item, type);
    if (flaw !== undefined) return flaw;
  }
  return type.isList ? undefined : flawOfText(declared, text);
}

function flawOfItem(
  { AllowedValues, MinValue, MaxValue }: ValueMap,
  item: string,
  type: ParameterType,
): string | undefined {
  if (type.isNumber && !type.isStored) {
    const number = item.trim() === "" ? Number.NaN : Number(item);
    if (!Number.isFinite(number)) return "must be a number";
    if (MinValue !== undefined && number < Number(textOf(MinValue))) {
      return `must be a number not less than ${textOf(MinValue)}`;
    }
    if (MaxValue !== undefined && number > Number(textOf(MaxValue))) {
      return `must be a number not greater than ${textOf(MaxValue)}`;
    }
  }
  if (isList(AllowedValues) && !AllowedValues.some((value) => textOf(value) === item)) {
    return "must be one of AllowedValues";
  }
  return undefined;
}

function flawOfText({ AllowedPattern, MinLength, MaxLength }: ValueMap, text: string): string | undefined {
  const [min, max, pattern] = [textOf(MinLength), textOf(MaxLength), textOf(AllowedPattern)];
  if (min !== undefined && text.length < Number(min)) return `must contain at least ${min} characters`;
  if (max !== undefined && text.length > Number(max)) return `must contain at most ${max} characters`;
  if (pattern === undefined || isMatch(pattern, text)) return undefined;
  return `must match pattern ${pattern}`;
}

/** GAP: patterns that look ahead or behind are not held against the value. */
function isMatch(pattern: string, text: string): boolean {
  return re2Pattern(pattern)?.matches(text) ?? true;
}
