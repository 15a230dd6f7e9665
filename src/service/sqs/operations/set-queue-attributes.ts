import { required, structure } from "../../../model/shape.ts";
import { InvalidAttributeName, InvalidAttributeValue, OverLimit, queueErrors } from "../errors.ts";
import { queueOperation } from "../operation.ts";
import { setAttributes } from "../queue/attribute-changes.ts";
import { attributeMap, queueUrl } from "../shapes.ts";

/** Sets attributes of a queue; those not named stay as they are. API_SetQueueAttributes. */
export const setQueueAttributes = queueOperation({
  name: "SetQueueAttributes",
  input: structure({ QueueUrl: required(queueUrl), Attributes: required({ ...attributeMap, min: 1 }) }),
  errors: [InvalidAttributeName, InvalidAttributeValue, OverLimit, ...queueErrors],
  gaps: [
    "KmsMasterKeyId is stored, nothing is encrypted.",
    "Policy is stored, nobody is refused by it, and its principals are not looked up.",
    "A dead-letter queue may be in another account.",
  ],
  isOwnersOnly: true,
  handle: (context, { Attributes }) => setAttributes(context, Attributes),
});
