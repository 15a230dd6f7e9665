import { TemplateError } from "../template-error.ts";
import { textOf, type Value, type ValueMap } from "../value.ts";
import { checkConstraints, parameterTypeOf, parameterValue } from "./parameter-types.ts";

/** A parameter with the value it has in one stack. */
export interface ResolvedParameter {
  readonly key: string;
  /** As it was given, or its default. */
  readonly text: string;
  /** What the SSM parameter holds that it names. */
  readonly storedText: string | undefined;
  /** Whether nobody is shown the value. */
  readonly isHidden: boolean;
  /** What Ref returns. */
  readonly value: Value;
}

/** Finds what SSM holds under a name, with a version behind a colon perhaps; undefined when it holds nothing. */
export type StoredParameters = (name: string) => Promise<string | undefined>;

/** The values of a template's parameters, in its order. Throws TemplateError for values that cannot be. */
export async function resolveParameters(
  declared: ReadonlyMap<string, ValueMap>,
  given: Readonly<Record<string, string>>,
  stored: StoredParameters,
): Promise<ReadonlyMap<string, ResolvedParameter>> {
  const types = new Map([...declared].map(([key, { Type }]) => [key, parameterTypeOf(textOf(Type) ?? "")] as const));
  refuseForeign(declared, Object.keys(given));
  const textOfKey = (key: string, parameter: ValueMap): string | undefined =>
    Object.hasOwn(given, key) ? given[key] : textOf(parameter.Default);
  const missing = [...declared].filter(([key, parameter]) => textOfKey(key, parameter) === undefined);
  refuseMissing(missing.map(([key]) => ({ key, isStored: types.get(key)?.isStored === true })));
  const resolved = new Map<string, ResolvedParameter>();
  for (const [key, parameter] of declared) {
    const type = types.get(key);
    const text = textOfKey(key, parameter);
    if (type === undefined || text === undefined) continue;
    checkConstraints(key, parameter, text);
    const storedText = type.isStored ? await storedUnder(text, stored) : undefined;
    const isHidden = textOf(parameter.NoEcho)?.toLowerCase() === "true";
    resolved.set(key, { key, text, storedText, isHidden, value: parameterValue(storedText ?? text, type) });
  }
  return resolved;
}

function refuseForeign(declared: ReadonlyMap<string, ValueMap>, given: readonly string[]): void {
  const foreign = given.filter((key) => !declared.has(key));
  if (foreign.length === 0) return;
  if (declared.size === 0) {
    throw new TemplateError("Parameter values specified for a template which does not require them.");
  }
  throw new TemplateError(`Parameters: [${foreign.join(", ")}] do not exist in the template`);
}

function refuseMissing(missing: readonly { readonly key: string; readonly isStored: boolean }[]): void {
  const stored = missing.find(({ isStored }) => isStored);
  if (stored !== undefined) {
    throw new TemplateError(`Parameter ${stored.key} should either have input value or default value`);
  }
  if (missing.length > 0) {
    throw new TemplateError(`Parameters: [${missing.map(({ key }) => key).join(", ")}] must have values`);
  }
}

async function storedUnder(name: string, stored: StoredParameters): Promise<string> {
  const text = await stored(name);
  if (text !== undefined) return text;
  throw new TemplateError(`Unable to fetch parameters [${name}] from parameter store for this account.`);
}
