import { required, string, structure } from "../../../model/shape.ts";
import { TokenAlreadyExists } from "../errors.ts";
import { cloudFormationOperation } from "../operation.ts";
import {
  clientRequestToken,
  deletionMode,
  deploymentConfig,
  retainResources,
  roleArn,
} from "../shapes/input-shapes.ts";
import { deleteStack as remove } from "../stack/delete.ts";

/** Takes a stack and its resources away; one that is not there is gone already. API_DeleteStack. */
export const deleteStack = cloudFormationOperation({
  name: "DeleteStack",
  input: structure({
    StackName: required(string()),
    RetainResources: retainResources,
    RoleARN: roleArn,
    ClientRequestToken: clientRequestToken,
    DeletionMode: deletionMode,
    DeploymentConfig: deploymentConfig,
  }),
  errors: [TokenAlreadyExists],
  gaps: [
    "DeletionMode makes no difference.",
    "How AWS refuses to retain resources of a stack that is not in DELETE_FAILED is told from memory.",
    "In which order AWS tells of what it stops making and of what it takes away is not known.",
  ],
  async handle(context, { StackName, RetainResources: retained = [], ClientRequestToken: token }) {
    const stack = context.stacks.find(StackName);
    if (stack === undefined) return;
    await context.deployer.overOrWaiting(stack.id, remove(context, stack, { retained, token }));
  },
});
