import type { Receipt } from "../../../engine/queue/message.ts";
import type { Queue } from "../../../engine/queue/queue.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { invalidValue, ReceiptHandleIsInvalid, type Told } from "../errors.ts";
import { readReceiptHandle } from "./receipt-handle.ts";

/** A gap of every operation that takes a receipt handle. */
export const oldHandles =
  "A standard queue's receipt handle is good while the message is in the queue; how long AWS takes an old one is not known, but one of 15 hours was reported as expired.";

/** The receipt a handle stands for. Throws ReceiptHandleIsInvalid when it is none of this queue's. */
export function receiptOf(queue: Queue, handle: string): Receipt {
  const read = readReceiptHandle(queue, handle);
  if (read === "garbage") throw notAHandle(handle);
  if (read === "of-another-queue") {
    throw new ReceiptHandleIsInvalid(`The receipt handle "${handle}" is not valid for this queue.`);
  }
  return read;
}

export function notAHandle(handle: string): AwsError {
  return new ReceiptHandleIsInvalid(`The input receipt handle "${handle}" is not a valid receipt handle.`);
}

export function expired(handle: string, told: Told): AwsError {
  return noLongerGood(handle, "The receipt handle has expired", told);
}

/** AWS: an entry of a batch is told the bare reason, and by another code than the single call. Reported of DeleteMessageBatch. */
export function noLongerGood(handle: string, reason: string, told: Told): AwsError {
  return told === "entry" ? new ReceiptHandleIsInvalid(reason) : invalidValue("ReceiptHandle", handle, `${reason}.`);
}
