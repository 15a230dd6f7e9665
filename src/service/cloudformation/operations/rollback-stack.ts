import { boolean, required, string, structure } from "../../../model/shape.ts";
import { TokenAlreadyExists } from "../errors.ts";
import { cloudFormationOperation } from "../operation.ts";
import { clientRequestToken, deploymentConfig, roleArn, stackNameOrId } from "../shapes/input-shapes.ts";
import { bracketedStack } from "../stack/find.ts";
import { rollBack } from "../stack/roll-back.ts";

/** Undoes what failed without being rolled back. API_RollbackStack. */
export const rollbackStack = cloudFormationOperation({
  name: "RollbackStack",
  input: structure({
    StackName: required(stackNameOrId),
    RoleARN: roleArn,
    ClientRequestToken: clientRequestToken,
    RetainExceptOnCreate: boolean(),
    DeploymentConfig: deploymentConfig,
  }),
  output: structure({ StackId: string(), OperationId: string() }),
  errors: [TokenAlreadyExists],
  gaps: ["DeploymentConfig makes no difference."],
  async handle(context, { StackName, ClientRequestToken: token, RetainExceptOnCreate: retainsExceptOnCreate }) {
    const stack = bracketedStack(context.stacks, StackName);
    await context.deployer.overOrWaiting(stack.id, rollBack(context, stack, { token, retainsExceptOnCreate }));
    return { StackId: stack.id };
  },
});
