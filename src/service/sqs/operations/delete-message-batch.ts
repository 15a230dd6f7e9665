import { required, string, structure } from "../../../model/shape.ts";
import { batchErrors, queueErrors } from "../errors.ts";
import { batchOperation } from "../message/batch.ts";
import { deleteOne, oldHandles } from "../message/receipt.ts";
import { batchEntryId, receiptHandle } from "../shapes.ts";

/** Deletes up to ten received messages. API_DeleteMessageBatch. */
export const deleteMessageBatch = batchOperation({
  name: "DeleteMessageBatch",
  entry: structure({ Id: required(batchEntryId), ReceiptHandle: required(receiptHandle) }),
  result: structure({ Id: required(string()) }),
  errors: [...batchErrors, ...queueErrors],
  gaps: [oldHandles],
  handleOne(context, { Id, ReceiptHandle }) {
    deleteOne(context, ReceiptHandle, "entry");
    return { Id };
  },
});
