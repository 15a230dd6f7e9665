import { list, required, string, structure } from "../../../model/shape.ts";
import { withoutTags } from "../../tags.ts";
import { queueErrors } from "../errors.ts";
import { queueOperation } from "../operation.ts";
import { queueUrl } from "../shapes.ts";

/** Takes tags off a queue; keys it does not have are no error. API_UntagQueue. */
export const untagQueue = queueOperation({
  name: "UntagQueue",
  input: structure({
    QueueUrl: required(queueUrl),
    TagKeys: required(list(string({ min: 1, max: 128 }), { flatName: "TagKey", min: 1 })),
  }),
  errors: queueErrors,
  isOwnersOnly: true,
  handle: ({ queue }, { TagKeys }) => queue.retag(withoutTags(queue.tags, TagKeys)),
});
