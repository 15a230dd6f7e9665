import { required, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { resourceAt } from "../resource.ts";
import { resourceArn, streamId, tagMap } from "../shapes.ts";
import { checkTags, textsOf } from "../tags.ts";

/** Adds tags to a stream, consumer or queue. API_TagResource. */
export const tagResource = kinesisOperation({
  name: "TagResource",
  rate: { perSecond: 5 },
  input: structure({ Tags: required(tagMap), ResourceARN: required(resourceArn), StreamId: streamId }),
  errors: resourceErrors,
  gaps: ["Channels are refused; their tags are those they were created with."],
  handle(context, { ResourceARN, Tags }) {
    const resource = resourceAt(context, ResourceARN);
    checkTags(textsOf(Tags), "add tags to", ResourceARN);
    resource.tag(Tags);
  },
});
