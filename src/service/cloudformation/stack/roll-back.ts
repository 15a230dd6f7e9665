import type { Stack } from "../../../engine/stack/stack.ts";
import { StackError } from "../../../engine/stack/stack-errors.ts";
import type { CloudFormationContext } from "../operation.ts";
import { prepare } from "../template/preparation.ts";
import { stackNamed } from "./find.ts";

/** How an update is undone. */
interface Undoing {
  /** Logical ids of resources that are left as they are. */
  readonly skipped?: readonly string[];
  readonly token: string | undefined;
  /** What was made goes, also where its template has it stay. */
  readonly retainsExceptOnCreate?: boolean | undefined;
}

/** Undoes an update once more whose undoing had failed. Throws StackError in any other state, and for what cannot be skipped. */
export async function continueRollback(
  context: CloudFormationContext,
  stack: Stack,
  { skipped = [], token }: Undoing,
): Promise<void> {
  if (stack.status !== "UPDATE_ROLLBACK_FAILED") {
    throw new StackError(`Stack:${stack.id} is in ${stack.status} state and can not continue update rollback.`);
  }
  const history = context.stacks.history(stack.id);
  const others = skipped.filter((logicalId) => history?.resource(logicalId)?.status !== "UPDATE_FAILED");
  if (others.length > 0) {
    throw new StackError(`Resources [${others.join(", ")}] cannot be skipped: they are not in UPDATE_FAILED state.`);
  }
  await backToTemplate(context, stack, { skipped, token });
}

/** Undoes what failed and was left as it is. Throws StackError in any other state. */
export async function rollBack(
  context: CloudFormationContext,
  stack: Stack,
  { token, retainsExceptOnCreate }: Undoing,
): Promise<void> {
  const { call, stacks, deployer } = context;
  const { id, status } = stack;
  if (status === "UPDATE_FAILED") return backToTemplate(context, stack, { token });
  if (status !== "CREATE_FAILED") {
    throw new StackError(`Stack:${id} is in ${status} state and can not be rolled back.`);
  }
  stacks.move(id, { status: "ROLLBACK_IN_PROGRESS", reason: USER_INITIATED }, token);
  await deployer.run({
    origin: call.origin,
    ...{ stacks, stack: stackNamed(stacks, id), story: "createRollback", plan: deployer.removalOf(stack) },
    ...{ preparation: undefined, capabilities: stack.content.capabilities, token },
    ...{ undoesCreation: true, retainsExceptOnCreate },
  });
}

/** Makes of a stack what its template says, which is that of before the update. */
async function backToTemplate(
  { call, stacks, deployer }: CloudFormationContext,
  stack: Stack,
  { skipped, token }: Undoing,
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
    // What cannot be undone stays as it is, until it is tried again.
    ...{ keepsFailed: true, skipped },
  });
}

const USER_INITIATED = "User Initiated";
