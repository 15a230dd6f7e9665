import { structure } from "../../../model/shape.ts";
import { queueErrors } from "../errors.ts";
import { queueOperation } from "../operation.ts";
import { onlyQueueUrl, tagMap } from "../shapes.ts";

/** Shows the tags of a queue. API_ListQueueTags. */
export const listQueueTags = queueOperation({
  name: "ListQueueTags",
  input: onlyQueueUrl,
  output: structure({ Tags: tagMap }),
  errors: queueErrors,
  isOwnersOnly: true,
  handle: ({ queue }) => (Object.keys(queue.tags).length === 0 ? {} : { Tags: queue.tags }),
});
