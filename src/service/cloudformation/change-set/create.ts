import { type ChangeSet, isDone } from "../../../engine/stack/change-set.ts";
import type { Stack } from "../../../engine/stack/stack.ts";
import { AlreadyExists, StackError } from "../../../engine/stack/stack-errors.ts";
import type { Stacks } from "../../../engine/stack/stacks.ts";
import type { CloudFormationContext } from "../operation.ts";
import { type Choices, givenParameters, settingsOf, tagsOf } from "../stack/choices.ts";
import { bracketedStack, refuseUpdateOf } from "../stack/find.ts";
import { type Preparation, prepare } from "../template/preparation.ts";
import { type TemplateSource, templateText } from "../template/source.ts";
import { changeViews } from "./changes-view.ts";

/** What is asked of a new change set. */
interface ChangeSetRequest extends Choices, TemplateSource {
  readonly StackName: string;
  readonly ChangeSetName: string;
  readonly ChangeSetType?: string | undefined;
  readonly ClientToken?: string | undefined;
  readonly Description?: string | undefined;
  readonly IncludeNestedStacks?: boolean | undefined;
  readonly ImportExistingResources?: boolean | undefined;
  readonly OnStackFailure?: string | undefined;
  readonly ResourceTypes?: readonly string[] | undefined;
}

/** Plans what a stack is to become, and keeps that as a change set. Throws what AWS refuses before there is one. */
export async function createChangeSet(context: CloudFormationContext, request: ChangeSetRequest): Promise<ChangeSet> {
  const { stacks, deployer } = context;
  const { isNew, stack } = stackFor(stacks, request);
  const same = sameChangeSet(stacks, stack, request);
  if (same !== undefined) return same;
  const isFirst = stack.status === "REVIEW_IN_PROGRESS";
  const known = isFirst ? undefined : stack;
  const text = await templateText(context, request, known);
  const choices = { settings: settingsOf(request, { stack: known }), tags: tagsOf(request, known) };
  const given = givenParameters(request, known);
  const made = await prepare(deployer.deps, {
    ...{ stacks, stack, text, given, isFirst, tags: choices.tags },
    notificationArns: choices.settings.notificationArns,
    resourceTypes: request.ResourceTypes,
  });
  if (isNew) stacks.open(stack);
  return stacks.openChangeSet({
    ...{ name: request.ChangeSetName, stackId: stack.id, type: isFirst ? "CREATE" : "UPDATE" },
    ...(request.Description !== undefined && { description: request.Description }),
    ...(request.ClientToken !== undefined && { clientToken: request.ClientToken }),
    ...(request.OnStackFailure !== undefined && {
      onFailure: request.OnStackFailure as ChangeSet["onFailure"] & string,
    }),
    ...verdict(made),
    ...{ template: made.template, given, parameters: made.parameters, capabilities: request.Capabilities ?? [] },
    ...choices,
    includesNested: request.IncludeNestedStacks ?? false,
    importsExisting: request.ImportExistingResources ?? false,
    changes: changeViews(made.plan),
  });
}

/** The stack that is meant, or a draft of it. */
function stackFor(stacks: Stacks, request: ChangeSetRequest): { readonly isNew: boolean; readonly stack: Stack } {
  const { StackName: name, ChangeSetName, ChangeSetType: type = "UPDATE" } = request;
  if (type === "IMPORT")
    throw new StackError("Waystation does not import resources into stacks: ChangeSetType IMPORT is not there.");
  if (type === "UPDATE") {
    const stack = bracketedStack(stacks, name);
    refuseUpdateOf(stack);
    return { isNew: false, stack };
  }
  const stack = stacks.find(name);
  if (stack?.status === "REVIEW_IN_PROGRESS") return { isNew: false, stack };
  if (stack !== undefined || name.startsWith("arn:")) {
    throw new StackError(
      `Stack [${name}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
    );
  }
  return { isNew: true, stack: stacks.draft({ name, status: "REVIEW_IN_PROGRESS", settings: settingsOf({}) }) };
}

/**
 * The change set that the same request has made already. Throws AlreadyExists for another one of that name that still holds it: the
 * GitHub action aws-cloudformation-github-deploy gives each change set of a stack one name and deletes none that it executed.
 */
function sameChangeSet(stacks: Stacks, { id }: Stack, request: ChangeSetRequest): ChangeSet | undefined {
  const { ChangeSetName: name, ClientToken } = request;
  const other = stacks.changeSetsOf(id).findLast((one) => one.name === name);
  if (other === undefined || (ClientToken !== undefined && other.clientToken === ClientToken)) return other;
  if (isDone(other)) return undefined;
  throw new AlreadyExists(`ChangeSet ${name} cannot be created due to a mismatch with existing attribute ClientToken`);
}

/** AWS: a change set without changes is there, and cannot be executed. */
function verdict({
  isUnchanged,
  template,
}: Preparation): Pick<ChangeSet, "status" | "statusReason" | "executionStatus"> {
  if (!isUnchanged) return { status: "CREATE_COMPLETE", executionStatus: "AVAILABLE" };
  const statusReason = template.processed === undefined ? NO_CHANGES : NO_UPDATES;
  return { status: "FAILED", statusReason, executionStatus: "UNAVAILABLE" };
}

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";
/** AWS: so worded when there are transforms. */
const NO_UPDATES = "No updates are to be performed.";
