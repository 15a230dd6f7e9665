import { required, structure } from "../../../model/shape.ts";
import {
  InternalServerError,
  InvalidResourceId,
  InvalidResourceType,
  TooManyTagsError,
  TooManyUpdates,
} from "../errors.ts";
import { parameterName, ssmOperation } from "../operation.ts";
import { refuseOtherTypes, resourceType, tagList, tagsIn } from "../tags.ts";

/** AWS: of a parameter. */
const MOST_TAGS = 50;

/** Gives a parameter tags, in the place of those of the same keys. API_AddTagsToResource. */
export const addTagsToResource = ssmOperation({
  name: "AddTagsToResource",
  input: structure({
    ResourceType: required(resourceType),
    ResourceId: required(parameterName),
    Tags: required(tagList),
  }),
  output: structure({}),
  errors: [InternalServerError, InvalidResourceId, InvalidResourceType, TooManyTagsError, TooManyUpdates],
  handle({ call, store }, { ResourceType, ResourceId, Tags }) {
    refuseOtherTypes(ResourceType);
    if (store.find(call.scope, ResourceId) === undefined) throw new InvalidResourceId();
    store.tag(call.scope, ResourceId, (before) => {
      const tags = { ...before, ...tagsIn(Tags) };
      if (Object.keys(tags).length > MOST_TAGS) throw new TooManyTagsError();
      return tags;
    });
    return {};
  },
});
