import { isResourceName } from "../../resource-name.ts";
import { invalidParameter } from "../errors.ts";

const MAX_LENGTH = 256;

/** Whether the topic being created is a FIFO one. Throws InvalidParameter when its name is not one for its type. */
export function isFifoTopic(name: string, attributes: Readonly<Record<string, string>>): boolean {
  const isFifo = attributes.FifoTopic?.toLowerCase() === "true";
  if (!isResourceName(name, MAX_LENGTH, isFifo)) throw invalidParameter("Topic Name");
  return isFifo;
}
