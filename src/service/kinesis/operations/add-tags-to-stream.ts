import { required, structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { under } from "../refusals.ts";
import { streamResource } from "../resource.ts";
import { streamAddress, tagMap } from "../shapes.ts";
import { checkTags, textsOf } from "../tags.ts";

/** Adds tags to a stream. API_AddTagsToStream. */
export const addTagsToStream = streamOperation({
  name: "AddTagsToStream",
  rate: { perSecond: 5 },
  input: structure({ Tags: required(tagMap), ...streamAddress }),
  errors: changeErrors,
  handle({ stream }, { Tags }) {
    checkTags(textsOf(Tags), "add tags to", under(stream));
    streamResource(stream).tag(Tags);
  },
});
