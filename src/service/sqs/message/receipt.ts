import type { Receipt } from "../../../engine/queue/message.ts";
import type { Queue } from "../../../engine/queue/queue.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { invalidValue, ReceiptHandleIsInvalid, type Told } from "../errors.ts";
import type { QueueContext } from "../operation.ts";
import { readReceiptHandle } from "./receipt-handle.ts";

/** A gap of every operation that takes a receipt handle. */
export const oldHandles =
  "A standard queue's receipt handle is good while the message is in the queue; how long AWS takes an old one is not known, but one of 15 hours was reported as expired.";

/** The receipt a handle stands for. Throws ReceiptHandleIsInvalid when it is none of this queue's. */
function receiptOf(queue: Queue, handle: string): Receipt {
  const read = readReceiptHandle(queue, handle);
  if (read === "garbage") throw notAHandle(handle);
  if (read === "of-another-queue") {
    throw new ReceiptHandleIsInvalid(`The receipt handle "${handle}" is not valid for this queue.`);
  }
  return read;
}

function notAHandle(handle: string): AwsError {
  return new ReceiptHandleIsInvalid(`The input receipt handle "${handle}" is not a valid receipt handle.`);
}

function expired(handle: string, told: Told): AwsError {
  return noLongerGood(handle, "The receipt handle has expired", told);
}

/** AWS: an entry of a batch is told the bare reason, and by another code than the single call. Reported of DeleteMessageBatch. */
function noLongerGood(handle: string, reason: string, told: Told): AwsError {
  return told === "entry" ? new ReceiptHandleIsInvalid(reason) : invalidValue("ReceiptHandle", handle, `${reason}.`);
}

/** Deletes the message a receipt handle names. To delete it twice is no error. */
export function deleteOne({ queue }: QueueContext, handle: string, told: Told): void {
  const outcome = queue.delete(receiptOf(queue, handle));
  if (outcome === "expired") throw expired(handle, told);
  if (outcome === "unknown") throw notAHandle(handle);
}

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
