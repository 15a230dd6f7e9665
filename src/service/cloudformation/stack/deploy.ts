import type { ChangeSet } from "../../../engine/stack/change-set.ts";
import type { Stack, StackSettings } from "../../../engine/stack/stack.ts";
import { StackError } from "../../../engine/stack/stack-errors.ts";
import type { CloudFormationContext } from "../operation.ts";
import { type Preparation, prepare } from "../template/preparation.ts";
import type { Deployment } from "./deployer.ts";
import { refuseUpdateOf, stackNamed } from "./find.ts";

/** What a stack becomes, and how. */
interface Begun extends Pick<Deployment, "capabilities" | "token"> {
  readonly preparation: Preparation;
  readonly settings: StackSettings;
  readonly changeSetId?: string;
  readonly onFailure?: string | undefined;
  readonly retainsExceptOnCreate?: boolean | undefined;
  /** Instead of the policy of the stack. */
  readonly policy?: string | undefined;
}

/** Makes a stack that is a draft or under review, and returns when that is over. */
export async function createStack(
  { call, stacks, deployer }: CloudFormationContext,
  draft: Stack,
  begun: Begun,
): Promise<void> {
  const { preparation, settings, changeSetId, onFailure, token, capabilities } = begun;
  if (stacks.find(draft.id) === undefined) stacks.open({ ...draft, settings }, token);
  else
    stacks.move(
      draft.id,
      { status: "CREATE_IN_PROGRESS", reason: USER_INITIATED, settings, ...executed(changeSetId) },
      token,
    );
  stacks.outdate(draft.id, changeSetId);
  await deployer.run({
    origin: call.origin,
    ...{ stacks, stack: stackNamed(stacks, draft.id), plan: preparation.plan, preparation, capabilities, token },
    story: onFailure === "DELETE" ? "createOrDelete" : "create",
    ...{ keepsFailed: settings.disableRollback, retainsExceptOnCreate: begun.retainsExceptOnCreate },
  });
}

/** Changes a stack, and returns when that is over. Throws StackError when something else has begun in the meantime. */
export async function updateStack(
  { call, stacks, deployer }: CloudFormationContext,
  { id }: Stack,
  begun: Begun,
): Promise<void> {
  const { preparation, settings, changeSetId, token, capabilities } = begun;
  const stack = stackNamed(stacks, id);
  refuseUpdateOf(stack);
  const policy = begun.policy ?? stack.policy;
  const move = { status: "UPDATE_IN_PROGRESS", reason: USER_INITIATED, settings, isUpdate: true } as const;
  stacks.move(id, { ...move, ...executed(changeSetId) }, token);
  stacks.outdate(id, changeSetId);
  await deployer.run({
    origin: call.origin,
    ...{
      stacks,
      stack: stackNamed(stacks, id),
      story: "update",
      plan: preparation.plan,
      preparation,
      capabilities,
      token,
    },
    ...{ keepsFailed: settings.disableRollback, policy, retainsExceptOnCreate: begun.retainsExceptOnCreate },
  });
}

function executed(changeSetId: string | undefined) {
  return changeSetId === undefined ? {} : { changeSetId, isUpdate: true };
}

/** How a change set is executed. */
interface Execution extends Pick<Begun, "token" | "retainsExceptOnCreate"> {
  readonly disableRollback: boolean;
}

/** Does what a change set says. AWS: only its execution status tells of it. */
export async function executeChangeSet(
  context: CloudFormationContext,
  changeSet: ChangeSet,
  { disableRollback, token, retainsExceptOnCreate }: Execution,
): Promise<void> {
  const { stacks, deployer } = context;
  const { id, stackId, template, given, tags, type, capabilities, onFailure } = changeSet;
  const stack = stackNamed(stacks, stackId);
  if (type === "UPDATE") refuseUpdateOf(stack);
  else if (stack.status !== "REVIEW_IN_PROGRESS") {
    throw new StackError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  }
  stacks.moveChangeSet(id, { executionStatus: "EXECUTE_IN_PROGRESS" });
  const isKept = disableRollback || onFailure === "DO_NOTHING" || changeSet.settings.disableRollback;
  const settings = { ...changeSet.settings, disableRollback: isKept };
  try {
    const preparation = await prepare(deployer.deps, {
      ...{ stacks, stack, text: template.text, given, tags, isFirst: type === "CREATE", beginsAnyhow: true },
      notificationArns: settings.notificationArns,
    });
    const begun = { preparation, settings, capabilities, changeSetId: id, onFailure, token, retainsExceptOnCreate };
    await (type === "CREATE" ? createStack(context, stack, begun) : updateStack(context, stack, begun));
  } catch (cause) {
    stacks.moveChangeSet(id, { executionStatus: "EXECUTE_FAILED" });
    throw cause;
  }
  const isDone = stacks.find(stackId)?.status.endsWith("E_COMPLETE") && !isUndone(stacks.find(stackId));
  stacks.moveChangeSet(id, { executionStatus: isDone ? "EXECUTE_COMPLETE" : "EXECUTE_FAILED" });
}

function isUndone(stack: Stack | undefined): boolean {
  return stack === undefined || stack.status.includes("ROLLBACK") || stack.status.startsWith("DELETE");
}

const USER_INITIATED = "User Initiated";
