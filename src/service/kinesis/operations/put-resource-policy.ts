import { required, string, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { checkPolicy } from "../policy-check.ts";
import { resourceAt } from "../resource.ts";
import { resourceArn, streamId } from "../shapes.ts";

/** Gives a stream, consumer or queue a policy, in place of any other. API_PutResourcePolicy. */
export const putResourcePolicy = kinesisOperation({
  name: "PutResourcePolicy",
  rate: { perSecond: 5 },
  input: structure({ ResourceARN: required(resourceArn), StreamId: streamId, Policy: required(string()) }),
  errors: resourceErrors,
  gaps: [
    "Channels are refused.",
    "Policies are stored, nobody is refused by them, and their principals are not looked up.",
  ],
  handle(context, { ResourceARN, Policy }) {
    const resource = resourceAt(context, ResourceARN);
    checkPolicy(Policy, ResourceARN);
    resource.changePolicy(Policy);
  },
});
