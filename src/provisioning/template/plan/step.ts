import type { ResolvedResource } from "../resolve.ts";
import type { Json } from "../value.ts";
import type { AppliedResource } from "./applied.ts";

/** What becomes of one resource. */
export type Step = AddStep | ModifyStep | RemoveStep;

export interface AddStep {
  readonly action: "Add";
  readonly logicalId: string;
  readonly type: string;
  readonly after: ResolvedResource;
}

export interface ModifyStep {
  readonly action: "Modify";
  readonly logicalId: string;
  readonly type: string;
  readonly before: AppliedResource;
  readonly after: ResolvedResource;
  /** Whether another resource takes its place; what depends on values that are not known yet is conditional. */
  readonly replacement: "True" | "False" | "Conditional";
  readonly scope: readonly ChangedPart[];
  readonly details: readonly Detail[];
}

export interface RemoveStep {
  readonly action: "Remove";
  readonly logicalId: string;
  readonly type: string;
  readonly before: AppliedResource;
}

/** The parts of a resource, as change sets call them. */
export type ChangedPart = "Properties" | "Metadata" | "Tags" | "DeletionPolicy" | "UpdateReplacePolicy";

/** Why a part of a resource changes. API_ResourceChangeDetail. */
export interface Detail {
  readonly part: ChangedPart;
  /** Name of the property, if it is one. */
  readonly name?: string;
  readonly requiresRecreation: "Always" | "Never" | "Conditionally";
  /** Whether it is known now that the value changes. */
  readonly evaluation: "Static" | "Dynamic";
  readonly source: "DirectModification" | "ParameterReference" | "ResourceReference" | "ResourceAttribute";
  /** What it comes from: a parameter, a resource, or `<logical id>.<attribute>`. */
  readonly causingEntity?: string;
  /** Undefined for none; what is not known yet is `{{changeSet:KNOWN_AFTER_APPLY}}`. */
  readonly before?: Json | undefined;
  readonly after?: Json | undefined;
}

/** What change sets show of the fate of a physical resource. */
export function policyActionOf(step: Step): string | undefined {
  if (step.action === "Add") return undefined;
  const policy = step.action === "Remove" ? step.before.deletionPolicy : step.after.updateReplacePolicy;
  const isKept = policy === "Retain" || policy === "RetainExceptOnCreate";
  if (step.action === "Remove") return isKept ? "Retain" : "Delete";
  if (step.replacement === "False") return undefined;
  return isKept ? "ReplaceAndRetain" : "ReplaceAndDelete";
}
