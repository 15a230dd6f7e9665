import { isBusy, type ResourceLine, type Stack, type StackStatus } from "./stack.ts";
import type { Stacks } from "./stacks.ts";

const INTERRUPTED = "Cut off: the server was started anew, or its state brought back, while this was under way";

/** Has fail what was under way, as when the process that did it has ended. */
export function interrupt(stacks: Stacks): void {
  for (const stack of stacks.list()) {
    const { id, status } = stack;
    if (isBusy(status)) fail(stacks, stack);
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

/** Tells of the resources first, as when each of them had timed out. */
function fail(stacks: Stacks, { id, status }: Stack): void {
  const waiting = [...(stacks.history(id)?.resources() ?? [])].filter((resource) => isUnderWay(resource));
  for (const { at: _at, ...resource } of waiting) {
    stacks.tell(id, { ...resource, status: resource.status.replace(/_IN_PROGRESS$/, "_FAILED"), reason: INTERRUPTED });
  }
  const sentences = VERBS.map((verb) => {
    const ids = waiting.filter((resource) => resource.status.startsWith(verb)).map(({ logicalId }) => logicalId);
    return ids.length === 0 ? "" : `The following resource(s) failed to ${verb.toLowerCase()}: [${ids.join(", ")}]. `;
  });
  stacks.move(id, { status: interrupted(status), reason: `${sentences.join("")}${INTERRUPTED}` });
}

const VERBS = ["CREATE", "UPDATE", "DELETE"] as const;

function isUnderWay({ status }: ResourceLine): boolean {
  return status.endsWith("_IN_PROGRESS");
}

/** What becomes of a stack when whoever does something to it is gone for good. */
function interrupted(status: StackStatus): StackStatus {
  return status.replace(/_CLEANUP_IN_PROGRESS$/, "").replace(/_IN_PROGRESS$/, "_FAILED") as StackStatus;
}
