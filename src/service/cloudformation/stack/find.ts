import type { ChangeSet } from "../../../engine/stack/change-set.ts";
import { isUpdatable, type ResourceLine, type Stack } from "../../../engine/stack/stack.ts";
import { ChangeSetNotFound, StackError } from "../../../engine/stack/stack-errors.ts";
import type { Stacks } from "../../../engine/stack/stacks.ts";
import type { Call } from "../../service.ts";

/** The stack of that name or id. Throws StackError. */
export function stackNamed(stacks: Stacks, nameOrId: string): Stack {
  const stack = stacks.find(nameOrId);
  if (stack !== undefined) return stack;
  throw new StackError(`Stack with id ${nameOrId} does not exist`);
}

/** The same, in the words of the operations that put it in brackets. */
export function bracketedStack(stacks: Stacks, nameOrId: string): Stack {
  const stack = stacks.find(nameOrId);
  if (stack !== undefined) return stack;
  throw new StackError(`Stack [${nameOrId}] does not exist`);
}

/** By whom, and of which stacks, something is asked. */
interface Asking {
  readonly call: Pick<Call, "stackId">;
  readonly stacks: Stacks;
}

/** The stack for one of whose resources something is asked; none for what somebody asks himself. */
export function parentStack({ call, stacks }: Asking): Stack | undefined {
  return stacks.find(call.stackId ?? "");
}

/** The stack in whose name one is made, and the one that has no parent; none for what somebody makes for himself. */
export function parentOf(asking: Asking): Pick<Stack, "parentId" | "rootId"> {
  const parent = parentStack(asking);
  return parent === undefined ? {} : { parentId: parent.id, rootId: parent.rootId ?? parent.id };
}

/** Throws StackError unless the stack is in a state in which it can be updated. */
export function refuseUpdateOf({ id, status }: Stack): void {
  if (!isUpdatable(status)) throw new StackError(`Stack:${id} is in ${status} state and can not be updated.`);
}

/** The resources of a stack. AWS: those that an update took away are not among them, those that go with the stack are. */
export function resourcesOf(stacks: Stacks, { id, status }: Stack): readonly ResourceLine[] {
  const all = [...(stacks.history(id)?.resources() ?? [])];
  const showsGone = status.startsWith("DELETE_") || status.startsWith("ROLLBACK_");
  return showsGone ? all : all.filter((line) => !isGone(line));
}

/** Whether a resource is none of its stack's any more. */
export function isGone({ status }: ResourceLine): boolean {
  return status === "DELETE_COMPLETE" || status === "DELETE_SKIPPED";
}

/** The stack that a physical resource belongs to. Throws StackError. Costs what there are of both. */
export function stackWith(stacks: Stacks, physicalId: string): Stack {
  const isIn = ({ id }: Stack): boolean =>
    [...(stacks.history(id)?.resources() ?? [])].some((line) => line.physicalId === physicalId);
  const stack = stacks.list().find((one) => one.status !== "DELETE_COMPLETE" && isIn(one));
  if (stack !== undefined) return stack;
  throw new StackError(`Stack for ${physicalId} does not exist`);
}

/** The id of looking for drift in a stack: the unique part of the stack's own, so that nothing has to be kept. */
export function detectionIdOf({ id }: Stack): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The stack in which was looked for drift under that id. Throws StackError. */
export function stackOfDetection(stacks: Stacks, detectionId: string): Stack {
  const stack = stacks.list().find((one) => detectionIdOf(one) === detectionId);
  if (stack !== undefined) return stack;
  throw new StackError(`Drift detection id ${detectionId} does not exist`);
}

/** How a request names a change set: by its id, or by its name and its stack. */
interface Named {
  readonly ChangeSetName: string;
  readonly StackName?: string | undefined;
}

/** Throws ChangeSetNotFound, and StackError for a name without a stack. */
export function changeSetNamed(stacks: Stacks, { ChangeSetName, StackName }: Named): ChangeSet {
  if (ChangeSetName.startsWith("arn:")) return stacks.changeSet(ChangeSetName);
  if (StackName === undefined) {
    throw new StackError("StackName must be specified if ChangeSetName is not specified as an ARN.");
  }
  const stack = stacks.find(StackName);
  if (stack === undefined || stack.status === "DELETE_COMPLETE") throw new ChangeSetNotFound(ChangeSetName);
  return stacks.changeSet(ChangeSetName, stack);
}
