import { isBusy, type Stack } from "../../../engine/stack/stack.ts";
import { StackError } from "../../../engine/stack/stack-errors.ts";
import type { CloudFormationContext } from "../operation.ts";
import { deletionFlaw } from "./export-flaw.ts";

/** Which resources stay, and who asked. */
interface Deletion {
  readonly retained: readonly string[];
  readonly token: string | undefined;
}

/** Takes a stack away, and returns when that is over. Throws StackError for one that is protected or busy. */
export async function deleteStack(
  context: CloudFormationContext,
  stack: Stack,
  { retained, token }: Deletion,
): Promise<void> {
  const { call, stacks, deployer } = context;
  const { id, name, status } = stack;
  if (status === "DELETE_COMPLETE" || status === "DELETE_IN_PROGRESS") return;
  if (stack.isProtected)
    throw new StackError(`Stack [${name}] cannot be deleted while TerminationProtection is enabled`);
  if (status === "CREATE_IN_PROGRESS") {
    stacks.move(id, { status: "DELETE_IN_PROGRESS", reason: "User Initiated" }, token);
    stacks.outdate(id);
    return deployer.abandon(id, token);
  }
  if (isBusy(status)) throw new StackError(`Stack:${id} is in ${status} state and can not be deleted.`);
  stacks.move(id, { status: "DELETE_IN_PROGRESS", reason: "User Initiated" }, token);
  const flaw = deletionFlaw(stacks, stack);
  // AWS: the stack has its old status again, with the reason.
  if (flaw !== undefined) return stacks.move(id, { status, reason: flaw }, token);
  stacks.outdate(id);
  await deployer.run({
    ...{
      stacks,
      stack,
      story: "delete",
      plan: deployer.removalOf(stack),
      preparation: undefined,
      origin: call.origin,
    },
    ...{ capabilities: stack.content.capabilities, retained, token },
  });
}
