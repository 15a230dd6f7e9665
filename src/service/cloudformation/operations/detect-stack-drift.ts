import { required, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { logicalResourceIds, stackNameOrId } from "../shapes/input-shapes.ts";
import { bracketedStack, detectionIdOf } from "../stack/find.ts";

/** Looks for drift, of which there is none. API_DetectStackDrift. */
export const detectStackDrift = cloudFormationOperation({
  name: "DetectStackDrift",
  input: structure({ StackName: required(stackNameOrId), LogicalResourceIds: logicalResourceIds }),
  output: structure({ StackDriftDetectionId: string() }),
  errors: [],
  gaps: ["Drift is not looked for: every stack is in sync."],
  handle: ({ stacks }, { StackName }) => ({ StackDriftDetectionId: detectionIdOf(bracketedStack(stacks, StackName)) }),
});
