import { boolean, required, structure } from "../../../model/shape.ts";
import { TokenAlreadyExists } from "../errors.ts";
import { cloudFormationOperation } from "../operation.ts";
import { clientRequestToken, resourcesToSkip, roleArn, stackNameOrId } from "../shapes/input-shapes.ts";
import { bracketedStack } from "../stack/find.ts";
import { continueRollback } from "../stack/roll-back.ts";

/** Tries again to undo an update. API_ContinueUpdateRollback. */
export const continueUpdateRollback = cloudFormationOperation({
  name: "ContinueUpdateRollback",
  input: structure({
    StackName: required(stackNameOrId),
    RoleARN: roleArn,
    ResourcesToSkip: resourcesToSkip,
    ClientRequestToken: clientRequestToken,
    ForceRollback: boolean(),
  }),
  output: structure({}),
  errors: [TokenAlreadyExists],
  gaps: ["Resources of nested stacks cannot be skipped, and AWS's words for resources that cannot be are not known."],
  async handle(context, { StackName, ClientRequestToken: token, ResourcesToSkip: skipped = [] }) {
    const stack = bracketedStack(context.stacks, StackName);
    await context.deployer.overOrWaiting(stack.id, continueRollback(context, stack, { skipped, token }));
    return {};
  },
});
