import { re2Pattern } from "../../kernel/load/re2-pattern.ts";
import {
  AccessDeniedException,
  InvalidAllowedPatternException,
  ParameterPatternMismatchException,
  ValidationException,
} from "./errors.ts";

/** Refuses a name that no parameter can be given. What begins with "aws" is AWS's own, where it is changed. */
export function checkGivenName(name: string): void {
  checkNotReserved(name);
  checkName(name);
  if (name.includes("/") && !name.startsWith("/")) {
    throw new ValidationException("Parameter name must be a fully qualified name.");
  }
  if (name.endsWith("/")) throw new ValidationException("Parameter name must not end with slash.");
}

/** AWS: "aws" is told of without a look at the rest of the name. */
export function checkNotReserved(name: string): void {
  if (/^\/?aws/i.test(name)) throw new AccessDeniedException(`No access to reserved parameter name: ${name}.`);
}

function checkName(name: string): void {
  if (/^\/?ssm/i.test(name) || !/^\/?[\w.-]+(?:\/[\w.-]+)*\/?$/.test(name)) throw new ValidationException(NAME_TEXT);
}

/** Refuses a value that cannot be kept in a tier. */
export function checkValue(value: string, tier: string): void {
  if (value.includes("{{") && value.includes("}}")) {
    const text = `Parameter value can't nest another parameter. Do not use "{{}}" in the value.`;
    throw new ValidationException(`Parameter value: '${value}' failed to satisfy constraint: ${text}`);
  }
  if (tier === "Standard" && value.length > MOST_IN_STANDARD) throw new ValidationException(STANDARD_TEXT);
  if (value.length > MOST_IN_ADVANCED) throw new ValidationException(ADVANCED_TEXT);
}

/** The tier that a value is kept in where a tier is asked for: AWS takes the cheapest when it may choose. */
export function tierOf(value: string, asked: string): string {
  if (asked !== "Intelligent-Tiering") return asked;
  return value.length > MOST_IN_STANDARD ? "Advanced" : "Standard";
}

/** What reads beyond a match, which RE2 cannot: values are not held against it. */
const LOOKS_AROUND = /\(\?<?[=!]|\\[1-9]/;

/** Refuses a value that the whole of a pattern does not match, and what is no pattern. */
export function checkAgainst(pattern: string, value: string): void {
  if (pattern === "") return;
  const compiled = re2Pattern(pattern);
  if (compiled === undefined && !LOOKS_AROUND.test(pattern)) throw new InvalidAllowedPatternException(pattern);
  if (compiled?.matches(value) === false) throw new ParameterPatternMismatchException(pattern);
}

export function checkDataType(dataType: string | undefined): void {
  if (dataType === undefined || DATA_TYPES.has(dataType)) return;
  throw new ValidationException(
    `The following data type is not supported: ${dataType}. (Data type names are all lowercase.)`,
  );
}

const DATA_TYPES: ReadonlySet<string> = new Set(["text", "aws:ec2:image", "aws:ssm:integration"]);

const MOST_IN_STANDARD = 4096;
const MOST_IN_ADVANCED = 8192;

const NAME_TEXT = `Parameter name: can't be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`;

const STANDARD_TEXT =
  "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html";
const ADVANCED_TEXT = "Advanced-tier parameters support a maximum parameter value of 8192 characters.";
