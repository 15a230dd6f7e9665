import { required, string, structure } from "../../../model/shape.ts";
import { batchErrors, MissingParameter, queueErrors } from "../errors.ts";
import { batchOperation } from "../message/batch.ts";
import { changeVisibilityOfOne, oldHandles } from "../message/receipt.ts";
import { batchEntryId, receiptHandle, visibilityTimeout } from "../shapes.ts";

/** Sets when up to ten received messages become visible again. API_ChangeMessageVisibilityBatch. */
export const changeMessageVisibilityBatch = batchOperation({
  name: "ChangeMessageVisibilityBatch",
  entry: structure({
    Id: required(batchEntryId),
    ReceiptHandle: required(receiptHandle),
    VisibilityTimeout: visibilityTimeout,
  }),
  result: structure({ Id: required(string()) }),
  errors: [...batchErrors, ...queueErrors],
  gaps: [oldHandles, "That a handle is no longer good is told in the way of DeleteMessageBatch; AWS's is not known."],
  handleOne(context, { Id, ReceiptHandle, VisibilityTimeout }) {
    // AWS: optional in the model alone.
    if (VisibilityTimeout === undefined) throw new MissingParameter("VisibilityTimeout");
    changeVisibilityOfOne(context, { handle: ReceiptHandle, timeoutSeconds: VisibilityTimeout }, "entry");
    return { Id };
  },
});
