import { invalidValue } from "./errors.ts";
import type { QueueContext } from "./operation.ts";
import { expired, notAHandle, receiptOf } from "./receipt.ts";

/** Has the visibility timeout of the message a receipt handle names end `timeoutSeconds` from now. */
export function changeVisibilityOfOne({ queue }: QueueContext, handle: string, timeoutSeconds: number): void {
  switch (queue.changeVisibility(receiptOf(queue, handle), timeoutSeconds * 1000)) {
    case "changed":
      return;
    case "gone":
      throw invalidValue(
        "ReceiptHandle",
        handle,
        "Message does not exist or is not available for visibility timeout change.",
      );
    case "expired":
      throw expired(handle);
    case "beyond-limit":
      throw invalidValue(
        "VisibilityTimeout",
        timeoutSeconds,
        "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
      );
    case "unknown":
      throw notAHandle(handle);
  }
}
