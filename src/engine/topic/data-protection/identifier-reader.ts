import { isJsonObject } from "../../../kernel/json/json-object.ts";
import { type LinearPattern, linearPattern } from "./linear-pattern.ts";
import { managedIdentifiers } from "./managed-identifiers.ts";

import type { DataIdentifier } from "./policy.ts";
import { PolicyFault } from "./policy-fault.ts";

/** Limits of custom identifiers. SNS guide, custom data identifiers. */
const MAX_CUSTOM = 10;
const MAX_PATTERN_LENGTH = 200;
const CUSTOM_NAME = /^[A-Za-z0-9_-]{1,128}$/;

/** `arn:aws:dataprotection::aws:data-identifier/EmailAddress`; AWS takes a region and no account as well. */
const MANAGED_ARN = /^arn:[a-z-]+:dataprotection:[a-z0-9-]*:(?:aws)?:data-identifier\/([A-Za-z0-9-]+)$/;

type CustomIdentifiers = ReadonlyMap<string, LinearPattern>;

/** What AWS's own identifiers count as, by what they were measured to take. */
const MANAGED_STEPS = 4;

/** Reads the custom identifiers of a policy's Configuration. Throws PolicyFault. */
export function customIdentifiers(configuration: unknown): CustomIdentifiers {
  const list = isJsonObject(configuration) ? (configuration.CustomDataIdentifier ?? []) : [];
  if (!Array.isArray(list) || list.length > MAX_CUSTOM) {
    throw new PolicyFault(`Configuration.CustomDataIdentifier must be a list of at most ${MAX_CUSTOM}`);
  }
  const identifiers = new Map<string, LinearPattern>();
  for (const [index, value] of list.entries()) {
    const [name, pattern] = readCustom(value, `Configuration.CustomDataIdentifier[${index}]`);
    if (identifiers.has(name)) throw new PolicyFault(`there are two custom data identifiers ${name}`);
    identifiers.set(name, pattern);
  }
  return identifiers;
}

/** The identifier a statement names. Throws PolicyFault when there is none of that name. */
export function readIdentifier(text: string, place: string, custom: CustomIdentifiers): DataIdentifier {
  const pattern = custom.get(text);
  if (pattern !== undefined) return { name: text, ...pattern };
  const name = MANAGED_ARN.exec(text)?.[1];
  if (name === undefined) throw new PolicyFault(`${place}.DataIdentifier has no identifier "${text}"`);
  const find = Object.hasOwn(managedIdentifiers, name) ? managedIdentifiers[name] : undefined;
  return { name, find, stepsPerCharacter: find === undefined ? 0 : MANAGED_STEPS };
}

function readCustom(value: unknown, place: string): readonly [string, LinearPattern] {
  const { Name: name, Regex: regex } = isJsonObject(value) ? value : {};
  if (typeof name !== "string" || !CUSTOM_NAME.test(name)) {
    throw new PolicyFault(`${place}.Name must be up to 128 letters, digits, underscores and hyphens`);
  }
  if (typeof regex !== "string" || regex === "" || regex.length > MAX_PATTERN_LENGTH) {
    throw new PolicyFault(`${place}.Regex must be a regular expression of up to ${MAX_PATTERN_LENGTH} characters`);
  }
  const pattern = linearPattern(regex);
  if (pattern === undefined) throw new PolicyFault(`${place}.Regex is no regular expression, or a too complex one`);
  return [name, pattern];
}
