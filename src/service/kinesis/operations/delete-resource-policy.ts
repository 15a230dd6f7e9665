import { required, structure } from "../../../model/shape.ts";
import { ResourceNotFoundException, resourceErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { resourceAt } from "../resource.ts";
import { resourceArn, streamId } from "../shapes.ts";

/** Takes the policy away from a stream, consumer or queue, which has to have one. API_DeleteResourcePolicy. */
export const deleteResourcePolicy = kinesisOperation({
  name: "DeleteResourcePolicy",
  rate: { perSecond: 5 },
  input: structure({ ResourceARN: required(resourceArn), StreamId: streamId }),
  errors: resourceErrors,
  gaps: ["Channels are refused."],
  handle(context, { ResourceARN }) {
    const resource = resourceAt(context, ResourceARN);
    if (resource.policy === undefined) {
      throw new ResourceNotFoundException(`No resource policy found for resource ARN ${ResourceARN}.`);
    }
    resource.changePolicy(undefined);
  },
});
