import { required, structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { streamResource } from "../resource.ts";
import { streamAddress, tagMap } from "../shapes.ts";
import { checkStreamTags, textsOf } from "../tags.ts";

/** Adds tags to a stream. API_AddTagsToStream. */
export const addTagsToStream = streamOperation({
  name: "AddTagsToStream",
  rate: { perSecond: 5 },
  input: structure({ Tags: required(tagMap), ...streamAddress }),
  errors: changeErrors,
  handle({ stream }, { Tags }) {
    checkStreamTags(textsOf(Tags), "add tags to", stream);
    streamResource(stream).tag(Tags);
  },
});
