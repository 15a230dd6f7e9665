import { TemplateError } from "../../template-error.ts";
import { isList, isMap, mapOf, type Value, type ValueMap } from "../../value.ts";

const SECTIONS: Readonly<Record<string, string>> = { "AWS::Serverless::Function": "Function" };
/** Sections of resources that are no functions. */
const OTHERS = ["Api", "HttpApi", "SimpleTable", "StateMachine", "LayerVersion", "CapacityProvider", "WebSocketApi"];

/** The properties of a resource with what the section Globals has for its type. Maps and lists are joined. */
export function withGlobals(type: string, properties: ValueMap, globals: ValueMap): ValueMap {
  const section = SECTIONS[type];
  const shared = section === undefined ? undefined : globals[section];
  return isMap(shared) ? (merged(shared, properties) as ValueMap) : properties;
}

/** Throws TemplateError for sections there are not. */
export function checkGlobals(globals: ValueMap): void {
  const known = [...Object.values(SECTIONS), ...OTHERS];
  const foreign = Object.keys(globals).find((name) => !known.includes(name));
  if (foreign === undefined) return;
  throw new TemplateError(
    `Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: 1. 'Globals' section is invalid. '${foreign}' is not supported. Must be one of the following values - ['${known.join("', '")}']`,
  );
}

function merged(shared: Value, own: Value): Value {
  if (isList(shared) && isList(own)) return [...shared, ...own];
  if (!isMap(shared) || !isMap(own) || isFunction(shared) || isFunction(own)) return own;
  const names = new Set([...Object.keys(shared), ...Object.keys(own)]);
  return mapOf([...names].map((name) => [name, either(shared[name], own[name])] as const));
}

function either(shared: Value | undefined, own: Value | undefined): Value {
  if (shared === undefined) return own ?? null;
  return own === undefined ? shared : merged(shared, own);
}

/** A call of a function is one value. */
function isFunction(map: ValueMap): boolean {
  const [name = "", ...others] = Object.keys(map);
  return others.length === 0 && (name === "Ref" || name.startsWith("Fn::"));
}
