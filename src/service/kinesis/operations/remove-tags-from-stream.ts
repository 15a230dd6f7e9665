import { required, structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { under } from "../refusals.ts";
import { streamResource } from "../resource.ts";
import { streamAddress, tagKeys } from "../shapes.ts";
import { checkTags } from "../tags.ts";

/** Removes tags from a stream. API_RemoveTagsFromStream. */
export const removeTagsFromStream = streamOperation({
  name: "RemoveTagsFromStream",
  rate: { perSecond: 5 },
  input: structure({ TagKeys: required(tagKeys), ...streamAddress }),
  errors: changeErrors,
  handle({ stream }, { TagKeys }) {
    checkTags({ keys: TagKeys }, "remove tags from", under(stream));
    streamResource(stream).untag(TagKeys);
  },
});
