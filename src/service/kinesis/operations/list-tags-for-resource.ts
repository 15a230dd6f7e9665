import { required, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { resourceAt } from "../resource.ts";
import { resourceArn, streamId, tagList } from "../shapes.ts";
import { describeTags } from "../stream/descriptions.ts";

/** Lists the tags of a stream, consumer or queue by key. API_ListTagsForResource. */
export const listTagsForResource = kinesisOperation({
  name: "ListTagsForResource",
  rate: { perSecond: 5 },
  input: structure({ ResourceARN: required(resourceArn), StreamId: streamId }),
  output: structure({ Tags: tagList }),
  errors: resourceErrors,
  gaps: ["Channels are refused; their tags are those they were created with."],
  handle: (context, { ResourceARN }) => ({ Tags: describeTags(resourceAt(context, ResourceARN).tags) }),
});
