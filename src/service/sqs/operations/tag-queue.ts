import { required, structure } from "../../../model/shape.ts";
import { queueErrors } from "../errors.ts";
import { queueOperation } from "../operation.ts";
import { withTags } from "../queue/tags.ts";
import { queueUrl, tagMap } from "../shapes.ts";

/** Adds tags to a queue; a known key gets the new value. API_TagQueue. */
export const tagQueue = queueOperation({
  name: "TagQueue",
  input: structure({ QueueUrl: required(queueUrl), Tags: required({ ...tagMap, min: 1 }) }),
  errors: queueErrors,
  isOwnersOnly: true,
  handle: ({ queue }, { Tags }) => queue.retag(withTags(queue.tags, Tags, queue.name)),
});
