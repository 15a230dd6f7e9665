import { meaningError } from "../template-error.ts";
import { isMap, type Value } from "../value.ts";

/** A call of a function in a template: `{ "Fn::Join": [ … ] }`. */
export interface FunctionCall {
  readonly name: string;
  readonly argument: Value;
}

/** AWS lists them in this order. */
const SUPPORTED = [
  ...["Fn::Base64", "Fn::GetAtt", "Fn::GetAZs", "Fn::ImportValue", "Fn::Join", "Fn::Split", "Fn::FindInMap"],
  ...["Fn::Select", "Ref", "Fn::Equals", "Fn::If", "Fn::Not", "Condition", "Fn::And", "Fn::Or", "Fn::Contains"],
  ...["Fn::EachMemberEquals", "Fn::EachMemberIn", "Fn::ValueOf", "Fn::ValueOfAll", "Fn::RefAll", "Fn::Sub", "Fn::Cidr"],
];

/** Functions that only the transform AWS::LanguageExtensions brings. */
const EXTENSIONS: readonly string[] = ["Fn::Length", "Fn::ToJsonString"];

const known = new Set([...SUPPORTED, ...EXTENSIONS]);

/** The call a value is, if it is one. Throws TemplateError for a function there is not, or is not without extensions. */
export function functionCall(value: Value, isExtended = true): FunctionCall | undefined {
  if (!isMap(value)) return undefined;
  const keys = Object.keys(value);
  const [name = ""] = keys;
  if (keys.length !== 1 || !(name === "Ref" || name.startsWith("Fn::"))) return undefined;
  if (!known.has(name) || (!isExtended && EXTENSIONS.includes(name))) {
    throw meaningError(`Encountered unsupported function: ${name} Supported functions are: [${SUPPORTED.join(", ")}]`);
  }
  return { name, argument: value[name] ?? null };
}
