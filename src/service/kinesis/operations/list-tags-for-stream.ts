import { boolean, integer, required, string, structure } from "../../../model/shape.ts";
import { streamErrors } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { streamAddress, tagList } from "../shapes.ts";
import { describeTags } from "../stream/descriptions.ts";

/** Lists the tags of a stream by key, all of them unless told. API_ListTagsForStream. */
export const listTagsForStream = streamOperation({
  name: "ListTagsForStream",
  rate: { perSecond: 5 },
  input: structure({
    Limit: integer({ min: 1, max: 50 }),
    ExclusiveStartTagKey: string({ min: 1, max: 128 }),
    ...streamAddress,
  }),
  output: structure({ Tags: required(tagList), HasMoreTags: required(boolean()) }),
  errors: streamErrors,
  handle({ stream }, { Limit, ExclusiveStartTagKey: start = "" }) {
    const after = Buffer.from(start);
    const remaining = describeTags(stream.configuration.tags).filter(({ Key }) => after.compare(Buffer.from(Key)) < 0);
    const tags = remaining.slice(0, Limit);
    return { Tags: tags, HasMoreTags: remaining.length > tags.length };
  },
});
