import { label, query } from "../../../model/location.ts";
import { list, required, string, structure } from "../../../model/shape.ts";
import { withoutTags } from "../../tags.ts";
import { changeErrors } from "../errors.ts";
import { lambdaOperation } from "../operation.ts";
import { taggable } from "../shapes.ts";
import { taggedAt } from "../tags.ts";

/** Takes tags away from a function or an event source mapping; those it has not are no error. API_UntagResource. */
export const untagResource = lambdaOperation({
  name: "UntagResource",
  http: { method: "DELETE", path: "/2017-03-31/tags/{Resource}", status: 204 },
  input: structure({ Resource: label(taggable), TagKeys: required(query("tagKeys", list(string()))) }),
  errors: changeErrors,
  handle(context, { Resource, TagKeys }) {
    const tagged = taggedAt(context, Resource);
    tagged.retag(withoutTags(tagged.tags, TagKeys));
  },
});
