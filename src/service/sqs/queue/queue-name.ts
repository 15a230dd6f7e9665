import { InvalidParameterValue } from "../errors.ts";
import type { Attributes } from "./attribute-changes.ts";

const STANDARD_NAME = /^[A-Za-z0-9_-]{1,80}$/;
const FIFO_NAME = /^(?=.{1,80}$)[A-Za-z0-9_-]+\.fifo$/;

/** Whether the queue being created is a FIFO one. Throws InvalidParameterValue when its name is not one for its type. */
export function queueTypeOf(name: string, attributes: Attributes): { readonly isFifo: boolean } {
  const isFifo = attributes.FifoQueue?.toLowerCase() === "true";
  if (isFifo && !FIFO_NAME.test(name)) {
    throw new InvalidParameterValue(
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
    );
  }
  if (!isFifo && !STANDARD_NAME.test(name)) {
    throw new InvalidParameterValue(
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    );
  }
  return { isFifo };
}
