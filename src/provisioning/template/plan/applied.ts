import type { DeletionPolicy } from "../resolve.ts";
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
}

/** What a stack is before it is changed. */
export interface AppliedStack {
  readonly resources: readonly AppliedResource[];
  /** As they were given, or defaults; what SSM holds for those that name it. */
  readonly parameters: Readonly<Record<string, string>>;
}
