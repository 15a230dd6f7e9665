/** API_Stack, StackStatus, but for those of imports. */
export type StackStatus =
  | `CREATE_${"IN_PROGRESS" | "FAILED" | "COMPLETE"}`
  | `ROLLBACK_${"IN_PROGRESS" | "FAILED" | "COMPLETE"}`
  | `DELETE_${"IN_PROGRESS" | "FAILED" | "COMPLETE"}`
  | `UPDATE_${"IN_PROGRESS" | "FAILED" | "COMPLETE" | "COMPLETE_CLEANUP_IN_PROGRESS"}`
  | `UPDATE_ROLLBACK_${"IN_PROGRESS" | "FAILED" | "COMPLETE" | "COMPLETE_CLEANUP_IN_PROGRESS"}`
  | "REVIEW_IN_PROGRESS";

/** From which a stack can be updated. AWS: CREATE_FAILED and UPDATE_FAILED are what is left when rollback is disabled. */
const UPDATABLE: ReadonlySet<StackStatus> = new Set<StackStatus>([
  ...(["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"] as const),
  ...(["CREATE_FAILED", "UPDATE_FAILED"] as const),
]);

export function isUpdatable(status: StackStatus): boolean {
  return UPDATABLE.has(status);
}

/** Whether something is being done to the stack. */
export function isBusy(status: StackStatus): boolean {
  return status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
}

/** What JSON can say. */
export type Plain = string | number | boolean | null | readonly Plain[] | PlainMap;
export type PlainMap = { readonly [key: string]: Plain };

export type Tags = Readonly<Record<string, string>>;

export interface StackParameter {
  readonly key: string;
  /** As it was given, or its default. */
  readonly value: string;
  /** What Parameter Store holds under the value. */
  readonly resolvedValue?: string;
  /** Whether nobody is shown the value. */
  readonly isHidden?: true;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** What has been made of a resource of the template. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly properties: PlainMap;
  readonly tags: Tags;
  readonly attributes: PlainMap;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
  readonly metadata?: Plain;
  /** What of it failed and was left as it was by then. */
  readonly failed?: "create" | "update";
}

type DeletionPolicy = "Delete" | "Retain" | "RetainExceptOnCreate" | "Snapshot";

/** A template as it was submitted, and what its transforms made of it. */
export interface StackTemplate {
  readonly text: string;
  /** JSON; absent when there were no transforms. */
  readonly processed?: string;
}

/** What a stack holds once it was deployed. */
export interface StackContent {
  readonly template?: StackTemplate;
  readonly description?: string;
  readonly parameters: readonly StackParameter[];
  readonly tags: Tags;
  readonly capabilities: readonly string[];
  readonly outputs: readonly StackOutput[];
  readonly resources: readonly StackResource[];
  /** Names of other stacks' exports that are used. */
  readonly imports: readonly string[];
}

/** Alarms that would have a stack be rolled back. */
export interface RollbackSettings {
  readonly triggers?: readonly { readonly arn: string; readonly type: string }[];
  readonly monitoringMinutes?: number;
}

/** What was chosen for a stack, beside its template. */
export interface StackSettings {
  readonly disableRollback: boolean;
  readonly notificationArns: readonly string[];
  readonly roleArn?: string;
  readonly timeoutMinutes?: number;
  readonly rollback?: RollbackSettings;
}

/** A stack. Instants in epoch milliseconds. */
export interface Stack {
  /** ARN. */
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly parentId?: string;
  readonly rootId?: string;
  readonly status: StackStatus;
  readonly statusReason?: string;
  readonly updatedAt?: number;
  readonly deletedAt?: number;
  /** The change set that was executed last. */
  readonly changeSetId?: string;
  readonly isProtected: boolean;
  readonly policy?: string;
  readonly settings: StackSettings;
  readonly content: StackContent;
}

/** A line of what happened to a stack. */
export interface StackLine {
  readonly eventId: string;
  readonly at: number;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  /** JSON. */
  readonly properties?: string;
  readonly token?: string;
}

/** A resource as it was last told of. */
export interface ResourceLine {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly at: number;
}

export const NO_CONTENT: StackContent = {
  parameters: [],
  tags: {},
  capabilities: [],
  outputs: [],
  resources: [],
  imports: [],
};
