import { required, structure } from "../../../model/shape.ts";
import { AuthorizationError, InvalidParameter, ResourceNotFound, TagLimitExceeded, tagErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { resourceNamed } from "../resource.ts";
import { taggedArn, tagList } from "../shapes.ts";
import { readTags, withTags } from "../topic/tags.ts";

/** Adds tags to a topic; a known key gets the new value. API_TagResource. */
export const tagResource = snsOperation({
  name: "TagResource",
  input: structure({ ResourceArn: required(taggedArn), Tags: required({ ...tagList, min: 1 }) }),
  output: structure({}),
  errors: [ResourceNotFound, TagLimitExceeded, InvalidParameter, AuthorizationError, ...tagErrors],
  handle(context, { ResourceArn, Tags }) {
    const added = readTags(Tags, context.call);
    const topic = resourceNamed(context, ResourceArn);
    const { definition } = topic;
    topic.configure({ ...definition, tags: withTags(definition.tags, added) });
    return {};
  },
});
