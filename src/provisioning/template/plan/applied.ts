import type { DeletionPolicy } from "../resolve.ts";
import { meaningError, type TemplateError } from "../template-error.ts";
import type { Json, JsonMap } from "../value.ts";

export type Tags = Readonly<Record<string, string>>;

/** A resource as it is in a stack. Plain data, so that an engine can keep it. */
export interface AppliedResource {
  readonly logicalId: string;
  readonly type: string;
  /** What Ref returns. */
  readonly physicalId: string;
  /** With the types their resource gives them. */
  readonly properties: JsonMap;
  /** Its own tags with those of its stack; empty for what has none. */
  readonly tags: Tags;
  /** What Fn::GetAtt returns, by name. */
  readonly attributes: JsonMap;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
  readonly metadata?: Json;
  /** What of it failed and was left: what could not be made is to be made anew, what could not be changed is to be changed again. */
  readonly failed?: "create" | "update";
}

/** What a stack is before it is changed. */
export interface AppliedStack {
  readonly resources: readonly AppliedResource[];
  /** As they were given, or defaults; what SSM holds for those that name it. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Names of attributes that stand for those that have no value of their own: of those that end in `Arn`, and of all others. */
export const ANY_ARN = "*Arn";
export const ANY = "*";

/** What Fn::GetAtt returns; undefined when the resource has no such attribute. */
export function attributeOf({ attributes }: AppliedResource, name: string): Json | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  const dot = name.indexOf(".");
  const whole = dot < 0 ? undefined : attributes[name.slice(0, dot)];
  if (typeof whole === "object" && whole !== null) return (whole as JsonMap)[name.slice(dot + 1)];
  return attributes[name.endsWith("Arn") ? ANY_ARN : ANY];
}

/** AWS says it in these words. */
export function unknownAttribute(logicalId: string, name: string): TemplateError {
  return meaningError(`resource ${logicalId} does not support attribute type ${name} in Fn::GetAtt`);
}
