import { required, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { resourceAt } from "../resource.ts";
import { resourceArn, streamId, tagKeys } from "../shapes.ts";
import { checkTags } from "../tags.ts";

/** Removes tags from a stream, consumer or queue. API_UntagResource. */
export const untagResource = kinesisOperation({
  name: "UntagResource",
  rate: { perSecond: 5 },
  input: structure({ TagKeys: required(tagKeys), ResourceARN: required(resourceArn), StreamId: streamId }),
  errors: resourceErrors,
  gaps: ["Channels are refused; their tags are those they were created with."],
  handle(context, { ResourceARN, TagKeys }) {
    const resource = resourceAt(context, ResourceARN);
    checkTags({ keys: TagKeys }, "remove tags from", ResourceARN);
    resource.untag(TagKeys);
  },
});
