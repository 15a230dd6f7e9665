import { isResourceName } from "../../resource-name.ts";
import { InvalidParameterValue } from "../errors.ts";
import type { Attributes } from "./attribute-changes.ts";

const MAX_LENGTH = 80;

/** Whether the queue being created is a FIFO one. Throws InvalidParameterValue when its name is not one for its type. */
export function queueTypeOf(name: string, attributes: Attributes): { readonly isFifo: boolean } {
  const isFifo = attributes.FifoQueue?.toLowerCase() === "true";
  if (isFifo && !isResourceName(name, MAX_LENGTH, true)) {
    throw new InvalidParameterValue(
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
    );
  }
  if (!isFifo && !isResourceName(name, MAX_LENGTH, false)) {
    throw new InvalidParameterValue(
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    );
  }
  return { isFifo };
}
