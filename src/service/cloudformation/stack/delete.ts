import { isBusy, type Stack } from "../../../engine/stack/stack.ts";
import { StackError } from "../../../engine/stack/stack-errors.ts";
import type { Stacks } from "../../../engine/stack/stacks.ts";
import type { CloudFormationContext } from "../operation.ts";
import { deletionFlaw } from "./export-flaw.ts";
import { isGone } from "./find.ts";

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
  refuseToRetain(stacks, stack, retained);
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

/** AWS: only what could not be deleted can be left behind. */
function refuseToRetain(stacks: Stacks, { id, status }: Stack, retained: readonly string[]): void {
  if (retained.length === 0) return;
  if (status !== "DELETE_FAILED") {
    throw new StackError(
      `Invalid operation on stack [${id}]. Specify the resources to retain only when the stack is in the DELETE_FAILED state.`,
    );
  }
  const history = stacks.history(id);
  const canStay = (logicalId: string): boolean => {
    const line = history?.resource(logicalId);
    return line !== undefined && !isGone(line);
  };
  if (retained.every(canStay)) return;
  throw new StackError(
    "The specified resources to retain must be in a valid state. Do not specify resources that are in the DELETE_COMPLETE state.",
  );
}
