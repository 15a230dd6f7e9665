import { integer, required, string, structure, timestamp } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { stackDriftDetectionId } from "../shapes/input-shapes.ts";
import { stackOfDetection } from "../stack/find.ts";

/** Tells what came of looking for drift. API_DescribeStackDriftDetectionStatus. */
export const describeStackDriftDetectionStatus = cloudFormationOperation({
  name: "DescribeStackDriftDetectionStatus",
  input: structure({ StackDriftDetectionId: required(stackDriftDetectionId) }),
  output: structure({
    StackId: string(),
    StackDriftDetectionId: string(),
    StackDriftStatus: string(),
    DetectionStatus: string(),
    DetectionStatusReason: string(),
    DriftedStackResourceCount: integer(),
    Timestamp: timestamp(),
  }),
  errors: [],
  gaps: ["Drift is not looked for: every stack is in sync."],
  handle({ stacks }, { StackDriftDetectionId }) {
    const { id, updatedAt, createdAt } = stackOfDetection(stacks, StackDriftDetectionId);
    return {
      ...{ StackId: id, StackDriftDetectionId, StackDriftStatus: "IN_SYNC", DetectionStatus: "DETECTION_COMPLETE" },
      ...{ DriftedStackResourceCount: 0, Timestamp: updatedAt ?? createdAt },
    };
  },
});
