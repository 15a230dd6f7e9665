import { label } from "../../../model/location.ts";
import { required, structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { lambdaOperation } from "../operation.ts";
import { taggable, tagMap } from "../shapes.ts";
import { checkedTags, taggedAt } from "../tags.ts";

/** Adds tags to a function or an event source mapping. API_TagResource. */
export const tagResource = lambdaOperation({
  name: "TagResource",
  http: { method: "POST", path: "/2017-03-31/tags/{Resource}", status: 204 },
  input: structure({ Resource: label(taggable), Tags: required(tagMap) }),
  errors: changeErrors,
  handle(context, { Resource, Tags }) {
    const tagged = taggedAt(context, Resource);
    tagged.retag(checkedTags(Tags, tagged.tags));
  },
});
