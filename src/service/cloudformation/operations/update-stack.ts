import { StackError } from "../../../engine/stack/stack-errors.ts";
import { boolean, required, string, structure } from "../../../model/shape.ts";
import { InsufficientCapabilities, TokenAlreadyExists } from "../errors.ts";
import { cloudFormationOperation } from "../operation.ts";
import {
  capabilities,
  clientRequestToken,
  deploymentConfig,
  notificationArns,
  parameters,
  resourceTypes,
  roleArn,
  rollbackConfiguration,
  stackPolicyBody,
  stackPolicyDuringUpdateBody,
  stackPolicyDuringUpdateUrl,
  stackPolicyUrl,
  tags,
  templateBody,
  templateUrl,
} from "../shapes/input-shapes.ts";
import { givenParameters, settingsOf, tagsOf } from "../stack/choices.ts";
import { updateStack as change } from "../stack/deploy.ts";
import { bracketedStack, parentStack, refuseUpdateOf } from "../stack/find.ts";
import { policyText, temporaryPolicyText } from "../stack/policy.ts";
import { prepare } from "../template/preparation.ts";
import { templateText } from "../template/source.ts";

/** Makes of a stack what a template says. API_UpdateStack. */
export const updateStack = cloudFormationOperation({
  name: "UpdateStack",
  input: structure({
    StackName: required(string()),
    TemplateBody: templateBody,
    TemplateURL: templateUrl,
    UsePreviousTemplate: boolean(),
    StackPolicyDuringUpdateBody: stackPolicyDuringUpdateBody,
    StackPolicyDuringUpdateURL: stackPolicyDuringUpdateUrl,
    Parameters: parameters,
    Capabilities: capabilities,
    ResourceTypes: resourceTypes,
    RoleARN: roleArn,
    RollbackConfiguration: rollbackConfiguration,
    StackPolicyBody: stackPolicyBody,
    StackPolicyURL: stackPolicyUrl,
    NotificationARNs: notificationArns,
    Tags: tags,
    DisableRollback: boolean(),
    ClientRequestToken: clientRequestToken,
    RetainExceptOnCreate: boolean(),
    DeploymentConfig: deploymentConfig,
    DisableValidation: boolean(),
  }),
  output: structure({ StackId: string(), OperationId: string() }),
  errors: [InsufficientCapabilities, TokenAlreadyExists],
  gaps: ["DeploymentConfig and DisableValidation are taken and make no difference."],
  async handle(context, input) {
    const { stacks, deployer } = context;
    const stack = bracketedStack(stacks, input.StackName);
    refuseUpdateOf(stack);
    const settings = settingsOf(input, { stack, parent: parentStack(context) });
    const policy = await policyText(context, input);
    const duringUpdate = await temporaryPolicyText(context, input);
    const preparation = await prepare(deployer.deps, {
      ...{ stacks, stack, text: await templateText(context, input, stack), isFirst: false },
      ...{ given: givenParameters(input, stack), tags: tagsOf(input, stack) },
      ...{ notificationArns: settings.notificationArns, resourceTypes: input.ResourceTypes },
    });
    if (preparation.isUnchanged) throw new StackError("No updates are to be performed.");
    const { Capabilities: capabilities = [], ClientRequestToken: token } = input;
    const begun = {
      ...{ preparation, settings, capabilities, token, policy: duringUpdate },
      retainsExceptOnCreate: input.RetainExceptOnCreate,
    };
    await deployer.overOrWaiting(stack.id, change(context, stack, begun));
    if (policy !== undefined) stacks.setPolicy(stack.id, policy);
    return { StackId: stack.id };
  },
});
