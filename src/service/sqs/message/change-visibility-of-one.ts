import { invalidValue, type Told } from "../errors.ts";
import type { QueueContext } from "../operation.ts";
import { expired, noLongerGood, notAHandle, receiptOf } from "./receipt.ts";

/** Has the visibility timeout of the message a receipt handle names end `timeoutSeconds` from now. */
export function changeVisibilityOfOne(
  { queue }: QueueContext,
  { handle, timeoutSeconds }: { readonly handle: string; readonly timeoutSeconds: number },
  told: Told,
): void {
  switch (queue.changeVisibility(receiptOf(queue, handle), timeoutSeconds * 1000)) {
    case "changed":
      return;
    case "gone":
      throw noLongerGood(handle, "Message does not exist or is not available for visibility timeout change", told);
    case "expired":
      throw expired(handle, told);
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
