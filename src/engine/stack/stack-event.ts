import type { ChangeSet, ChangeSetStatus, ExecutionStatus } from "./change-set.ts";
import type {
  Plain,
  ResourceLine,
  Stack,
  StackContent,
  StackLine,
  StackParameter,
  StackSettings,
  StackStatus,
} from "./stack.ts";

/** What can happen to the stacks of an account and region. Instants in epoch milliseconds. */
export type StackEvent = { readonly at: number } & (
  | { readonly type: "stackOpened"; readonly stack: Stack; readonly line: StackLine }
  | ({ readonly type: "stackMoved"; readonly stackId: string; readonly line: StackLine } & StackMove & MoveInstants)
  | { readonly type: "stackResourceMoved"; readonly stackId: string; readonly line: StackLine }
  | { readonly type: "stackContentSet"; readonly stackId: string; readonly content: StackContent }
  | { readonly type: "stackProtected"; readonly stackId: string; readonly isProtected: boolean }
  | { readonly type: "stackPolicySet"; readonly stackId: string; readonly policy: string }
  | { readonly type: "stackForgotten"; readonly stackId: string }
  | { readonly type: "changeSetOpened"; readonly changeSet: ChangeSet }
  | ({ readonly type: "changeSetMoved"; readonly changeSetId: string } & ChangeSetMove)
  | { readonly type: "changeSetDeleted"; readonly changeSetId: string }
  | {
      readonly type: "stackKept";
      readonly stack: Stack;
      readonly lines: readonly StackLine[];
      readonly resources: readonly ResourceLine[];
    }
  | { readonly type: "stacksReset" }
);

/** How a stack comes into another status. */
export interface StackMove {
  readonly status: StackStatus;
  readonly reason?: string;
  readonly settings?: StackSettings;
  readonly changeSetId?: string;
}

/** The instants that a move leaves behind. */
export interface MoveInstants {
  readonly updatedAt?: number;
  readonly deletedAt?: number;
}

/** How a change set comes into another status. */
export interface ChangeSetMove {
  readonly status?: ChangeSetStatus;
  readonly statusReason?: string;
  readonly executionStatus: ExecutionStatus;
  readonly changes?: readonly Plain[];
  readonly parameters?: readonly StackParameter[];
}
