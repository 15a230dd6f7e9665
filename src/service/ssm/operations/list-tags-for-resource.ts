import { required, structure } from "../../../model/shape.ts";
import { InternalServerError, InvalidResourceId, InvalidResourceType } from "../errors.ts";
import { parameterName, ssmOperation } from "../operation.ts";
import { refuseOtherTypes, resourceType, tagViews } from "../tags.ts";

/** Shows the tags of a parameter. API_ListTagsForResource. */
export const listTagsForResource = ssmOperation({
  name: "ListTagsForResource",
  input: structure({ ResourceType: required(resourceType), ResourceId: required(parameterName) }),
  output: structure({ TagList: tagViews }),
  errors: [InternalServerError, InvalidResourceId, InvalidResourceType],
  handle({ call, store }, { ResourceType, ResourceId }) {
    refuseOtherTypes(ResourceType);
    const found = store.find(call.scope, ResourceId);
    if (found === undefined) throw new InvalidResourceId();
    return { TagList: Object.entries(found.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
  },
});
