import { label } from "../../../model/location.ts";
import { structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { lambdaOperation } from "../operation.ts";
import { taggable, tagMap } from "../shapes.ts";
import { taggedAt } from "../tags.ts";

/** Lists the tags of a function or an event source mapping. API_ListTags. */
export const listTags = lambdaOperation({
  name: "ListTags",
  http: { method: "GET", path: "/2017-03-31/tags/{Resource}" },
  input: structure({ Resource: label(taggable) }),
  output: structure({ Tags: tagMap }),
  errors: questionErrors,
  handle: (context, { Resource }) => ({ Tags: taggedAt(context, Resource).tags }),
});
