import { required, string, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { resourceAt } from "../resource.ts";
import { resourceArn, streamId } from "../shapes.ts";

/** AWS: what has no policy has an empty one. */
const NO_POLICY = "{}";

/** Shows the policy of a stream, consumer or queue. API_GetResourcePolicy. */
export const getResourcePolicy = kinesisOperation({
  name: "GetResourcePolicy",
  rate: { perSecond: 5 },
  input: structure({ ResourceARN: required(resourceArn), StreamId: streamId }),
  output: structure({ Policy: required(string()) }),
  errors: resourceErrors,
  gaps: ["Channels are refused."],
  handle: (context, { ResourceARN }) => ({ Policy: resourceAt(context, ResourceARN).policy ?? NO_POLICY }),
});
