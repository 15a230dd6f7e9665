import { required, structure } from "../../../model/shape.ts";
import { InvalidIdFormat, queueErrors, ReceiptHandleIsInvalid } from "../errors.ts";
import { deleteOne, oldHandles } from "../message/receipt.ts";
import { queueOperation } from "../operation.ts";
import { queueUrl, receiptHandle } from "../shapes.ts";

/** Deletes a received message. API_DeleteMessage. */
export const deleteMessage = queueOperation({
  name: "DeleteMessage",
  input: structure({ QueueUrl: required(queueUrl), ReceiptHandle: required(receiptHandle) }),
  errors: [InvalidIdFormat, ReceiptHandleIsInvalid, ...queueErrors],
  gaps: [oldHandles],
  handle: (context, { ReceiptHandle }) => deleteOne(context, ReceiptHandle, "caller"),
});
