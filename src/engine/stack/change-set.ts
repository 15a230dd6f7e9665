import type { Plain, StackParameter, StackSettings, StackTemplate, Tags } from "./stack.ts";

export type ChangeSetStatus = "CREATE_IN_PROGRESS" | "CREATE_COMPLETE" | "FAILED";

export type ExecutionStatus =
  | "UNAVAILABLE"
  | "AVAILABLE"
  | "EXECUTE_IN_PROGRESS"
  | "EXECUTE_COMPLETE"
  | "EXECUTE_FAILED"
  | "OBSOLETE";

/** What a stack is to become. */
export interface ChangeSet {
  /** ARN. */
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly type: "CREATE" | "UPDATE";
  readonly createdAt: number;
  readonly description?: string;
  readonly clientToken?: string;
  readonly status: ChangeSetStatus;
  readonly statusReason?: string;
  readonly executionStatus: ExecutionStatus;
  readonly template: StackTemplate;
  /** What was given; defaults and what the stack has hold for the others. */
  readonly given: Readonly<Record<string, string>>;
  readonly parameters: readonly StackParameter[];
  readonly tags: Tags;
  readonly capabilities: readonly string[];
  readonly settings: StackSettings;
  readonly onFailure?: "DELETE" | "DO_NOTHING" | "ROLLBACK";
  readonly includesNested: boolean;
  readonly importsExisting: boolean;
  /** As DescribeChangeSet shows them. */
  readonly changes: readonly Plain[];
}

/** Whether there is nothing left to do with a change set: it was executed, or something else changed its stack. */
export function isDone({ executionStatus }: ChangeSet): boolean {
  return DONE.has(executionStatus);
}

const DONE: ReadonlySet<ExecutionStatus> = new Set(["EXECUTE_COMPLETE", "EXECUTE_FAILED", "OBSOLETE"]);
