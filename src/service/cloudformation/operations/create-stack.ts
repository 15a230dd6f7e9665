import type { Stack } from "../../../engine/stack/stack.ts";
import { AlreadyExists, LimitExceeded, StackError } from "../../../engine/stack/stack-errors.ts";
import type { Stacks } from "../../../engine/stack/stacks.ts";
import { boolean, required, string, structure } from "../../../model/shape.ts";
import { InsufficientCapabilities, TokenAlreadyExists } from "../errors.ts";
import { cloudFormationOperation } from "../operation.ts";
import {
  capabilities,
  clientRequestToken,
  deploymentConfig,
  notificationArns,
  onFailure,
  parameters,
  resourceTypes,
  roleArn,
  rollbackConfiguration,
  stackName,
  stackPolicyBody,
  stackPolicyUrl,
  tags,
  templateBody,
  templateUrl,
  timeoutMinutes,
} from "../shapes/input-shapes.ts";
import { givenParameters, settingsOf, tagsOf } from "../stack/choices.ts";
import { createStack as make } from "../stack/deploy.ts";
import { parentOf, parentStack } from "../stack/find.ts";
import { policyText } from "../stack/policy.ts";
import { prepare } from "../template/preparation.ts";
import { templateText } from "../template/source.ts";

/** Makes a stack of a template. API_CreateStack. */
export const createStack = cloudFormationOperation({
  name: "CreateStack",
  input: structure({
    StackName: required(stackName),
    TemplateBody: templateBody,
    TemplateURL: templateUrl,
    Parameters: parameters,
    DisableRollback: boolean(),
    RollbackConfiguration: rollbackConfiguration,
    TimeoutInMinutes: timeoutMinutes,
    NotificationARNs: notificationArns,
    Capabilities: capabilities,
    ResourceTypes: resourceTypes,
    RoleARN: roleArn,
    OnFailure: onFailure,
    StackPolicyBody: stackPolicyBody,
    StackPolicyURL: stackPolicyUrl,
    Tags: tags,
    ClientRequestToken: clientRequestToken,
    EnableTerminationProtection: boolean(),
    RetainExceptOnCreate: boolean(),
    DeploymentConfig: deploymentConfig,
    DisableValidation: boolean(),
  }),
  output: structure({ StackId: string(), OperationId: string() }),
  errors: [LimitExceeded, AlreadyExists, TokenAlreadyExists, InsufficientCapabilities],
  gaps: ["TimeoutInMinutes, DeploymentConfig and DisableValidation are taken and make no difference."],
  async handle(context, input) {
    const { stacks, deployer } = context;
    // GAP: AWS's words for it are not known.
    if (input.DisableRollback === true && input.OnFailure !== undefined) {
      throw new StackError("You can specify either DisableRollback or OnFailure, but not both.");
    }
    const settings = settingsOf(
      { ...input, DisableRollback: input.DisableRollback ?? input.DeploymentConfig?.DisableRollback },
      { parent: parentStack(context) },
    );
    const { StackName: name, EnableTerminationProtection: isProtected = false, ClientRequestToken: token } = input;
    const review = stacks.find(name);
    // AWS: who asks again with the same token has not heard the answer.
    if (review !== undefined && token !== undefined && tokenOf(stacks, review) === token) return { StackId: review.id };
    const isReviewed = review?.status === "REVIEW_IN_PROGRESS";
    const draft = { name, status: "CREATE_IN_PROGRESS", settings, isProtected, ...parentOf(context) } as const;
    const stack = isReviewed ? review : stacks.draft(draft);
    const policy = await policyText(context, input);
    const preparation = await prepare(deployer.deps, {
      ...{ stacks, stack, text: await templateText(context, input), isFirst: true, beginsAnyhow: true },
      ...{ given: givenParameters(input), tags: tagsOf(input) },
      ...{ notificationArns: settings.notificationArns, resourceTypes: input.ResourceTypes },
    });
    const { OnFailure: onFailure, Capabilities: capabilities = [] } = input;
    const { RetainExceptOnCreate: retainsExceptOnCreate } = input;
    const work = make(context, stack, {
      ...{ preparation, settings, capabilities, onFailure, token, retainsExceptOnCreate },
    });
    await deployer.overOrWaiting(stack.id, work);
    if (policy !== undefined) stacks.setPolicy(stack.id, policy);
    return { StackId: stack.id };
  },
});

/** The token of the request that made a stack; undefined when it had none, or was too long ago. */
function tokenOf(stacks: Stacks, { id }: Stack): string | undefined {
  const first = stacks.history(id)?.lines[0];
  return first?.status === "CREATE_IN_PROGRESS" ? first.token : undefined;
}
