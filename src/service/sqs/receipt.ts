import type { Receipt } from "../../engine/queue/message.ts";
import type { Queue } from "../../engine/queue/queue.ts";
import type { AwsError } from "../../kernel/aws-error.ts";
import { invalidValue, ReceiptHandleIsInvalid } from "./errors.ts";
import { readReceiptHandle } from "./receipt-handle.ts";

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

export function expired(handle: string): AwsError {
  return invalidValue("ReceiptHandle", handle, "The receipt handle has expired.");
}
