import { required, structure } from "../../../model/shape.ts";
import { AuthorizationError, InvalidParameter, ResourceNotFound, tagErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { resourceNamed } from "../resource.ts";
import { taggedArn, tagList } from "../shapes.ts";
import { tagListOf } from "../topic/tags.ts";

/** Lists the tags of a topic. API_ListTagsForResource. */
export const listTagsForResource = snsOperation({
  name: "ListTagsForResource",
  input: structure({ ResourceArn: required(taggedArn) }),
  output: structure({ Tags: tagList }),
  errors: [ResourceNotFound, InvalidParameter, AuthorizationError, ...tagErrors.slice(1)],
  handle: (context, { ResourceArn }) => ({ Tags: tagListOf(resourceNamed(context, ResourceArn).definition.tags) }),
});
