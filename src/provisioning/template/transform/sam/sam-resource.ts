import { TemplateError } from "../../template-error.ts";
import { isMap, mapOf, type Value, type ValueMap } from "../../value.ts";

/** Resources by logical id, in the making. */
export type Resources = Map<string, ValueMap>;

/** Type and properties of a resource; properties that are undefined are left out. */
export function resource(Type: string, properties: Readonly<Record<string, Value | undefined>>): ValueMap {
  return { Type, Properties: withoutUndefined(properties) };
}

export function withoutUndefined(map: Readonly<Record<string, Value | undefined>>): ValueMap {
  return mapOf(Object.entries(map).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

export const ref = (Ref: string): ValueMap => ({ Ref });
export const getAtt = (logicalId: string, attribute: string): ValueMap => ({ "Fn::GetAtt": [logicalId, attribute] });

/** The member as an object; empty when it is not there. */
export function mapIn(map: ValueMap, name: string): ValueMap {
  const value = map[name];
  return isMap(value) ? value : {};
}

/** What SAM answers a resource with that cannot be. */
export function invalidResource(logicalId: string, reason: string): TemplateError {
  return new TemplateError(
    `Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: 1. Resource with id [${logicalId}] is invalid. ${reason}`,
  );
}
