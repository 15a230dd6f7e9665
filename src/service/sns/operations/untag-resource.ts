import { list, required, structure } from "../../../model/shape.ts";
import { withoutTags } from "../../tags.ts";
import { AuthorizationError, InvalidParameter, ResourceNotFound, TagLimitExceeded, tagErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { resourceNamed } from "../resource.ts";
import { taggedArn, tagKey } from "../shapes.ts";
import { checkRemoval } from "../topic/tags.ts";

/** Takes tags off a topic; keys it does not have are no error. API_UntagResource. */
export const untagResource = snsOperation({
  name: "UntagResource",
  input: structure({ ResourceArn: required(taggedArn), TagKeys: required(list(tagKey, { min: 1 })) }),
  output: structure({}),
  errors: [ResourceNotFound, TagLimitExceeded, InvalidParameter, AuthorizationError, ...tagErrors],
  handle(context, { ResourceArn, TagKeys }) {
    checkRemoval(TagKeys);
    const topic = resourceNamed(context, ResourceArn);
    const { definition } = topic;
    topic.configure({ ...definition, tags: withoutTags(definition.tags, TagKeys) });
    return {};
  },
});
