import { isBusy, type StackStatus } from "./stack.ts";
import type { Stacks } from "./stacks.ts";

const INTERRUPTED = "What was under way was cut off";

/** Has fail what was under way, as when the process that did it has ended. */
export function interrupt(stacks: Stacks): void {
  for (const { id, status } of stacks.list()) {
    if (isBusy(status)) stacks.move(id, { status: interrupted(status), reason: INTERRUPTED });
    for (const changeSet of stacks.changeSetsOf(id)) {
      if (changeSet.status === "CREATE_IN_PROGRESS") {
        const failed = { status: "FAILED", statusReason: INTERRUPTED, executionStatus: "UNAVAILABLE" } as const;
        stacks.moveChangeSet(changeSet.id, failed);
      } else if (changeSet.executionStatus === "EXECUTE_IN_PROGRESS") {
        stacks.moveChangeSet(changeSet.id, { executionStatus: "EXECUTE_FAILED" });
      }
    }
  }
}

/** What becomes of a stack when whoever does something to it is gone for good. */
function interrupted(status: StackStatus): StackStatus {
  return status.replace(/_CLEANUP_IN_PROGRESS$/, "").replace(/_IN_PROGRESS$/, "_FAILED") as StackStatus;
}
