import { required, structure } from "../../../model/shape.ts";
import { MessageNotInflight, queueErrors, ReceiptHandleIsInvalid } from "../errors.ts";
import { changeVisibilityOfOne, oldHandles } from "../message/receipt.ts";
import { queueOperation } from "../operation.ts";
import { queueUrl, receiptHandle, visibilityTimeout } from "../shapes.ts";

/** Sets when a received message becomes visible again. API_ChangeMessageVisibility. */
export const changeMessageVisibility = queueOperation({
  name: "ChangeMessageVisibility",
  input: structure({
    QueueUrl: required(queueUrl),
    ReceiptHandle: required(receiptHandle),
    VisibilityTimeout: required(visibilityTimeout),
  }),
  errors: [MessageNotInflight, ReceiptHandleIsInvalid, ...queueErrors],
  gaps: [
    "MessageNotInflight is never answered: on standard queues a message that is visible again is hidden anew.",
    oldHandles,
  ],
  handle: (context, { ReceiptHandle, VisibilityTimeout }) =>
    changeVisibilityOfOne(context, { handle: ReceiptHandle, timeoutSeconds: VisibilityTimeout }, "caller"),
});
