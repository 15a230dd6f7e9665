import type { Ids } from "../../../kernel/ids.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Operate } from "../../operate.ts";
import type { AppliedResource } from "../../template/plan/applied.ts";
import { formatError } from "../../template/template-error.ts";
import type { Pause } from "../../template/text/limits.ts";
import type { Json, JsonMap } from "../../template/value.ts";
import type { ResourceContext, ResourceType, UnknownResources } from "../resource-type.ts";

/** What applying a plan takes. */
export interface ApplyDeps {
  readonly operate: Operate;
  readonly scope: Scope;
  readonly stack: { readonly id: string; readonly name: string };
  readonly typeNamed: (type: string) => ResourceType;
  readonly ids: Ids;
  readonly observer: ApplyObserver;
  /** Finds what a dynamic reference names, `ssm:name:version`; undefined when there is no such thing. */
  readonly dynamicValue: (reference: string) => Promise<string | undefined>;
  /** Has something be done to a resource, which is given what it waits by; waiting for an answer ends when that is cancelled. */
  readonly attend: <T>(
    logicalId: string,
    task: (attended: Attended) => Promise<T>,
    cancelled?: AbortSignal,
  ) => Promise<T>;
  /** What becomes of resources that nobody here can make. */
  readonly unknown: UnknownResources;
  /** Has others have their turn. */
  readonly pause: Pause;
}

/** By what a resource waits. */
export type Attended = Pick<ResourceContext, "callbacks" | "cancelled" | "wait">;

/** What an update does to a resource that is there. */
export interface ChangeOfResource {
  readonly logicalId: string;
  readonly type: string;
  readonly action: "Modify" | "Replace" | "Delete";
}

/** How far a failure is undone, and what a stack that goes leaves behind. */
export interface ApplyOptions {
  /** What has been made stays when something fails. */
  readonly keepsFailed?: boolean;
  /** Logical ids of resources that are left when the stack is deleted. */
  readonly retained?: readonly string[];
  /** What was made by what is undone goes, also where its template has it stay. */
  readonly retainsExceptOnCreate?: boolean | undefined;
  /** The stack goes since it could not be made. */
  readonly undoesCreation?: boolean | undefined;
  /** Logical ids of resources that are taken to be as they shall be, whatever they are. */
  readonly skipped?: readonly string[];
  /** Why nothing of it can be made, when that is known before. */
  readonly flaw?: string | undefined;
  /** Says why a resource may not be changed; undefined when it may. */
  readonly refuseChange?: ((change: ChangeOfResource) => string | undefined) | undefined;
  /** Says why the outputs cannot be, an export that another stack has for one. */
  readonly refuseOutputs?: (outputs: readonly AppliedOutput[]) => string | undefined;
  /** Once it aborts nothing more is begun, nor waited for what is being made, and what was done is undone. */
  readonly signal?: AbortSignal;
}

/** Hears what happens, in the order in which it does. */
interface ApplyObserver {
  resource(event: ResourceEvent): void;
  /** What follows is done to undo a failure, or to take away what is not needed any more. */
  phase(phase: "rollback" | "cleanup", reason?: string): void;
}

export type ResourceStatus =
  | `${"CREATE" | "UPDATE" | "DELETE"}_${"IN_PROGRESS" | "COMPLETE" | "FAILED"}`
  | "DELETE_SKIPPED";

/** Something that happened to a resource. */
export interface ResourceEvent {
  readonly logicalId: string;
  readonly type: string;
  readonly status: ResourceStatus;
  /** Empty while there is none. */
  readonly physicalId: string;
  readonly reason?: string;
  /** As they are resolved; not there when they could not be. */
  readonly properties?: JsonMap;
}

/** An output with its value. */
export interface AppliedOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** What became of a plan. */
export interface Outcome {
  readonly status: "complete" | "failed" | "rolledBack" | "rollbackFailed" | "deleteFailed";
  /** Why, unless everything went well: `The following resource(s) failed to create: [a]. ` */
  readonly reason?: string;
  /** What is there now. */
  readonly resources: readonly AppliedResource[];
  /** Those that were asked for; undefined when it did not come to that. */
  readonly outputs: readonly AppliedOutput[] | undefined;
}

/** The value of an output. Throws TemplateError for one that is no text now that its resource is there. */
export function outputText(value: Json): string {
  if (typeof value === "object") throw formatError("Every Value member must be a string.");
  return String(value);
}
