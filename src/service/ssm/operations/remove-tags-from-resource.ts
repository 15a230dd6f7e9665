import { required, structure } from "../../../model/shape.ts";
import { InternalServerError, InvalidResourceId, InvalidResourceType, TooManyUpdates } from "../errors.ts";
import { parameterName, ssmOperation } from "../operation.ts";
import { refuseOtherTypes, resourceType, tagKeys } from "../tags.ts";

/** Takes tags from a parameter. API_RemoveTagsFromResource. */
export const removeTagsFromResource = ssmOperation({
  name: "RemoveTagsFromResource",
  input: structure({
    ResourceType: required(resourceType),
    ResourceId: required(parameterName),
    TagKeys: required(tagKeys),
  }),
  output: structure({}),
  errors: [InternalServerError, InvalidResourceId, InvalidResourceType, TooManyUpdates],
  handle({ call, store }, { ResourceType, ResourceId, TagKeys }) {
    refuseOtherTypes(ResourceType);
    if (store.find(call.scope, ResourceId) === undefined) throw new InvalidResourceId();
    store.tag(call.scope, ResourceId, (before) =>
      Object.fromEntries(Object.entries(before).filter(([key]) => !TagKeys.includes(key))),
    );
    return {};
  },
});
