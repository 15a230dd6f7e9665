import type { Told } from "../errors.ts";
import type { QueueContext } from "../operation.ts";
import { expired, notAHandle, receiptOf } from "./receipt.ts";

/** Deletes the message a receipt handle names. To delete it twice is no error. */
export function deleteOne({ queue }: QueueContext, handle: string, told: Told): void {
  const outcome = queue.delete(receiptOf(queue, handle));
  if (outcome === "expired") throw expired(handle, told);
  if (outcome === "unknown") throw notAHandle(handle);
}
