import type { StackStatus } from "../../../engine/stack/stack.ts";
import type { Outcome } from "../../../provisioning/resource/apply/application.ts";

/** Through which statuses a stack goes. */
export interface Story {
  /** While a failure is undone; undefined when nothing is told of it. */
  readonly undoing?: StackStatus;
  /** What the user asked for in case of a failure, as the reason of `undoing` says; undefined when it does not say. */
  readonly asked?: string;
  /** While what is not needed any more is taken away. */
  readonly cleaning?: StackStatus | undefined;
  /** The same after a failure was undone. */
  readonly cleaningUndone?: StackStatus | undefined;
  readonly outcomes: Readonly<Record<Outcome["status"], StackStatus>>;
}

/** AWS: the same events in the same order, whichever operation they come from. */
export const STORIES = {
  create: {
    undoing: "ROLLBACK_IN_PROGRESS",
    asked: "Rollback",
    outcomes: {
      complete: "CREATE_COMPLETE",
      failed: "CREATE_FAILED",
      rolledBack: "ROLLBACK_COMPLETE",
      rollbackFailed: "ROLLBACK_FAILED",
      deleteFailed: "ROLLBACK_FAILED",
    },
  },
  /** `OnFailure: DELETE`. */
  createOrDelete: {
    undoing: "DELETE_IN_PROGRESS",
    asked: "Delete",
    outcomes: {
      complete: "CREATE_COMPLETE",
      failed: "CREATE_FAILED",
      rolledBack: "DELETE_COMPLETE",
      rollbackFailed: "DELETE_FAILED",
      deleteFailed: "DELETE_FAILED",
    },
  },
  /** A stack that is to go while it is being made: it is told of before anything is undone. */
  createDeleted: {
    outcomes: {
      complete: "CREATE_COMPLETE",
      failed: "DELETE_FAILED",
      rolledBack: "DELETE_COMPLETE",
      rollbackFailed: "DELETE_FAILED",
      deleteFailed: "DELETE_FAILED",
    },
  },
  update: {
    undoing: "UPDATE_ROLLBACK_IN_PROGRESS",
    cleaning: "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
    cleaningUndone: "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    outcomes: {
      complete: "UPDATE_COMPLETE",
      failed: "UPDATE_FAILED",
      rolledBack: "UPDATE_ROLLBACK_COMPLETE",
      rollbackFailed: "UPDATE_ROLLBACK_FAILED",
      deleteFailed: "UPDATE_ROLLBACK_FAILED",
    },
  },
  /** The way back to what was there before an update, when that had failed. */
  updateRollback: {
    undoing: "UPDATE_ROLLBACK_IN_PROGRESS",
    cleaning: "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    outcomes: {
      complete: "UPDATE_ROLLBACK_COMPLETE",
      failed: "UPDATE_ROLLBACK_FAILED",
      rolledBack: "UPDATE_ROLLBACK_FAILED",
      rollbackFailed: "UPDATE_ROLLBACK_FAILED",
      deleteFailed: "UPDATE_ROLLBACK_FAILED",
    },
  },
  /** Away with what is left of a create that failed. */
  createRollback: {
    outcomes: {
      complete: "ROLLBACK_COMPLETE",
      failed: "ROLLBACK_FAILED",
      rolledBack: "ROLLBACK_FAILED",
      rollbackFailed: "ROLLBACK_FAILED",
      deleteFailed: "ROLLBACK_FAILED",
    },
  },
  delete: {
    outcomes: {
      complete: "DELETE_COMPLETE",
      failed: "DELETE_FAILED",
      rolledBack: "DELETE_FAILED",
      rollbackFailed: "DELETE_FAILED",
      deleteFailed: "DELETE_FAILED",
    },
  },
} as const satisfies Readonly<Record<string, Story>>;
