import type { Stack } from "../../../engine/stack/stack.ts";
import { StackError } from "../../../engine/stack/stack-errors.ts";
import type { CloudFormationContext } from "../operation.ts";
import { prepare } from "../template/preparation.ts";
import { stackNamed } from "./find.ts";

/** Undoes an update once more whose undoing had failed. Throws StackError in any other state. */
export async function continueRollback(
  context: CloudFormationContext,
  stack: Stack,
  { token }: { readonly skipped: readonly string[]; readonly token: string | undefined },
): Promise<void> {
  if (stack.status !== "UPDATE_ROLLBACK_FAILED") {
    throw new StackError(`Stack:${stack.id} is in ${stack.status} state and can not continue update rollback.`);
  }
  await backToTemplate(context, stack, token);
}

/** Undoes what failed and was left as it is. Throws StackError in any other state. */
export async function rollBack(context: CloudFormationContext, stack: Stack, token: string | undefined): Promise<void> {
  const { call, stacks, deployer } = context;
  const { id, status } = stack;
  if (status === "UPDATE_FAILED") return backToTemplate(context, stack, token);
  if (status !== "CREATE_FAILED") {
    throw new StackError(`Stack:${id} is in ${status} state and can not be rolled back.`);
  }
  stacks.move(id, { status: "ROLLBACK_IN_PROGRESS", reason: USER_INITIATED }, token);
  await deployer.run({
    origin: call.origin,
    ...{ stacks, stack: stackNamed(stacks, id), story: "createRollback", plan: deployer.removalOf(stack) },
    ...{ preparation: undefined, capabilities: stack.content.capabilities, token },
  });
}

/** Makes of a stack what its template says, which is that of before the update. */
async function backToTemplate(
  { call, stacks, deployer }: CloudFormationContext,
  stack: Stack,
  token: string | undefined,
): Promise<void> {
  const { id, content, settings } = stack;
  const given = Object.fromEntries(content.parameters.map(({ key, value }) => [key, value]));
  const preparation = await prepare(deployer.deps, {
    ...{ stacks, stack, text: content.template?.text ?? "", given, tags: content.tags, isFirst: false },
    notificationArns: settings.notificationArns,
  });
  stacks.move(id, { status: "UPDATE_ROLLBACK_IN_PROGRESS", reason: USER_INITIATED, isUpdate: true }, token);
  await deployer.run({
    origin: call.origin,
    ...{ stacks, stack: stackNamed(stacks, id), story: "updateRollback", plan: preparation.plan, preparation, token },
    capabilities: content.capabilities,
  });
}

const USER_INITIATED = "User Initiated";
