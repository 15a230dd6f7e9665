import { list, required, string, structure } from "../../../model/shape.ts";
import { InvalidAttributeName, queueErrors } from "../errors.ts";
import { queueOperation } from "../operation.ts";
import { queueAttributeNames, shownAttributes } from "../queue/queue-attributes.ts";
import { attributeMap, queueUrl } from "../shapes.ts";

/** Shows the attributes of a queue that are asked for. API_GetQueueAttributes. */
export const getQueueAttributes = queueOperation({
  name: "GetQueueAttributes",
  input: structure({
    QueueUrl: required(queueUrl),
    AttributeNames: list(string({ values: queueAttributeNames }), { flatName: "AttributeName" }),
  }),
  output: structure({ Attributes: attributeMap }),
  errors: [InvalidAttributeName, ...queueErrors],
  gaps: ["The counts are exact and LastModifiedTimestamp never lags."],
  handle({ queue }, { AttributeNames: names = [] }) {
    const attributes = shownAttributes(queue, names);
    return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
  },
});
